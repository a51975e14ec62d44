'use client'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { SignInOptions } from '@/lib/contracts/session'
import { useSignIn } from '@/lib/queries/use-session'

const required = ['domain', 'user', 'password'] as const
type Missing = Partial<Record<(typeof required)[number], true>>

/** Reads one field of a form as text. */
const textOf = (form: FormData, name: string) => String(form.get(name) ?? '')

/**
 * The password sign-in. The fields belong to the document, not to React: what was typed stays after a refusal, and the
 * password is never written into the page as an attribute.
 */
export function SignInForm({ options, next }: { options: SignInOptions; next?: string }) {
  const t = useTranslations('signIn')
  const te = useTranslations('errors')
  const isReady = useHydrated()
  const signIn = useSignIn()
  const [missing, setMissing] = useState<Missing>({})

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (signIn.isPending) return
    const form = event.currentTarget
    const data = new FormData(form)
    const empty = required.filter((name) => textOf(data, name).trim() === '')
    setMissing(Object.fromEntries(empty.map((name) => [name, true])))
    const [first] = empty
    if (first) {
      form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
      return
    }
    signIn.mutate(
      {
        cloud: textOf(data, 'cloud'),
        domain: textOf(data, 'domain').trim(),
        user: textOf(data, 'user').trim(),
        password: textOf(data, 'password'),
        next,
      },
      {
        // A full load: nothing of the page before may stay in memory.
        onSuccess: ({ next: address }) => window.location.assign(address),
        onError: () => form.querySelector<HTMLInputElement>('[name=password]')?.focus(),
      },
    )
  }

  const fields = signIn.error ? (failureOf(signIn.error).fields ?? {}) : {}
  const errorOf = (name: (typeof required)[number] | 'cloud') => {
    if (name !== 'cloud' && missing[name]) return t(`required.${name}`)
    return fields[name] ? te('fields.invalid') : null
  }

  return (
    // Posted without our code it would go nowhere; as GET it would put the password into the address.
    <form method="post" noValidate onSubmit={handleSubmit} className="flex flex-col gap-4">
      {options.clouds.length > 1 ? (
        <Select
          name="cloud"
          label={t('cloud')}
          error={errorOf('cloud')}
          options={options.clouds.map(({ name, label }) => ({ value: name, label }))}
        />
      ) : (
        <input type="hidden" name="cloud" value={options.clouds[0]?.name ?? ''} />
      )}
      <TextField
        name="domain"
        label={t('domain')}
        hint={t('domainHint')}
        error={errorOf('domain')}
        defaultValue={options.defaultDomain}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <TextField
        name="user"
        autoFocus
        label={t('user')}
        hint={t('userHint')}
        error={errorOf('user')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <TextField
        name="password"
        type="password"
        label={t('password')}
        error={errorOf('password')}
        autoComplete="current-password"
      />
      {!!signIn.error && (
        <Notice tone="danger">
          <FailureText error={signIn.error} />
        </Notice>
      )}
      <Button
        // Until our code listens there is nothing to submit with: Enter and click do nothing.
        type={isReady ? 'submit' : 'button'}
        variant="primary"
        size="lg"
        isPending={signIn.isPending || signIn.isSuccess}
      >
        {t('submit')}
      </Button>
    </form>
  )
}
