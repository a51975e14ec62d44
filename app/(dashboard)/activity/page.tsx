import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { ActivityFilterInput } from '@/lib/contracts/inputs/activity'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { activity } from '@/lib/queries/activity'
import { requireSession } from '@/lib/server/gate'
import { listActivity } from '@/lib/server/services/activity-log'
import { ActivityView } from './activity-view'

export const metadata: Metadata = { title: 'Activity' }

interface ActivityPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const ctx = await requireSession(paths.activity())
  const filter = ActivityFilterInput.safeParse(await searchParams)
  const client = new QueryClient()
  // A filter that is none is asked for by the browser, which shows the refusal.
  if (filter.success) {
    const first = await listActivity(ctx, filter.data)
    client.setQueryData(activity.pages(filter.data).queryKey, { pages: [first], pageParams: [undefined] })
  }
  return (
    <Words words={{ activity: english.activity }}>
      <PageData state={dehydrate(client)}>
        <ActivityView />
      </PageData>
    </Words>
  )
}
