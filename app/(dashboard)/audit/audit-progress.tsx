'use client'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Patience } from '@/components/feedback/patience'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { type AuditSummary, isAuditOver } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useCancelAudit } from '@/lib/queries/use-audits'
import { readingRate, readingTimeLeft } from '@/lib/util/audit-progress'
import { formatDuration } from '@/lib/util/format-time'

/** How far the reading is, how fast it goes and how long it will take, and the way to end it. */
export function AuditProgress({ scope, audit }: { scope: Scope; audit: AuditSummary }) {
  const t = useTranslations('audit.progress')
  const cancel = useCancelAudit(scope)
  const { state, progress } = audit
  return (
    <>
      {!isAuditOver(audit) && (
        <section
          aria-label={t('label')}
          className="flex flex-col gap-2 border-line border-b px-4 py-3 md:px-6"
        >
          <div className="flex items-center gap-4">
            <Progress
              label={t('label')}
              value={progress.isListed ? progress.imagesRead : undefined}
              max={Math.max(1, progress.imagesListed)}
              className="min-w-0 flex-1"
            />
            {!!audit.mine && (
              <Button
                size="sm"
                disabledReason={audit.cancelRequested ? t('cancelling') : null}
                isPending={cancel.isPending}
                onClick={() => cancel.mutate(audit.id)}
              >
                {t(audit.cancelRequested ? 'cancelling' : 'cancel')}
              </Button>
            )}
          </div>
          <Counts audit={audit} />
          {audit.waitsUntil !== null && (
            <Patience
              until={audit.waitsUntil}
              words={(time) => t('patience', { time })}
              className="text-sm"
            />
          )}
          {!!cancel.isError && (
            <Notice tone="danger" title={t('cancelFailed')}>
              <FailureText error={cancel.error} />
            </Notice>
          )}
        </section>
      )}
      {/* The states alone: not every tick. */}
      <VisuallyHidden aria-live="polite">{t(`said.${state}`)}</VisuallyHidden>
    </>
  )
}

function Counts({ audit }: { audit: AuditSummary }) {
  const t = useTranslations('audit.progress')
  const { state, progress, callsPerSecond, waitsUntil } = audit
  if (state === 'queued' && progress.imagesListed === 0) {
    return <p className="text-ink-2 text-sm">{t('queued')}</p>
  }
  // While it stands still there is no speed to tell.
  const isMoving = state === 'running' && waitsUntil === null
  const rate = isMoving ? readingRate(progress) : null
  const left = isMoving ? readingTimeLeft(progress) : null
  const facts = [
    progress.isListed
      ? t('read', { read: progress.imagesRead, count: progress.imagesListed })
      : t('listing', { count: progress.imagesListed }),
    t('members', { count: progress.members }),
    rate !== null && t('rate', { count: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate) }),
    left !== null && t('left', { time: formatDuration(left + 999) }),
    t('calls', { count: progress.calls }),
    callsPerSecond !== null && t('limit', { count: callsPerSecond }),
  ]
  // A number stays with what it counts where the line breaks.
  const whole = facts.filter((fact) => fact !== false).map((fact) => fact.replaceAll(' ', '\u00a0'))
  return <p className="text-ink-2 text-sm tabular-nums">{whole.join(' · ')}</p>
}
