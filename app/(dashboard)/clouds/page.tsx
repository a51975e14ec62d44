import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { clouds } from '@/lib/queries/clouds'
import { requireSession } from '@/lib/server/gate'
import { listClouds } from '@/lib/server/services/clouds'
import { CloudsView } from './clouds-view'

export const metadata: Metadata = { title: 'Clouds' }

export default async function CloudsPage() {
  const ctx = await requireSession(paths.clouds())
  const client = new QueryClient()
  // What can't be read now is asked for again by the browser, which shows why.
  const views = await listClouds(ctx).catch(() => null)
  if (views) client.setQueryData(clouds.list().queryKey, views)
  return (
    <Words words={{ clouds: english.clouds }}>
      <PageData state={dehydrate(client)}>
        <CloudsView />
      </PageData>
    </Words>
  )
}
