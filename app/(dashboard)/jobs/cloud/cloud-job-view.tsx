'use client'
import { useQuery } from '@tanstack/react-query'
import { Unlink } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState } from '@/components/feedback/failure-text'
import { failureOf } from '@/components/feedback/failure-words'
import { Skeleton } from '@/components/feedback/skeleton'
import { PageHeader } from '@/components/layout/page-header'
import { RefreshButton } from '@/components/layout/refresh-button'
import { buttonClass } from '@/components/ui/button-styles'
import type { ErrorCode } from '@/lib/contracts/errors'
import type { UpstreamJobReport } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { cloudJobs, isUnderWay } from '@/lib/queries/cloud-jobs'
import { shortId } from '@/lib/util/format-id'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { CloudJobBadge } from '../cloud-job-badge'
import { FollowButton } from '../follow-button'
import { CloudJob } from './cloud-job'

interface CloudJobViewProps {
  scope: Scope
  id: string
  /** Empty when the page could not read it. */
  projectName: string
}

/** One of the cloud's own jobs, by an id from anywhere, asked for until it ends. */
export function CloudJobView({ scope, id, projectName }: CloudJobViewProps) {
  const t = useTranslations('cloudJob')
  const job = useQuery(cloudJobs.detail(scope, id))
  const project = plainUntrusted(projectName || shortId(scope.project), 48)
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          <span className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
            <Link href={paths.jobs()} className="text-accent-ink hover:underline">
              {t('back')}
            </Link>
            <span aria-hidden="true">/</span>
            {!!job.data && <CloudJobBadge state={job.data.state} />}
            <span>{t('where', { project, region: scope.region })}</span>
          </span>
        }
        actions={
          <>
            <RefreshButton label={t('refresh')} isPending={job.isFetching} read={job} />
            <FollowButton label={t('another')} />
          </>
        }
      />
      {/* Always there, so that the end is announced. */}
      <p role="status" className="sr-only">
        {!!job.data && !isUnderWay(job.data) && t('stopped')}
      </p>
      <Body scope={scope} job={job} />
    </>
  )
}

interface BodyProps {
  scope: Scope
  job: {
    data: UpstreamJobReport | undefined
    error: Error | null
    isFetching: boolean
    refetch: () => unknown
  }
}

const nothingHere: ReadonlySet<ErrorCode> = new Set(['not_found', 'job_lost'])

function Body({ scope, job }: BodyProps) {
  const t = useTranslations('cloudJob')
  if (job.data) return <CloudJob scope={scope} job={job.data} isStale={job.error !== null} />
  if (!job.error) return <CloudJobSkeleton />
  if (nothingHere.has(failureOf(job.error).code)) {
    return (
      <EmptyState
        icon={<Unlink />}
        title={t('unknownTitle')}
        action={
          <Link href={paths.images(scope)} prefetch={false} className={buttonClass()}>
            {t('toImages')}
          </Link>
        }
      >
        {t('unknownBody')}
      </EmptyState>
    )
  }
  return (
    <FailureState
      title={t('errorTitle')}
      error={job.error}
      isRetrying={job.isFetching}
      onRetry={() => void job.refetch()}
    />
  )
}

/** The shape of a job before the cloud has told of it. */
function CloudJobSkeleton() {
  const t = useTranslations('cloudJob')
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-3 px-4 py-6 md:px-6">
      {['w-72', 'w-56', 'w-64', 'w-48'].map((width) => (
        <Skeleton key={width} className={`h-5 ${width}`} />
      ))}
    </div>
  )
}
