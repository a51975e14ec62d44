'use client'
import { Link2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { showToast } from '@/components/feedback/toast-store'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobView } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { JobStateBadge } from '../job-state-badge'
import { CancelJob } from './cancel-job'
import { JobProgress } from './job-progress'
import { useJobTitle } from './use-job-title'

/** What the job is, who asked for it, and how far it is. */
export function JobHead({ job }: { job: JobView }) {
  const t = useTranslations('job')
  const title = useJobTitle(job)

  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(new URL(paths.job(job.id), window.location.origin).href)
      showToast(t('linkCopied'), { tone: 'success' })
    } catch {
      showToast(t('linkFailed'), { tone: 'danger' })
    }
  }

  return (
    <PageHeader
      title={title}
      subtitle={
        <span className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
          <JobStateBadge job={job} />
          <span>
            {job.mine
              ? t('startedByYou')
              : t.rich('startedBy', {
                  name: () => <UntrustedText key="name" text={job.startedBy.name} />,
                })}{' '}
            <RelativeTime at={job.createdAt} />{' '}
            {t.rich('inProject', { project: () => <UntrustedText key="project" text={job.projectName} /> })}
            {job.finishedAt !== null && (
              <>
                {' '}
                · {t('finished')} <RelativeTime at={job.finishedAt} />
              </>
            )}
          </span>
          {job.retryOf !== null && (
            <Link href={paths.job(job.retryOf)} className="text-accent-ink hover:underline">
              {t('retryOf')}
            </Link>
          )}
        </span>
      }
      actions={
        <>
          <Button onClick={() => void copyLink()}>
            <Link2 className="size-4" />
            {t('copyLink')}
          </Button>
          <CancelJob job={job} />
        </>
      }
    >
      <JobProgress job={job} />
    </PageHeader>
  )
}
