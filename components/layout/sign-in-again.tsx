'use client'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { OwnCredentials } from '@/components/sign-in/own-credentials'
import { PasscodeField } from '@/components/sign-in/passcode-field'
import {
  emptyIn,
  focusField,
  optionalIn,
  type SignInField,
  secretsOf,
  valueIn,
} from '@/components/sign-in/sign-in-values'
import { useWait } from '@/components/sign-in/use-wait'
import { WaitOver } from '@/components/sign-in/wait-over'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { Dialog } from '@/components/ui/dialog'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { SessionView } from '@/lib/contracts/session'
import { paths } from '@/lib/paths'
import { sessionLost } from '@/lib/queries/session-lost'
import { useSessionLost } from '@/lib/queries/use-session'
import { useRenewSession } from '@/lib/queries/use-session-acts'
import { FactList } from './section'

interface SignInAgainProps {
  session: SessionView | undefined
  /** Asked for before the session has ended. */
  isAsked: boolean
  onClose: () => void
}

/** Opens over whatever is on screen when the session is gone; nothing typed there is lost. The same user only. */
export function SignInAgain({ session, isAsked, onClose }: SignInAgainProps) {
  const t = useTranslations('common.renew')
  const tc = useTranslations('common')
  const isLost = useSessionLost()
  const renew = useRenewSession()
  const formId = useId()
  const [missing, setMissing] = useState<readonly SignInField[]>([])
  const [step, setStep] = useState<string | null>(null)
  const wait = useWait(renew.error)

  const reset = () => {
    renew.reset()
    setMissing([])
    setStep(null)
  }
  const close = () => {
    if (renew.isPending) return
    reset()
    // Put off, not forgotten: the next refused call opens it again.
    sessionLost.clear()
    onClose()
  }

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (!session || renew.isPending || wait > 0) return
    const wanted: readonly SignInField[] = step === null ? secretsOf[session.method] : ['passcode']
    const empty = emptyIn(form, wanted)
    setMissing(empty)
    const [first = wanted[0]] = empty
    if (first) focusField(form, first)
    if (empty.length > 0) return
    renew.mutate(requestOf(form, session, step), {
      onSuccess: (progress) => {
        if (progress.state === 'passcode') return setStep(progress.step)
        reset()
        onClose()
      },
      onError: (error) => {
        // The time for the code is over: the way leads through the first step again.
        if (failureOf(error).code === 'unauthenticated') setStep(null)
      },
    })
  }

  return (
    <Dialog
      isOpen={isLost || isAsked}
      onClose={close}
      title={t('title')}
      closeLabel={tc('close')}
      footer={
        <>
          <a
            href={paths.signIn(typeof window === 'undefined' ? undefined : here())}
            className={buttonClass({ variant: 'ghost' })}
          >
            {t('other')}
          </a>
          {!!session && (
            <Button
              type="submit"
              form={formId}
              variant="primary"
              isPending={renew.isPending}
              disabledReason={wait > 0 && tc('waitFor', { seconds: wait })}
            >
              {t('submit')}
            </Button>
          )}
        </>
      }
    >
      <p className="mb-4">{t(isLost ? 'body' : 'early')}</p>
      {!!session && (
        <form
          id={formId}
          method="post"
          noValidate
          onSubmit={handleSubmit}
          className="flex flex-col gap-4 text-ink"
        >
          <FactList
            facts={[
              { key: 'cloud', label: t('cloud'), value: session.cloudLabel },
              { key: 'user', label: t('user'), value: <UntrustedText text={session.user.name} /> },
              { key: 'domain', label: t('domain'), value: <UntrustedText text={session.user.domainName} /> },
            ]}
          />
          {step === null ? (
            <>
              <OwnCredentials method={session.method} userName={session.user.name} missing={missing} />
              {!!session.asksCodeAtOnce && <PasscodeField isOptional />}
            </>
          ) : (
            <PasscodeField error={missing.includes('passcode') ? tc('passcode.required') : null} autoFocus />
          )}
          {!!renew.error && (
            <Notice tone="danger">
              <FailureText error={renew.error} />
            </Notice>
          )}
          <WaitOver wait={wait} />
        </form>
      )}
    </Dialog>
  )
}

type RenewRequest = Parameters<ReturnType<typeof useRenewSession>['mutate']>[0]

function requestOf(form: HTMLFormElement, session: SessionView, step: string | null): RenewRequest {
  const who = { userId: session.user.id }
  if (step !== null) return { ...who, method: 'passcode', step, passcode: valueIn(form, 'passcode') }
  const of = { ...who, cloud: session.cloud, readOnly: session.isReadOnlyByChoice }
  switch (session.method) {
    case 'token':
      return { ...of, method: 'token', token: valueIn(form, 'token') }
    case 'application_credential':
      return { ...of, method: session.method, id: valueIn(form, 'id'), secret: valueIn(form, 'secret') }
    case 'password': {
      const passcode = optionalIn(form, 'passcode')
      return { ...of, method: 'password', password: valueIn(form, 'password'), passcode }
    }
  }
}

const here = () => `${window.location.pathname}${window.location.search}`
