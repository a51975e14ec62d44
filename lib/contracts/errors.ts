/**
 * Every way a call can fail, as the browser may know it. Screens decide by code, never by message text; the
 * sentence for a code is `errors.<code>` in the message catalogue.
 */
export const errorCodes = [
  'unauthenticated',
  'wrong_credentials',
  'password_expired',
  'passcode_required',
  'wrong_passcode',
  'account_locked',
  'sign_in_throttled',
  'user_disabled',
  'console_only',
  'region_closed',
  'project_sign_in',
  'wrong_region',
  'token_too_large',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'member_limit',
  'not_shareable',
  'own_project',
  'image_not_found',
  'not_supported',
  'permission_missing',
  'not_owner',
  'image_protected',
  'image_not_ready',
  'image_public',
  'image_private',
  'image_encrypted',
  'key_refused',
  'full_server_image',
  'vault_needed',
  'vault_unusable',
  'project_unknown',
  'other_region',
  'wrong_project',
  'not_accepted',
  'body_lost',
  'job_lost',
  'left_out',
  'project_not_usable',
  'no_image_service',
  'endpoint_not_allowed',
  'throttled',
  'timeout',
  'upstream_unavailable',
  'upstream_contract',
  'upstream_refused',
  'outcome_unknown',
  'too_many',
  'stale_page',
  'read_only',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Names of the fields a refusal belongs to; the value is a key below `errors.fields` in the catalogue. */
export type FieldErrors = Readonly<Record<string, string>>

/** A refusal as it travels to the browser: no stack, no upstream text, no secret. */
export interface Failure {
  code: ErrorCode
  /** The reference a person can quote: ours always, the cloud's where it gave one. */
  requestId: string
  upstreamRequestId?: string
  /** Values for the sentence's placeholders, for example the member limit. */
  values?: Readonly<Record<string, string | number>>
  fields?: FieldErrors
  /** Whether the same call may succeed later without a change. */
  retryable: boolean
  /** How long the cloud asked us to wait, in milliseconds. */
  retryAfterMs?: number
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** The one kind of error a view sees, whether an action or a GET handler failed. */
export class ClientError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'ClientError'
    this.failure = failure
  }
}
