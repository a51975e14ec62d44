'use client'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/ui/text-field'

interface PasscodeFieldProps {
  error?: string | null
  /** For clouds that ask nobody for a code whose account has none. */
  isOptional?: boolean
  autoFocus?: boolean
}

/** Six digits of an authenticator app; phones and password managers offer them by `one-time-code`. */
export function PasscodeField({ error, isOptional, autoFocus }: PasscodeFieldProps) {
  const t = useTranslations('common.passcode')
  return (
    <TextField
      name="passcode"
      isMono
      label={t(isOptional ? 'optional' : 'label')}
      hint={t(isOptional ? 'optionalHint' : 'hint')}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={9}
      autoFocus={autoFocus}
    />
  )
}
