'use client'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobView, PauseReason } from '@/lib/contracts/jobs'
import { useResumeJob } from '@/lib/queries/use-jobs'
import { useReadOnly } from '@/lib/queries/use-session'

const causes = {
  sign_in: 'pausedSignIn',
  upstream: 'pausedUpstream',
  throttled: 'pausedThrottled',
} as const satisfies Record<PauseReason, string>

/** Why a job stands still, and who can make it go on. */
export function PausedNotice({ job }: { job: JobView }) {
  const t = useTranslations('job')
  const resume = useResumeJob()
  // Whoever began it may go on with it, in a session that may write.
  const mayResume = !useReadOnly(job.scope.project) && job.mine
  // A dead session brings its own dialog.
  const isRefused = resume.isError && failureOf(resume.error).code !== 'unauthenticated'
  if (job.state !== 'paused') return null
  const cause = causes[job.pauseReason ?? 'sign_in']
  const isCloudAtWork = job.calls.some((call) => call.finishedAt === null)
  const name = () => <UntrustedText key="name" text={job.startedBy.name} />
  return (
    <>
      <Notice
        tone="warning"
        title={t(`${cause}.title`)}
        actions={
          mayResume && (
            <Button size="sm" isPending={resume.isPending} onClick={() => resume.mutate(job.id)}>
              {t('pausedSignIn.resume')}
            </Button>
          )
        }
      >
        {mayResume ? t(`${cause}.mine`) : t.rich(`${cause}.others`, { name })}
        {!!isCloudAtWork && <> {t('pausedCloudAtWork')}</>}
      </Notice>
      {!!isRefused && (
        <Notice tone="danger">
          <FailureText error={resume.error} />
        </Notice>
      )}
    </>
  )
}
