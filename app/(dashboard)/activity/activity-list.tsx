'use client'
import { ScrollText, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState, FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { DataTable } from '@/components/table/data-table'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { Button } from '@/components/ui/button'
import type { ActivityEntry } from '@/lib/contracts/activity'
import { activityColumns } from './activity-columns'
import { useOpenEntry } from './activity-context'

interface ActivityListProps {
  list: {
    error: Error | null
    isFetching: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    refetch: () => unknown
    fetchNextPage: () => unknown
  }
  entries: ActivityEntry[] | undefined
  openId: string | null
  isFiltered: boolean
  /** Leaves out every act with an outcome; undefined where that is so already. */
  onlyOpen: (() => void) | undefined
  onClear: () => void
}

/** The acts as far as they have been read, and the way to older ones. */
export function ActivityList({ list, entries, openId, isFiltered, onlyOpen, onClear }: ActivityListProps) {
  const t = useTranslations('activity')
  const open = useOpenEntry()
  const headers = {
    what: t('what'),
    on: t('on'),
    who: t('who'),
    outcome: t('outcome'),
    reference: t('reference'),
    when: t('when'),
  }
  if (!entries) {
    if (!list.error) return <TableSkeleton label={t('loading')} columns={activityColumns} headers={headers} />
    return (
      <FailureState
        title={t('errorTitle')}
        error={list.error}
        isRetrying={list.isFetching}
        onRetry={() => void list.refetch()}
      />
    )
  }
  if (entries.length === 0) return <NoEntries isFiltered={isFiltered} onClear={onClear} />
  const unseen = entries.filter(({ openState }) => openState === 'unseen').length
  return (
    <>
      {unseen > 0 && (
        <div className="px-4 py-3 md:px-6">
          <Notice
            tone="warning"
            title={t('unseen.title', { count: unseen })}
            actions={
              onlyOpen && (
                <Button size="sm" onClick={onlyOpen}>
                  {t('unseen.show')}
                </Button>
              )
            }
          >
            {t('unseen.body')}
          </Notice>
        </div>
      )}
      <DataTable
        label={t('list')}
        columns={activityColumns}
        headers={headers}
        rows={entries}
        rowId={({ id }) => id}
        onOpen={open}
        openId={openId}
        isBusy={list.isFetching}
      />
      {!!list.error && (
        <div className="px-4 pt-3 md:px-6">
          <Notice tone="danger" title={t('moreFailed')}>
            <FailureText error={list.error} />
          </Notice>
        </div>
      )}
      <div className="flex items-center gap-3 px-4 py-3 text-ink-3 text-sm md:px-6">
        {t('showing', { count: entries.length })}
        {!!list.hasNextPage && (
          <Button size="sm" isPending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}

function NoEntries({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const t = useTranslations('activity')
  if (!isFiltered) {
    return (
      <EmptyState icon={<ScrollText />} title={t('emptyTitle')}>
        {t('emptyBody')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('noMatchTitle')}
      action={<Button onClick={onClear}>{t('filters.clear')}</Button>}
    >
      {t('noMatchBody')}
    </EmptyState>
  )
}
