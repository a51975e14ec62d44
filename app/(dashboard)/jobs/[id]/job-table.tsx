'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { FailureState } from '@/components/feedback/failure-text'
import { DataTable } from '@/components/table/data-table'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { Button } from '@/components/ui/button'
import type { ItemState, JobView } from '@/lib/contracts/jobs'
import { jobs } from '@/lib/queries/jobs'
import { type JobRow, jobRowColumns } from './job-row-columns'

interface JobTableProps {
  job: JobView
  /** Only the pairs in this state. */
  state: ItemState | 'all'
}

/** The table twin of the grid: each pair with its reason, request id and time, page by page. */
export function JobTable({ job, state }: JobTableProps) {
  const t = useTranslations('job.table')
  const items = useInfiniteQuery(jobs.items(job.id, state))
  const headers = {
    image: t('image'),
    project: t('project'),
    state: t('state'),
    request: t('request'),
    finished: t('finished'),
  }
  if (items.isError && !items.data) {
    return (
      <FailureState
        title={t('error')}
        error={items.error}
        isRetrying={items.isFetching}
        onRetry={() => void items.refetch()}
      />
    )
  }
  if (!items.data) return <TableSkeleton label={t('label')} columns={jobRowColumns} headers={headers} />

  const rows = items.data.pages
    .flatMap((page) => page.items)
    .flatMap((item): JobRow[] => {
      const [image, project] = [job.images[item.image], job.projects[item.project]]
      return image && project ? [{ item, image, project }] : []
    })
  const total = items.data.pages[0]?.total ?? 0
  if (rows.length === 0) return <p className="py-8 text-center text-ink-3">{t('empty')}</p>
  return (
    <>
      <div className="-mx-4 md:-mx-6">
        <DataTable
          label={t('label')}
          columns={jobRowColumns}
          headers={headers}
          rows={rows}
          rowId={({ image, project }) => `${image.id} ${project.id}`}
          areKeysOn={false}
          isBusy={items.isFetching}
        />
      </div>
      <div className="flex items-center gap-3 text-ink-3 text-sm">
        {t('showing', { shown: rows.length, total })}
        {!!items.hasNextPage && (
          <Button size="sm" isPending={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}
