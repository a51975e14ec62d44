'use client'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import type { JobView } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useJobTitle } from './use-job-title'

/** Pairs listed per reason; the link leads to the rest. */
const listedPairs = 200

/** The failures of a job as plain text, to be pasted into a ticket. */
export function useReport(job: JobView): () => string {
  const t = useTranslations('job.report')
  const title = useJobTitle(job)
  const sentence = useFailureSentence()
  const target = (one: { id: string; name: string | null } | undefined) =>
    one ? (one.name === null ? one.id : `${plainUntrusted(one.name)} (${one.id})`) : ''

  return () => {
    const reasons = job.failures.flatMap((failure) => [
      '',
      t('reason', {
        sentence: sentence(failure),
        code: failure.code,
        requests: failure.requestIds.join(', ') || t('none'),
      }),
      ...failure.pairs
        .slice(0, listedPairs)
        .map(([i, j]) => t('pair', { image: target(job.images[i]), project: target(job.projects[j]) })),
      ...(failure.pairs.length > listedPairs
        ? [t('more', { count: failure.pairs.length - listedPairs })]
        : []),
    ])
    const link = new URL(paths.job(job.id), window.location.origin).href
    return [
      t('title', { title, failed: job.counts.failed, total: job.total }),
      t('link', { link }),
      ...reasons,
      '',
    ].join('\n')
  }
}
