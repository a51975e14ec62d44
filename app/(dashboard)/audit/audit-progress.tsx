'use client'
import { Hourglass } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { useCountdown } from '@/components/ui/use-countdown'
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
          {audit.waitsUntil !== null && <Patience until={audit.waitsUntil} />}
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
  const { state, progress, callsPerSecond } = audit
  if (state === 'queued' && progress.imagesListed === 0) {
    return <p className="text-ink-2 text-sm">{t('queued')}</p>
  }
  const rate = readingRate(progress)
  const left = state === 'running' ? readingTimeLeft(progress) : null
  const facts = [
    progress.isListed
      ? t('read', { read: progress.imagesRead, count: progress.imagesListed })
      : t('listing', { count: progress.imagesListed }),
    t('members', { count: progress.members }),
    rate !== null &&
      state === 'running' &&
      t('rate', { count: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate) }),
    left !== null && t('left', { time: formatDuration(left + 999) }),
    t('calls', { count: progress.calls }),
    callsPerSecond !== null && t('limit', { count: callsPerSecond }),
  ]
  return <p className="text-ink-2 text-sm">{facts.filter(Boolean).join(' · ')}</p>
}

/** The cloud asked us to slow down: nothing is wrong, and nobody has to do anything. */
function Patience({ until }: { until: string }) {
  const t = useTranslations('audit.progress')
  const left = useCountdown(until)
  if (left <= 0) return null
  return (
    <p className="flex items-center gap-2 text-ink-2 text-sm" suppressHydrationWarning>
      <Hourglass className="size-4 flex-none text-ink-3" />
      {t('patience', { time: formatDuration(left) })}
    </p>
  )
}
