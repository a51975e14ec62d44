'use client'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { PausedNotice } from '@/components/feedback/paused-notice'
import { Button } from '@/components/ui/button'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditSource, AuditSummary } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useResumeAudit } from '@/lib/queries/use-audits'

interface AuditNoticesProps {
  scope: Scope
  audit: AuditSummary
  /** Leads to the newest audit; null where this is it. */
  onNewest: (() => void) | null
  staleError: Error | null
}

/** What is to be known before the rows are believed. */
export function AuditNotices({ scope, audit, onNewest, staleError }: AuditNoticesProps) {
  const t = useTranslations('audit.notices')
  const closed = audit.sources.filter(({ code }) => code !== undefined)
  const { imagesRefused } = audit.progress
  const isShort = audit.state === 'cancelled' || audit.state === 'failed'
  const has =
    staleError !== null ||
    onNewest !== null ||
    audit.state === 'paused' ||
    isShort ||
    audit.isTruncated ||
    imagesRefused > 0 ||
    closed.length > 0
  if (!has) return null
  return (
    <div className="flex flex-col gap-2 border-line border-b px-4 py-3 md:px-6">
      {staleError !== null && (
        <Notice tone="danger" title={t('stale')}>
          <FailureText error={staleError} />
        </Notice>
      )}
      {audit.state === 'paused' && <AuditPaused scope={scope} audit={audit} />}
      {audit.state === 'cancelled' && <Notice tone="warning">{t('cancelled')}</Notice>}
      {audit.state === 'failed' && (
        <Notice tone="danger" title={t('failed')}>
          {audit.code !== null && <FailureCode code={audit.code} />}
        </Notice>
      )}
      {!!audit.isTruncated && <Notice tone="warning">{t('truncated')}</Notice>}
      {imagesRefused > 0 && <Notice tone="warning">{t('refused', { count: imagesRefused })}</Notice>}
      {closed.length > 0 && <Closed projects={closed} />}
      {onNewest !== null && (
        <Notice
          actions={
            <Button size="sm" onClick={onNewest}>
              {t('newest')}
            </Button>
          }
        >
          {t('older')}
        </Notice>
      )}
    </div>
  )
}

interface ReadFaultProps {
  title: string
  read: { isError: boolean; error: Error | null; isFetching: boolean; refetch: () => unknown }
}

/** A part of the screen that could not be read, while the rest is there. */
export function ReadFault({ title, read }: ReadFaultProps) {
  const tc = useTranslations('common')
  if (!read.isError) return null
  return (
    <div className="px-4 py-3 md:px-6">
      <Notice
        tone="danger"
        title={title}
        actions={
          <Button size="sm" isPending={read.isFetching} onClick={() => void read.refetch()}>
            {tc('retry')}
          </Button>
        }
      >
        <FailureText error={read.error} />
      </Notice>
    </div>
  )
}

/** Why an audit stands still, and who can make it go on. */
function AuditPaused({ scope, audit }: { scope: Scope; audit: AuditSummary }) {
  const t = useTranslations('audit.paused')
  const resume = useResumeAudit(scope)
  const reason = audit.pauseReason ?? 'sign_in'
  const name = () => <UntrustedText key="name" text={audit.startedBy.name} max={48} />
  return (
    <PausedNotice
      title={t(`${reason}.title`)}
      resumeLabel={t('resume')}
      onResume={audit.mine ? () => resume.mutate(audit.id) : null}
      resume={resume}
    >
      {audit.mine ? t(`${reason}.mine`) : t.rich(`${reason}.others`, { name })}
    </PausedNotice>
  )
}

function FailureCode({ code }: { code: NonNullable<AuditSummary['code']> }) {
  const sentence = useFailureSentence()
  return <p>{sentence({ code })}</p>
}

const shownProjects = 12

/** The projects the audit has not seen, and why. */
function Closed({ projects }: { projects: readonly AuditSource[] }) {
  const t = useTranslations('audit.notices')
  const why = useTranslations('audit.closedWhy')
  return (
    <Notice tone="warning" title={t('closed', { count: projects.length })}>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {projects.slice(0, shownProjects).map(({ id, name, code }) => (
          <li key={id}>
            {t.rich('closedOne', {
              name: () => <UntrustedText key="name" text={name} max={48} className="font-semibold" />,
              why: why(code === 'project_sign_in' || code === 'forbidden' ? code : 'other'),
            })}
          </li>
        ))}
        {projects.length > shownProjects && <li>…</li>}
      </ul>
    </Notice>
  )
}
