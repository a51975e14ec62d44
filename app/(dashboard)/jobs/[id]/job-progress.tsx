'use client'
import { useTranslations } from 'use-intl'
import { Patience } from '@/components/feedback/patience'
import { Legend } from '@/components/ui/legend'
import { OutcomeBar } from '@/components/ui/outcome-bar'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { type ItemState, isFinished, type JobView } from '@/lib/contracts/jobs'
import { formatDuration } from '@/lib/util/format-time'
import {
  answeredPairs,
  outcomeOrder,
  percentSettled,
  reachedMilestone,
  timeLeftMs,
} from '@/lib/util/job-progress'

/** The counter, the bar, what its parts mean, and how long it will take. */
export function JobProgress({ job }: { job: JobView }) {
  const t = useTranslations('job')
  const answered = answeredPairs(job.counts)
  const percent = percentSettled(job.counts, job.total)
  const left = job.state === 'running' ? timeLeftMs(job) : null
  const isLeftSaid = left !== null && left >= 1_000
  const isAnswer = job.kind === 'accept' || job.kind === 'reject'

  const label = (state: ItemState) => {
    const count = job.counts[state]
    return state === 'done' || state === 'already'
      ? t(`legend.${job.kind}.${state}`, { count })
      : t(`legend.all.${state}`, { count })
  }

  return (
    <div className="flex flex-wrap items-center gap-x-7 gap-y-2">
      <p className="flex-none">
        <span className="font-semibold text-2xl">{t('answered', { count: answered })}</span>{' '}
        <span className="text-ink-3 text-md">{t(isAnswer ? 'ofImages' : 'of', { total: job.total })}</span>
      </p>
      <div className="flex min-w-0 flex-1 basis-96 flex-col gap-2">
        <OutcomeBar
          counts={job.counts}
          label={
            percent === null
              ? t('progressUnknown')
              : t('progressText', { done: answered, total: job.total, percent })
          }
        />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Legend
            label={t('legendLabel')}
            items={outcomeOrder
              .filter((state) => job.counts[state] > 0)
              .map((state) => ({ state, label: label(state) }))}
          />
          <p className="text-ink-3 text-sm">
            {percent !== null && !isFinished(job) && t('percent', { percent })}
            {!!isLeftSaid && ` · ${t('timeLeft', { time: formatDuration(left) })}`}
          </p>
        </div>
      </div>
      {job.waitsUntil !== null && (
        <Patience until={job.waitsUntil} words={(time) => t('patience', { time })} className="basis-full" />
      )}
      <Announcement job={job} percent={percent} />
    </div>
  )
}

/** Progress for screen readers: milestones and the end, not every tick. */
function Announcement({ job, percent }: { job: JobView; percent: number | null }) {
  const t = useTranslations('job')
  const milestone = reachedMilestone(percent)
  const isSaid = isFinished(job) || job.state === 'paused'
  return (
    <VisuallyHidden aria-live="polite">
      {milestone !== null && t(`milestone.${milestone}`)}
      {job.waitsUntil !== null && t('patienceSaid')}
      {!!isSaid && ` ${t('announceState', { state: t(`states.${job.state}`) })}`}
    </VisuallyHidden>
  )
}
