import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { VendorMeaning } from './vendor-codes'

const brand = Symbol.for('shareboard.cloud-error')

/** What a call to the cloud ended with, when not with an answer we can use. Carries no text of the cloud's. */
export class CloudError extends Error {
  // A build holds this module several times (instrumentation, actions, handlers), so the class alone tells nothing.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  readonly [brand] = true
  readonly code: ErrorCode
  readonly status: number | null
  readonly upstreamRequestId: string | null
  /** The code the cloud itself named, such as `IMG.0027`, where it named one. */
  readonly vendorCode: string | null
  readonly retryAfterMs: number | null
  readonly values: Record<string, string | number>
  /** A write may have changed something although its outcome was never seen: read before sending it again. */
  readonly mayHaveActed: boolean

  constructor(
    code: ErrorCode,
    facts: {
      status?: number | null
      upstreamRequestId?: string | null
      vendorCode?: string | null
      retryAfterMs?: number | null
      values?: Record<string, string | number>
      mayHaveActed?: boolean
      cause?: unknown
    } = {},
  ) {
    super(`the cloud answered: ${code}`, { cause: facts.cause })
    this.name = 'CloudError'
    this.code = code
    this.status = facts.status ?? null
    this.upstreamRequestId = facts.upstreamRequestId ?? null
    this.vendorCode = facts.vendorCode ?? null
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.values = facts.values ?? {}
    this.mayHaveActed = facts.mayHaveActed ?? false
  }
}

/** Status to code, where no verb says otherwise. */
const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'upstream_refused',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'upstream_refused',
  408: 'timeout',
  409: 'conflict',
  413: 'member_limit',
  429: 'throttled',
  // Headers too large, by RFC 6585 and as nginx and Huawei's gateway say it. The token is the only large one.
  431: 'token_too_large',
  494: 'token_too_large',
}

/**
 * The code for a refusal: the cloud's own code where it tells more than the status, then the verb's table, then the
 * common one.
 */
export function codeFor(
  status: number,
  meaning: VendorMeaning | null,
  overrides: Readonly<Record<number, ErrorCode>> = {},
): ErrorCode {
  if (meaning && !meaning.broad) return meaning.code
  return (
    overrides[status] ??
    meaning?.code ??
    codeOfStatus[status] ??
    (status >= 500 ? 'upstream_unavailable' : 'upstream_refused')
  )
}
