import { type NextRequest, NextResponse } from 'next/server'
import { apiPolicy, pagePolicy } from './lib/server/content-policy'
import { env } from './lib/server/env'

export const config = { matcher: '/((?!_next/static/).*)' }

/** Headers and refusals that need no knowledge of the caller. Who may do what is decided in the gate, never here. */
export function proxy(request: NextRequest): NextResponse {
  const settings = env()
  const { pathname } = request.nextUrl
  const isApi = pathname.startsWith('/api/') || pathname === '/healthz' || pathname === '/readyz'
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const policy = isApi ? apiPolicy : pagePolicy(nonce, settings)
  const answer = (response: NextResponse) => {
    response.headers.set('content-security-policy', policy)
    if (settings.secure) {
      response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
    }
    return response
  }

  const host = request.headers.get('host')
  // Probes of a container know no name; they get a constant and nothing else.
  if (host !== new URL(settings.publicOrigin).host && !isProbe(pathname)) {
    return answer(
      plain(
        421,
        `This is ${settings.publicOrigin}. To reach it by another name, set SHAREBOARD_PUBLIC_ORIGIN.`,
      ),
    )
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead && (request.method !== 'POST' || !request.headers.has('next-action'))) {
    return answer(plain(405, 'Only reading is possible here.'))
  }
  if (!isRead && request.headers.get('origin') !== settings.publicOrigin) {
    return answer(plain(403, 'This request came from another site and was refused.'))
  }
  // Next keeps its image optimiser's address open even when nothing uses it.
  if (pathname === '/_next/image') return answer(plain(404, 'Not found.'))

  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  return answer(NextResponse.next({ request: { headers } }))
}

const isProbe = (pathname: string) => pathname === '/healthz' || pathname === '/readyz'

const plain = (status: number, text: string) =>
  new NextResponse(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
