'use client'
import { useTranslations } from 'use-intl'
import { PausedNotice } from '@/components/feedback/paused-notice'
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
export function JobPaused({ job }: { job: JobView }) {
  const t = useTranslations('job')
  const resume = useResumeJob()
  // Whoever began it may go on with it, in a session that may write.
  const mayResume = !useReadOnly(job.scope.project) && job.mine
  if (job.state !== 'paused') return null
  const cause = causes[job.pauseReason ?? 'sign_in']
  const isCloudAtWork = job.calls.some((call) => call.finishedAt === null)
  const name = () => <UntrustedText key="name" text={job.startedBy.name} />
  return (
    <PausedNotice
      title={t(`${cause}.title`)}
      resumeLabel={t('pausedSignIn.resume')}
      onResume={mayResume ? () => resume.mutate(job.id) : null}
      resume={resume}
    >
      {mayResume ? t(`${cause}.mine`) : t.rich(`${cause}.others`, { name })}
      {!!isCloudAtWork && <> {t('pausedCloudAtWork')}</>}
    </PausedNotice>
  )
}
