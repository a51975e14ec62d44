import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { jobs } from '@/lib/queries/jobs'
import { foundOr404, requireSession } from '@/lib/server/gate'
import { getJob } from '@/lib/server/services/jobs'
import { JobView } from './job-view'

export const metadata: Metadata = { title: 'Job' }

export default async function JobPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const ctx = await requireSession(paths.job(id))
  const client = new QueryClient()
  client.setQueryData(jobs.detail(id).queryKey, await foundOr404(() => getJob(ctx, { id })))
  return (
    <Words words={{ job: english.job, cloudJob: english.cloudJob }}>
      <PageData state={dehydrate(client)}>
        <JobView id={id} />
      </PageData>
    </Words>
  )
}
