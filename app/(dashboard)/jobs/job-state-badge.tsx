'use client'
import { Ban, Check, CircleAlert, Clock, Pause, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Spinner } from '@/components/ui/spinner'
import type { JobState, JobSummary } from '@/lib/contracts/jobs'

const looks: Record<JobState, { tone: BadgeTone; icon: ReactNode }> = {
  queued: { tone: 'neutral', icon: <Clock /> },
  running: { tone: 'accent', icon: <Spinner /> },
  paused: { tone: 'pending', icon: <Pause /> },
  succeeded: { tone: 'accent', icon: <Check /> },
  partly_failed: { tone: 'danger', icon: <CircleAlert /> },
  failed: { tone: 'danger', icon: <X /> },
  cancelled: { tone: 'neutral', icon: <Ban /> },
}

type JobStateBadgeProps = { job: Pick<JobSummary, 'state' | 'pauseReason' | 'cancelRequested'> }

/** Where a job stands, in words. */
export function JobStateBadge({ job }: JobStateBadgeProps) {
  const t = useTranslations('job.badge')
  const isCancelling = job.cancelRequested && (job.state === 'running' || job.state === 'queued')
  const { tone, icon } = looks[job.state]
  if (isCancelling) {
    return (
      <Badge tone="neutral" icon={<Spinner />}>
        {t('cancelling')}
      </Badge>
    )
  }
  return (
    <Badge tone={tone} icon={icon}>
      {job.state === 'paused' ? t(`paused.${job.pauseReason ?? 'none'}`) : t(`states.${job.state}`)}
    </Badge>
  )
}
