'use client'
import { useQuery } from '@tanstack/react-query'
import { Activity } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState } from '@/components/feedback/failure-text'
import { useScopeOfShell } from '@/components/layout/current-scope'
import { PageHeader } from '@/components/layout/page-header'
import { DataTable } from '@/components/table/data-table'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { buttonClass } from '@/components/ui/button-styles'
import type { JobSummary } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { jobs } from '@/lib/queries/jobs'
import { useReadOnly } from '@/lib/queries/use-session'
import { FollowButton } from './follow-button'
import { jobColumns } from './job-columns'

/** Every bulk act of the projects one is in, newest first, live. `canFollow`: the cloud has jobs of its own. */
export function JobsView({ canFollow }: { canFollow: boolean }) {
  const t = useTranslations('jobs')
  const list = useQuery(jobs.list())
  const running = list.data?.filter((job) => job.state === 'running' || job.state === 'queued').length ?? 0
  const paused = list.data?.filter((job) => job.state === 'paused').length ?? 0
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={list.data ? t('count', { count: list.data.length, running, paused }) : t('loading')}
        actions={canFollow && <FollowButton />}
      />
      <JobList list={list} />
    </>
  )
}

interface JobListProps {
  list: { data?: JobSummary[]; error: Error | null; isFetching: boolean; refetch: () => unknown }
}

function JobList({ list }: JobListProps) {
  const t = useTranslations('jobs')
  const router = useRouter()
  const isReadOnly = useReadOnly(useScopeOfShell()?.project)
  const headers = {
    what: t('what'),
    project: t('project'),
    who: t('who'),
    outcome: t('outcome'),
    state: t('state'),
    when: t('when'),
  }
  if (list.data?.length === 0) {
    return (
      <EmptyState
        icon={<Activity />}
        title={t('emptyTitle')}
        action={
          !isReadOnly && (
            <Link href={paths.home()} prefetch={false} className={buttonClass()}>
              {t('emptyAct')}
            </Link>
          )
        }
      >
        {t('emptyBody')}
      </EmptyState>
    )
  }
  if (list.data) {
    return (
      <DataTable
        label={t('list')}
        columns={jobColumns}
        headers={headers}
        rows={list.data}
        rowId={(job) => job.id}
        onOpen={(job) => router.push(paths.job(job.id))}
        isBusy={list.isFetching}
      />
    )
  }
  if (list.error) {
    return (
      <FailureState
        title={t('errorTitle')}
        error={list.error}
        isRetrying={list.isFetching}
        onRetry={() => void list.refetch()}
      />
    )
  }
  return <TableSkeleton label={t('loading')} columns={jobColumns} headers={headers} />
}
