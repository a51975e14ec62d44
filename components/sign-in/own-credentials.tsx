'use client'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/ui/text-field'
import type { SignInMethod } from '@/lib/contracts/session'
import type { SignInField } from './sign-in-values'

interface OwnCredentialsProps {
  method: SignInMethod
  userName: string
  missing: readonly SignInField[]
}

/** The fields for signing in again as the same user. */
export function OwnCredentials({ method, userName, missing }: OwnCredentialsProps) {
  const t = useTranslations('common.renew')
  const errorOf = (name: SignInField) => (missing.includes(name) ? t('requiredAny') : null)
  if (method === 'token') {
    return (
      <TextField
        name="token"
        type="password"
        label={t('token')}
        error={errorOf('token')}
        autoComplete="off"
      />
    )
  }
  if (method === 'application_credential') {
    return (
      <>
        <TextField name="id" isMono label={t('credentialId')} error={errorOf('id')} autoCapitalize="none" />
        <TextField
          name="secret"
          type="password"
          label={t('secret')}
          error={errorOf('secret')}
          autoComplete="off"
        />
      </>
    )
  }
  return (
    <>
      {/* For password managers: whose password this is. */}
      <input hidden readOnly name="username" autoComplete="username" value={userName} />
      <TextField
        name="password"
        type="password"
        label={t('password')}
        error={missing.includes('password') ? t('required') : null}
        autoComplete="current-password"
      />
    </>
  )
}
