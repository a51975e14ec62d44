'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { useFailureSentence } from './failure-words'
import { showToast } from './toast-store'

/** Says what came of a job that was just started: its outcome when it is over, else that it runs and where to watch it. */
export function useJobToast(): (job: JobView) => void {
  const t = useTranslations('common')
  const sentence = useFailureSentence()
  const router = useRouter()
  return (job) => {
    const action = { label: t('openJob'), run: () => router.push(paths.job(job.id)) }
    if (!isFinished(job)) {
      showToast(t(`act.${job.kind}.started`), { action })
      return
    }
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
    showToast(parts.join(' '), {
      tone: failed > 0 ? 'danger' : 'success',
      action: failed > 0 ? action : undefined,
    })
  }
}
