'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { jobEnd } from '@/lib/queries/job-end'
import { useFailureSentence } from './failure-words'
import { showToast } from './toast-store'

/**
 * Says what came of a job that was just started. One that takes longer is said to run, with the way to watch it, and said
 * again when it is over, unless its own screen is open by then.
 */
export function useJobToast(): (job: JobView) => void {
  const t = useTranslations('common')
  const sentence = useFailureSentence()
  const client = useQueryClient()
  const router = useRouter()

  const actionFor = (job: JobView) => ({
    label: t('openJob'),
    run: () => router.push(paths.job(job.id)),
  })
  const tellOutcome = (job: JobView) => {
    const { done, already } = job.counts
    const parts: string[] = []
    if (done > 0) parts.push(t(`act.${job.kind}.done`, { count: done }))
    if (already > 0) parts.push(t('act.already', { count: already }))
    const failed = job.counts.failed + job.counts.unknown
    const [first] = job.failures
    if (failed > 0) {
      const reason = sentence(first ?? { code: 'outcome_unknown' })
      parts.push(t('act.failed', { count: failed, reason }))
    }
    if (parts.length === 0) return
    showToast(parts.join(' '), {
      tone: failed > 0 ? 'danger' : 'success',
      action: failed > 0 ? actionFor(job) : undefined,
    })
  }

  return (job) => {
    if (isFinished(job)) return tellOutcome(job)
    showToast(t(`act.${job.kind}.started`), { action: actionFor(job) })
    void jobEnd(client, job.id).then((ended) => {
      if (isFinished(ended) && window.location.pathname !== paths.job(job.id)) tellOutcome(ended)
    })
  }
}
