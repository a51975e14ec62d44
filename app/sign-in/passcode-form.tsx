'use client'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { PasscodeField } from '@/components/sign-in/passcode-field'
import { focusField, valueIn } from '@/components/sign-in/sign-in-values'
import { SubmitButton } from '@/components/sign-in/submit-button'
import { useWait } from '@/components/sign-in/use-wait'
import { Button } from '@/components/ui/button'
import { useSignIn } from '@/lib/queries/use-session-acts'

interface PasscodeFormProps {
  step: string
  next?: string
  /** `isOver`: the cloud no longer waits for the code of this sign-in. */
  onBack: (isOver: boolean) => void
}

/** The second step: the password went through, the cloud wants a code as well. A wrong one keeps the step. */
export function PasscodeForm({ step, next, onBack }: PasscodeFormProps) {
  const t = useTranslations('signIn')
  const tp = useTranslations('common.passcode')
  const signIn = useSignIn()
  const [isMissing, setMissing] = useState(false)
  const wait = useWait(signIn.error)

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (signIn.isPending || wait > 0) return
    const passcode = valueIn(form, 'passcode')
    const isWrong = !/^\d{6}$/.test(passcode.replaceAll(/\s/g, ''))
    setMissing(isWrong)
    if (isWrong) return focusField(form, 'passcode')
    signIn.mutate(
      { method: 'passcode', step, passcode, next },
      {
        onSuccess: (progress) => {
          if (progress.state === 'signed_in') window.location.assign(progress.next)
        },
        onError: (error) => {
          if (failureOf(error).code === 'unauthenticated') onBack(true)
          else focusField(form, 'passcode')
        },
      },
    )
  }

  return (
    <form method="post" noValidate onSubmit={handleSubmit} className="flex flex-col gap-4">
      <p className="text-ink-2">{t('passcodeStep')}</p>
      <PasscodeField error={isMissing ? tp('required') : null} autoFocus />
      {!!signIn.error && (
        <Notice tone="danger">
          <FailureText error={signIn.error} />
        </Notice>
      )}
      <SubmitButton isPending={signIn.isPending || signIn.isSuccess} wait={wait}>
        {t('submit')}
      </SubmitButton>
      <Button variant="ghost" onClick={() => onBack(false)}>
        {t('back')}
      </Button>
    </form>
  )
}
