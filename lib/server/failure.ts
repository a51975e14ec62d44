import 'server-only'
import type { ErrorCode, Failure } from '../contracts/errors'
import { CloudError } from './cloud/cloud-error'
import { causeOf, log } from './log'
import { Refusal } from './refusal'

const passing: ReadonlySet<ErrorCode> = new Set([
  'throttled',
  'timeout',
  'upstream_unavailable',
  'outcome_unknown',
  'body_lost',
  'internal',
])

/** Turns whatever was thrown into what the browser may know, and logs what it may not. */
export function failureOf(error: unknown, requestId: string, operation: string): Failure {
  if (error instanceof Refusal) {
    log.info('refused', { operation, code: error.code, requestId })
    return { code: error.code, requestId, values: error.values, fields: error.fields, retryable: false }
  }
  if (error instanceof CloudError) {
    log.warn('the cloud refused or failed', {
      operation,
      code: error.code,
      status: error.status ?? undefined,
      vendorCode: error.vendorCode ?? undefined,
      requestId,
      upstreamRequestId: error.upstreamRequestId ?? undefined,
      cause: error.cause ? causeOf(error.cause) : undefined,
    })
    return {
      code: error.code,
      requestId,
      values: error.values,
      retryable: passing.has(error.code),
      ...(error.upstreamRequestId ? { upstreamRequestId: error.upstreamRequestId } : {}),
      ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    }
  }
  log.error('a request failed', { operation, requestId, cause: causeOf(error) })
  return { code: 'internal', requestId, retryable: true }
}

/** HTTP status of a failure, for GET handlers. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  wrong_credentials: 401,
  password_expired: 401,
  passcode_required: 401,
  forbidden: 403,
  read_only: 403,
  not_found: 404,
  image_not_found: 404,
  // A project that isn't yours looks like one that doesn't exist.
  project_not_usable: 404,
  conflict: 409,
  invalid_input: 400,
  too_many: 400,
  own_project: 400,
  not_shareable: 409,
  member_limit: 409,
  no_image_service: 409,
  endpoint_not_allowed: 409,
  stale_page: 409,
  throttled: 503,
  timeout: 504,
  upstream_unavailable: 502,
  upstream_contract: 502,
  upstream_refused: 502,
  outcome_unknown: 502,
  wrong_passcode: 401,
  account_locked: 401,
  sign_in_throttled: 429,
  user_disabled: 403,
  console_only: 403,
  region_closed: 403,
  project_sign_in: 409,
  wrong_region: 409,
  token_too_large: 409,
  not_supported: 409,
  permission_missing: 403,
  not_owner: 403,
  image_protected: 409,
  image_not_ready: 409,
  image_public: 409,
  image_private: 409,
  image_encrypted: 409,
  key_refused: 409,
  full_server_image: 409,
  vault_needed: 409,
  vault_unusable: 409,
  project_unknown: 409,
  other_region: 409,
  wrong_project: 409,
  not_accepted: 409,
  body_lost: 502,
  job_lost: 502,
  left_out: 502,
  internal: 500,
}
