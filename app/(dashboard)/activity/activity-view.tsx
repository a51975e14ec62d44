'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SplitView } from '@/components/layout/app-frame'
import { PageHeader } from '@/components/layout/page-header'
import { activity } from '@/lib/queries/activity'
import { OpenEntryProvider } from './activity-context'
import { ActivityDetails } from './activity-details'
import { ActivityFilters } from './activity-filters'
import { ActivityList } from './activity-list'
import { ExportMenu } from './export-menu'
import { useActivityFilter } from './use-activity-filter'

/** Everything done through the dashboard in one's projects, newest first. */
export function ActivityView() {
  const t = useTranslations('activity')
  const { filter, asked, setFilter, clear } = useActivityFilter()
  const [openId, setOpenId] = useState<string | null>(null)
  const list = useInfiniteQuery(activity.pages(asked))
  const entries = list.data?.pages.flatMap((page) => page.entries)
  const open = entries?.find(({ id }) => id === openId)
  return (
    <OpenEntryProvider value={({ id }) => setOpenId(id)}>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<ExportMenu filter={asked} />}>
        <ActivityFilters entries={entries ?? []} filter={filter} onFilter={setFilter} />
      </PageHeader>
      <SplitView panel={open && <ActivityDetails entry={open} onClose={() => setOpenId(null)} />}>
        <ActivityList
          list={list}
          entries={entries}
          openId={openId}
          isFiltered={Object.keys(asked).length > 0}
          onlyOpen={filter.outcome === 'open' ? undefined : () => setFilter({ outcome: 'open' })}
          onClear={clear}
        />
      </SplitView>
    </OpenEntryProvider>
  )
}
