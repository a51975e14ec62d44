'use client'
import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { showToast } from '@/components/feedback/toast-store'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { useRetryJob } from '@/lib/queries/use-jobs'
import { useReadOnly } from '@/lib/queries/use-session'
import { FailureGroup } from './failure-group'
import { useReport } from './use-report'

/** Failures by reason, in plain words, with what to quote, and the way to try them again. */
export function JobFailures({ job }: { job: JobView }) {
  const t = useTranslations('job.failures')
  const sentence = useFailureSentence()
  const router = useRouter()
  const retry = useRetryJob()
  const report = useReport(job)
  const isReadOnly = useReadOnly(job.scope.project)
  const pairs = job.counts.failed

  const handleRetry = () => retry.mutate(job.id, { onSuccess: ({ id }) => router.push(paths.job(id)) })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(report())
      showToast(t('copied'), { tone: 'success' })
    } catch {
      showToast(t('copyFailed'), { tone: 'danger' })
    }
  }

  return (
    <Section title={t('heading', { pairs, reasons: job.failures.length })}>
      <ul className="border-line border-t">
        {job.failures.map((failure) => (
          <FailureGroup
            key={`${failure.code} ${JSON.stringify(failure.values)}`}
            job={job}
            failure={failure}
            sentence={sentence(failure)}
          />
        ))}
      </ul>
      {!!retry.isError && (
        <Notice tone="danger">
          <FailureText error={retry.error} />
        </Notice>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        {!isReadOnly && (
          <Button
            disabledReason={!isFinished(job) && t('notYet')}
            isPending={retry.isPending}
            onClick={handleRetry}
          >
            <RotateCw className="size-4" />
            {t('retry', { count: pairs })}
          </Button>
        )}
        <Button variant="ghost" onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
    </Section>
  )
}
