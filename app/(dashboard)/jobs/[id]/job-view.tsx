'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Skeleton } from '@/components/feedback/skeleton'
import { SplitView } from '@/components/layout/app-frame'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClass } from '@/components/ui/button-styles'
import { ClientError } from '@/lib/contracts/errors'
import { isFinished, type JobView as JobData } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { jobs } from '@/lib/queries/jobs'
import { JobHead } from './job-head'
import { JobPairs } from './job-pairs'
import { JobPanel } from './job-panel'
import { JobPaused } from './job-paused'

export type PairAt = { row: number; column: number }

/** One bulk act: what it was asked to do, how far it is, and how each pair ended. */
export function JobView({ id }: { id: string }) {
  const t = useTranslations('job')
  const query = useQuery(jobs.detail(id))
  if (query.data) return <Job key={id} job={query.data} isStale={query.isError} />
  if (query.error) {
    const isGone = query.error instanceof ClientError && query.error.failure.code === 'not_found'
    return (
      <>
        <PageHeader title={t('loadingTitle')} />
        {isGone ? (
          <EmptyState
            title={t('notFoundTitle')}
            action={
              <Link href={paths.jobs()} className={buttonClass()}>
                {t('toJobs')}
              </Link>
            }
          >
            {t('notFoundBody')}
          </EmptyState>
        ) : (
          <FailureState
            title={t('errorTitle')}
            error={query.error}
            isRetrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        )}
      </>
    )
  }
  return <JobSkeleton />
}

function Job({ job, isStale }: { job: JobData; isStale: boolean }) {
  const t = useTranslations('job')
  const [chosen, setChosen] = useState<PairAt | null>(null)
  return (
    <>
      <JobHead job={job} />
      <SplitView panel={<JobPanel job={job} chosen={chosen} onClose={() => setChosen(null)} />}>
        <div className="flex flex-col gap-4 px-4 py-5 md:px-6">
          {isStale && !isFinished(job) && <Notice tone="warning">{t('stale')}</Notice>}
          <JobPaused job={job} />
          <JobPairs job={job} onChoose={setChosen} />
        </div>
      </SplitView>
    </>
  )
}

/** The shape of a job before it is read. */
function JobSkeleton() {
  const t = useTranslations('job')
  return (
    <div aria-busy="true">
      <PageHeader title={t('loadingTitle')} subtitle={<Skeleton className="h-4 w-72" />}>
        <div className="flex items-center gap-6 py-1">
          <Skeleton className="h-9 w-40" />
          <Skeleton className="h-2.5 flex-1" />
        </div>
      </PageHeader>
      <div className="flex flex-col gap-3 px-4 py-6 md:px-6">
        {['w-11/12', 'w-10/12', 'w-11/12', 'w-9/12', 'w-10/12', 'w-11/12'].map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins have no identity.
          <Skeleton key={index} className={`h-6 ${width}`} />
        ))}
      </div>
    </div>
  )
}
