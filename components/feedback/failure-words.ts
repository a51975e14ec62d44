'use client'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { ClientError, type ErrorCode, type Failure } from '@/lib/contracts/errors'

type Said = Pick<Failure, 'code'> & Partial<Pick<Failure, 'values' | 'retryAfterMs'>>

/** What a sentence may ask for when the failure does not carry it; the catalogue has words for "unknown". */
const untold = {
  limit: 'unknown',
  origin: 'unknown',
  permission: 'unknown',
  project: 'unknown',
  region: 'unknown',
  vendorCode: 'unknown',
}

/** The refusals a person mends alone; for everything else somebody may ask for the reference. */
export const selfExplaining: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'wrong_credentials',
  'password_expired',
  'passcode_required',
  'wrong_passcode',
  'account_locked',
  'sign_in_throttled',
  'project_sign_in',
  'invalid_input',
  'member_limit',
  'not_shareable',
  'own_project',
  'image_public',
  'other_region',
  'not_accepted',
  'vault_needed',
  'too_many',
  'stale_page',
  'read_only',
])

/** The failure of whatever was thrown; what is not a `ClientError` is our own fault. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ClientError) return error.failure
  return { code: 'internal', requestId: '-', retryable: true }
}

/** Everything a sentence may ask for, from what a failure carries. */
export const valuesOf = ({ values, retryAfterMs }: Said) => ({
  ...untold,
  setting: endpointSetting(values?.origin),
  ...values,
  ...waiting(values?.seconds ?? (retryAfterMs === undefined ? undefined : retryAfterMs / 1000)),
})

/** One plain sentence for a code and its values, for lists of failures that were not thrown. */
export function useFailureSentence(): (failure: Said) => string {
  const t = useTranslations('errors')
  return useCallback((failure) => t(failure.code, valuesOf(failure)), [t])
}

/** How long to wait, for people: whole seconds, from two minutes on whole minutes. Never less than asked for. */
function waiting(asked: string | number | undefined) {
  const seconds = Math.ceil(Number(asked))
  if (Number.isNaN(seconds)) return { minutes: 'unknown', seconds: 'unknown' }
  if (seconds >= 120) return { minutes: Math.ceil(seconds / 60), seconds }
  return { minutes: 'unknown', seconds: seconds === 1 ? 'one' : seconds }
}

const endpointSetting = (origin: string | number | undefined) =>
  `SHAREBOARD_ALLOWED_ORIGINS=${origin === undefined ? '…' : origin}`

/** Words for places that take only a string, such as toasts: the sentence, and the reference where one may be asked for. */
export function useFailureWords(): (error: unknown) => string {
  const t = useTranslations('errors')
  const sentence = useFailureSentence()
  return useCallback(
    (error) => {
      const failure = failureOf(error)
      const text = sentence(failure)
      const isMute = selfExplaining.has(failure.code) || failure.requestId === '-'
      return isMute ? text : `${text} ${t('reference', { id: failure.requestId })}`
    },
    [sentence, t],
  )
}

/** The words for an error that is held in state; null while there is none. */
export function useFailureText(error: unknown): string | null {
  const words = useFailureWords()
  return error ? words(error) : null
}
