'use client'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import {
  emptyIn,
  focusField,
  optionalIn,
  requiredFields,
  type SignInField,
  valueIn,
} from '@/components/sign-in/sign-in-values'
import { SubmitButton } from '@/components/sign-in/submit-button'
import { useWait } from '@/components/sign-in/use-wait'
import { Checkbox } from '@/components/ui/checkbox'
import { Select } from '@/components/ui/select'
import { Tabs } from '@/components/ui/tabs'
import type { SignInInput } from '@/lib/contracts/inputs/sign-in'
import {
  type CloudNaming,
  type SignInMethod,
  type SignInOptions,
  signInMethods,
} from '@/lib/contracts/session'
import { useSignIn } from '@/lib/queries/use-session-acts'
import { MethodFields } from './method-fields'

/** Huawei's IAM has no application credentials (Huawei IAM API reference, obtaining a token). */
const methodsOf: Record<CloudNaming, readonly SignInMethod[]> = {
  keystone: signInMethods,
  account: ['password', 'token'],
}

interface CredentialsFormProps {
  options: SignInOptions
  next?: string
  isHidden: boolean
  /** The time for the one-time code ran out. */
  isStepOver: boolean
  onPasscode: (step: string) => void
}

/**
 * Who one is, by one of the methods. The fields belong to the document, not to React: what was typed stays after a
 * refusal and through a change of cloud or method, and no secret is ever written into the page as an attribute.
 */
export function CredentialsForm({ options, next, isHidden, isStepOver, onPasscode }: CredentialsFormProps) {
  const t = useTranslations('signIn')
  const te = useTranslations('errors')
  const panelId = useId()
  const signIn = useSignIn()
  const [cloudName, setCloudName] = useState(options.clouds[0]?.name ?? '')
  const [chosen, setChosen] = useState<SignInMethod>('password')
  const [missing, setMissing] = useState<readonly SignInField[]>([])
  const wait = useWait(signIn.error)
  const cloud = options.clouds.find(({ name }) => name === cloudName)
  const methods = cloud ? methodsOf[cloud.naming] : signInMethods
  const method = methods.includes(chosen) ? chosen : 'password'

  const forget = () => {
    signIn.reset()
    setMissing([])
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (signIn.isPending || wait > 0) return
    const empty = emptyIn<SignInField>(form, requiredFields[method])
    setMissing(empty)
    const [first] = empty
    if (first) return focusField(form, first)
    const readOnly = new FormData(form).has('readOnly')
    signIn.mutate(inputOf(form, { cloud: cloudName, method, next, readOnly }), {
      onSuccess: (progress) => {
        if (progress.state === 'passcode') {
          signIn.reset()
          onPasscode(progress.step)
        } else {
          // A full load: nothing of the page before may stay in memory.
          window.location.assign(progress.next)
        }
      },
      onError: (error) => focusField(form, fieldToMend(method, error)),
    })
  }

  const fields = signIn.error ? (failureOf(signIn.error).fields ?? {}) : {}
  const errorOf = (name: SignInField | 'cloud') => {
    if (name !== 'cloud' && name !== 'passcode' && name !== 'project' && missing.includes(name))
      return t(`required.${name}`)
    return fields[name] ? te('fields.invalid') : null
  }

  return (
    // Posted without our code it would go nowhere; as GET it would put the password into the address.
    <form
      method="post"
      noValidate
      hidden={isHidden}
      onSubmit={handleSubmit}
      className={isHidden ? undefined : 'flex flex-col gap-4'}
    >
      {options.clouds.length > 1 && (
        <Select
          name="cloud"
          label={t('cloud')}
          error={errorOf('cloud')}
          options={options.clouds.map(({ name, label }) => ({ value: name, label }))}
          onChange={(event) => {
            setCloudName(event.target.value)
            forget()
          }}
        />
      )}
      <Tabs
        label={t('method')}
        items={methods.map((id) => ({ id, label: t(`methods.${id}`) }))}
        selected={method}
        panelId={panelId}
        onSelect={(id) => {
          setChosen(id)
          forget()
        }}
      />
      <div id={panelId} role="tabpanel" aria-label={t('method')}>
        {!!cloud && <MethodFields cloud={cloud} method={method} errorOf={errorOf} />}
      </div>
      <Checkbox name="readOnly" label={t('readOnly')} />
      {!!isStepOver && <Notice tone="warning">{t('stepOver')}</Notice>}
      {!!signIn.error && (
        <Notice tone="danger">
          <FailureText error={signIn.error} />
        </Notice>
      )}
      <SubmitButton isPending={signIn.isPending || signIn.isSuccess} wait={wait}>
        {t('submit')}
      </SubmitButton>
    </form>
  )
}

function inputOf(
  form: HTMLFormElement,
  { method, ...rest }: { cloud: string; method: SignInMethod; next?: string; readOnly: boolean },
): SignInInput {
  if (method === 'token') return { ...rest, method, token: valueIn(form, 'token') }
  if (method === 'application_credential')
    return { ...rest, method, id: valueIn(form, 'id'), secret: valueIn(form, 'secret') }
  return {
    ...rest,
    method,
    domain: valueIn(form, 'domain'),
    user: valueIn(form, 'user'),
    password: valueIn(form, 'password'),
    passcode: optionalIn(form, 'passcode'),
    project: optionalIn(form, 'project'),
  }
}

function fieldToMend(method: SignInMethod, error: unknown): SignInField {
  if (failureOf(error).code === 'wrong_passcode') return 'passcode'
  return ({ password: 'password', application_credential: 'secret', token: 'token' } as const)[method]
}
