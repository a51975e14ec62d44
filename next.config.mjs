const notStatic = '/((?!_next/static/).*)'

/** @type {import('next').NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are a check of their own; a mistake in a test must not keep anybody from starting the dashboard.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  // Messages are compiled on the server (lib/messages/messages.ts); what formats them needs no parser.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  images: { unoptimized: true },
  // Shared between all parts of the server: state in these packages must exist once.
  serverExternalPackages: ['@electric-sql/pglite', 'pg-boss', 'pg', 'undici', 'pino'],
  experimental: { serverActions: { bodySizeLimit: '2mb' } },
  // The policy with its nonce comes from proxy.ts; each header has one home.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        // Not `no-referrer`: that turns the Origin of a plain form post into `null`.
        { key: 'Referrer-Policy', value: 'same-origin' },
        {
          key: 'Permissions-Policy',
          value:
            'accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
        },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        { key: 'Origin-Agent-Cluster', value: '?1' },
      ],
    },
    { source: notStatic, headers: [{ key: 'Cache-Control', value: 'private, no-store, no-transform' }] },
  ],
}
