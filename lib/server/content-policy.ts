import 'server-only'

/** What a page may load: our own scripts by nonce, nothing inline, nothing from elsewhere. */
export function pagePolicy(
  nonce: string,
  { production, secure }: { production: boolean; secure: boolean },
): string {
  const scripts = `'nonce-${nonce}' 'strict-dynamic'`
  return [
    `default-src 'none'`,
    // The development server evaluates modules and writes its own styles.
    `script-src ${scripts}${production ? '' : ` 'unsafe-eval'`}`,
    production ? `style-src 'self' 'nonce-${nonce}'` : `style-src 'self' 'unsafe-inline'`,
    `style-src-attr 'none'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Data is never a page: should somebody open it as one, nothing in it runs. */
export const apiPolicy = `default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox`
