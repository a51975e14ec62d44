'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import { CloudCalls } from './cloud-calls'
import { JobFailures } from './job-failures'
import type { PairAt } from './job-view'
import { PairDetails } from './pair-details'

interface JobPanelProps {
  job: JobView
  chosen: PairAt | null
  onClose: () => void
}

/** What happened to the chosen pair, why others failed, and how it was counted. */
export function JobPanel({ job, chosen, onClose }: JobPanelProps) {
  const t = useTranslations('job')
  const isTold =
    isFinished(job) && (job.kind === 'share' || job.kind === 'offer_again') && job.counts.done > 0
  return (
    <div className="flex flex-col gap-6 border-line bg-canvas p-4 max-lg:border-t md:px-5 lg:w-80 lg:flex-none xl:w-96 lg:border-l">
      {chosen !== null && <PairDetails job={job} chosen={chosen} onClose={onClose} />}
      {job.failures.length > 0 && <JobFailures job={job} />}
      {job.calls.length > 0 && <CloudCalls calls={job.calls} />}
      {!!isTold && <Notice>{t('nobodyTold')}</Notice>}
      {!isFinished(job) && job.state !== 'paused' && (
        <Section title={t('meanwhile.heading')}>
          <p className="text-ink-2">{t('meanwhile.body')}</p>
        </Section>
      )}
      <Section title={t('counted.heading')}>
        <p className="text-ink-2">{t('counted.body')}</p>
      </Section>
    </div>
  )
}
