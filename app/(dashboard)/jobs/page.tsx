import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { jobs } from '@/lib/queries/jobs'
import { requireSession } from '@/lib/server/gate'
import { hasBatchSharing } from '@/lib/server/services/capabilities'
import { listJobs } from '@/lib/server/services/jobs'
import { JobsView } from './jobs-view'

export const metadata: Metadata = { title: 'Jobs' }

export default async function JobsPage() {
  const ctx = await requireSession(paths.jobs())
  const client = new QueryClient()
  client.setQueryData(jobs.list().queryKey, await listJobs(ctx))
  return (
    <Words words={{ jobs: english.jobs, job: english.job, cloudJob: english.cloudJob }}>
      <PageData state={dehydrate(client)}>
        <JobsView canFollow={await hasBatchSharing(ctx)} />
      </PageData>
    </Words>
  )
}
