'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { NameCell } from '@/components/table/name-cell'
import { OutcomeBar } from '@/components/ui/outcome-bar'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobSummary } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { answeredPairs, outcomeOrder } from '@/lib/util/job-progress'

/** The act, and over how much. */
export function What({ job }: { job: JobSummary }) {
  const t = useTranslations('jobs')
  const isAnswer = job.kind === 'accept' || job.kind === 'reject'
  const targets = { images: job.imageCount, projects: job.projectCount }
  return (
    <NameCell
      detail={
        <>
          {t(isAnswer ? 'ownPairs' : 'pairs', targets)}
          {job.retryOf !== null && ` · ${t('retry')}`}
        </>
      }
    >
      <Link href={paths.job(job.id)} className="hover:underline">
        {t(`kinds.${job.kind}`)}
      </Link>
    </NameCell>
  )
}

/** Who started it. */
export function Who({ job }: { job: JobSummary }) {
  const t = useTranslations('jobs')
  return job.mine ? t('you') : <UntrustedText text={job.startedBy.name} className="block truncate" />
}

/** How its pairs stand, as a bar and in words. */
export function Outcome({ job }: { job: JobSummary }) {
  const t = useTranslations('jobs')
  const words = outcomeOrder
    .filter((state) => job.counts[state] > 0)
    .map((state) => t(`words.${state}`, { count: job.counts[state] }))
    .join(' · ')
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-3">
        <OutcomeBar counts={job.counts} label={t('bar', { words })} className="max-w-40" />
        <span className="flex-none text-ink-2 text-sm">
          {t('progress', { done: answeredPairs(job.counts), total: job.total })}
        </span>
      </span>
      <span className="truncate text-ink-3 text-sm">{words}</span>
    </div>
  )
}
