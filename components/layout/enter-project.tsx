'use client'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useState } from 'react'
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
import { SubmitButton } from '@/components/sign-in/submit-button'
import { useWait } from '@/components/sign-in/use-wait'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ErrorCode } from '@/lib/contracts/errors'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'
import { useSession } from '@/lib/queries/use-session'
import { useEnterProject } from '@/lib/queries/use-session-acts'
import { useScopeOfShell } from './current-scope'

/** Refusals that are mended in the field of the one-time code. */
const passcodeCodes: ReadonlySet<ErrorCode> = new Set(['passcode_required', 'wrong_passcode'])

interface EnterProjectFormProps {
  session: SessionView
  scope: Scope
}

/** In place of a screen whose project wants a sign-in of its own. Another project can be chosen as ever. */
export function EnterProject() {
  const scope = useScopeOfShell()
  const { data } = useSession()
  return data && scope ? <EnterProjectForm session={data} scope={scope} /> : null
}

function EnterProjectForm({ session, scope }: EnterProjectFormProps) {
  const t = useTranslations('common.enterProject')
  const router = useRouter()
  const enter = useEnterProject()
  const [missing, setMissing] = useState<readonly SignInField[]>([])
  const wait = useWait(enter.error)
  const method = session.method === 'token' ? 'token' : 'password'
  const name = session.projects.find(({ id }) => id === scope.project)?.name ?? scope.project

  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (enter.isPending || wait > 0) return
    const empty = emptyIn<SignInField>(form, secretsOf[method])
    setMissing(empty)
    focusField(form, empty[0] ?? method)
    if (empty.length > 0) return
    // The server's part of the screen was refused as well.
    enter.mutate(requestOf(form, scope, method), {
      onSuccess: () => router.refresh(),
      onError: (error) => {
        if (passcodeCodes.has(failureOf(error).code)) focusField(form, 'passcode')
      },
    })
  }

  return (
    <div className="mx-auto flex w-full max-w-sm flex-col gap-4 px-5 py-12">
      <h2 className="text-lg">
        {t.rich('title', { project: () => <UntrustedText key="project" text={name} /> })}
      </h2>
      <p className="text-ink-2">{t('body')}</p>
      <form method="post" noValidate onSubmit={handleSubmit} className="flex flex-col gap-4">
        <OwnCredentials method={method} userName={session.user.name} missing={missing} />
        {method === 'password' && <PasscodeField isOptional />}
        {!!enter.error && (
          <Notice tone="danger">
            <FailureText error={enter.error} />
          </Notice>
        )}
        <SubmitButton isPending={enter.isPending || enter.isSuccess} wait={wait}>
          {t('submit')}
        </SubmitButton>
      </form>
    </div>
  )
}

function requestOf(
  form: HTMLFormElement,
  scope: Scope,
  method: 'token' | 'password',
): Parameters<ReturnType<typeof useEnterProject>['mutate']>[0] {
  if (method === 'token') return { ...scope, method, token: valueIn(form, 'token') }
  const passcode = optionalIn(form, 'passcode')
  return { ...scope, method, password: valueIn(form, 'password'), passcode }
}
