'use client'
import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { PasscodeField } from '@/components/sign-in/passcode-field'
import type { SignInField } from '@/components/sign-in/sign-in-values'
import { TextField } from '@/components/ui/text-field'
import type { SignInMethod, SignInOptions } from '@/lib/contracts/session'

interface MethodFieldsProps {
  cloud: SignInOptions['clouds'][number]
  method: SignInMethod
  errorOf: (name: SignInField) => string | null
}

const plain = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const

/** The fields of every method, of which one is shown, named as the cloud names them. */
export function MethodFields({ cloud, method, errorOf }: MethodFieldsProps) {
  const t = useTranslations('signIn')
  return (
    <>
      <Fields isShown={method === 'password'}>
        <PasswordFields cloud={cloud} errorOf={errorOf} />
      </Fields>
      <Fields isShown={method === 'application_credential'}>
        <TextField
          name="id"
          isMono
          label={t('credentialId')}
          hint={t('credentialHint')}
          error={errorOf('id')}
          {...plain}
        />
        <TextField
          name="secret"
          type="password"
          label={t('secret')}
          error={errorOf('secret')}
          autoComplete="off"
        />
      </Fields>
      <Fields isShown={method === 'token'}>
        <TextField
          name="token"
          // Masked, because screens are shared.
          type="password"
          label={t('token')}
          hint={t('tokenHint', { cloud: cloud.label })}
          error={errorOf('token')}
          autoComplete="off"
        />
      </Fields>
    </>
  )
}

/** Disabled fields are no part of the form, and keep what was typed. */
function Fields({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={!isShown} hidden={!isShown} className={isShown ? 'flex flex-col gap-4' : undefined}>
      {children}
    </fieldset>
  )
}

function PasswordFields({ cloud, errorOf }: Omit<MethodFieldsProps, 'method'>) {
  const t = useTranslations('signIn')
  const listId = useId()
  const isAccount = cloud.naming === 'account'
  return (
    <>
      <TextField
        // Another cloud has another domain to begin with.
        key={cloud.name}
        name="domain"
        label={t(isAccount ? 'account' : 'domain')}
        hint={t(isAccount ? 'accountHint' : 'domainHint')}
        error={errorOf('domain')}
        defaultValue={isAccount ? '' : cloud.defaultDomain}
        {...plain}
      />
      <TextField
        name="user"
        autoFocus
        label={t('user')}
        hint={t(isAccount ? 'accountUserHint' : 'userHint')}
        error={errorOf('user')}
        autoComplete="username"
        {...plain}
      />
      <TextField
        name="password"
        type="password"
        label={t('password')}
        error={errorOf('password')}
        autoComplete="current-password"
      />
      {isAccount && (
        <>
          <TextField
            name="project"
            label={t('project')}
            hint={t('projectHint')}
            error={errorOf('project')}
            defaultValue={cloud.regions[0]}
            list={listId}
            {...plain}
          />
          <datalist id={listId}>
            {cloud.regions.map((region) => (
              <option key={region} value={region} />
            ))}
          </datalist>
          <PasscodeField isOptional error={errorOf('passcode')} />
        </>
      )}
    </>
  )
}
