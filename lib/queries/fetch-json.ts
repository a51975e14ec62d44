import { ClientError, type Failure } from '../contracts/errors'
import { sessionLost } from './session-lost'

const offline: Failure = { code: 'upstream_unavailable', requestId: '-', retryable: true }

/** Reads one of our own GET handlers. Throws `ClientError` and nothing else, except when aborted. */
export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  if (typeof window === 'undefined') {
    // A relative address can't work here: the page forgot to prefetch this query.
    throw new Error(`${url} was read while rendering on the server; prefetch it in the page`)
  }
  let response: Response
  try {
    // Without `no-store` the browser sends equal addresses one after another.
    response = await fetch(url, { signal, cache: 'no-store', headers: { accept: 'application/json' } })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ClientError(offline)
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && body !== null) return body as T
  const failure = readFailure(body) ?? { code: 'internal', requestId: '-', retryable: response.status >= 500 }
  if (failure.code === 'unauthenticated') sessionLost.report()
  throw new ClientError(failure)
}

function readFailure(body: unknown): Failure | null {
  if (typeof body !== 'object' || body === null || !('failure' in body)) return null
  return (body as { failure: Failure }).failure
}
