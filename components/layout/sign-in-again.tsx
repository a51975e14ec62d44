'use client'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/text-field'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { SessionView } from '@/lib/contracts/session'
import { paths } from '@/lib/paths'
import { sessionLost } from '@/lib/queries/session-lost'
import { useRenewSession, useSessionLost } from '@/lib/queries/use-session'
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
  const [isMissing, setMissing] = useState(false)

  const close = () => {
    if (renew.isPending) return
    renew.reset()
    setMissing(false)
    // Put off, not forgotten: the next refused call opens it again.
    sessionLost.clear()
    onClose()
  }

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const field = event.currentTarget.querySelector<HTMLInputElement>('[name=password]')
    if (!session || !field || renew.isPending) return
    setMissing(field.value === '')
    field.focus()
    if (field.value === '') return
    renew.mutate(
      { cloud: session.cloud, userId: session.user.id, password: field.value },
      { onSuccess: onClose },
    )
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
            <Button type="submit" form={formId} variant="primary" isPending={renew.isPending}>
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
          {/* For password managers: whose password this is. */}
          <input hidden readOnly name="username" autoComplete="username" value={session.user.name} />
          <TextField
            name="password"
            type="password"
            label={t('password')}
            error={isMissing ? t('required') : null}
            autoComplete="current-password"
          />
          {!!renew.error && (
            <Notice tone="danger">
              <FailureText error={renew.error} />
            </Notice>
          )}
        </form>
      )}
    </Dialog>
  )
}

const here = () => `${window.location.pathname}${window.location.search}`
