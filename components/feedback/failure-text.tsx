'use client'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { CopyText } from '@/components/ui/copy-text'
import { later } from '@/components/ui/later'
import { ErrorState } from './error-state'
import { failureOf, selfExplaining, useFailureSentence } from './failure-words'

/** The sentence, and below it the references to quote. For inside a notice. */
export function FailureText({ error }: { error: unknown }) {
  const t = useTranslations('errors')
  const tc = useTranslations('common')
  const sentence = useFailureSentence()
  const failure = failureOf(error)
  const references = [
    { label: t('referenceLabel'), id: failure.requestId === '-' ? null : failure.requestId },
    { label: t('cloudReferenceLabel'), id: failure.upstreamRequestId },
  ]
  return (
    <>
      <p>{sentence(failure)}</p>
      {!selfExplaining.has(failure.code) &&
        references.map(
          ({ label, id }) =>
            !!id && (
              <p key={label} className="mt-1 flex flex-wrap items-center gap-x-1.5 text-sm">
                {label}
                <CopyText
                  text={id}
                  label={tc('copy', { what: label })}
                  copiedLabel={tc('copied')}
                  className="!text-current"
                />
              </p>
            ),
        )}
    </>
  )
}

const EnterProject = later(async () => ({ default: (await import('../layout/enter-project')).EnterProject }))

/** The form for a project that wants a sign-in of its own, in place of what can't be shown without it. */
export function ProjectDoor() {
  return (
    <Suspense>
      <EnterProject />
    </Suspense>
  )
}

interface FailureStateProps {
  title: string
  error: unknown
  isRetrying?: boolean
  onRetry?: () => void
}

/** A screen or list that could not be read: why, under which request, and the way to try again. */
export function FailureState({ title, error, isRetrying, onRetry }: FailureStateProps) {
  const t = useTranslations('errors')
  const tc = useTranslations('common')
  const sentence = useFailureSentence()
  const failure = failureOf(error)
  if (failure.code === 'project_sign_in') {
    return <ProjectDoor />
  }
  return (
    <ErrorState
      title={title}
      message={sentence(failure)}
      requestId={failure.requestId === '-' ? null : failure.requestId}
      requestIdLabel={t('referenceLabel')}
      copyLabel={tc('copy', { what: t('referenceLabel') })}
      copiedLabel={tc('copied')}
      retryLabel={tc('retry')}
      isRetrying={isRetrying}
      onRetry={onRetry}
    />
  )
}
