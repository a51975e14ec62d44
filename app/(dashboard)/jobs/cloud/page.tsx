import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { UpstreamJobInput } from '@/lib/contracts/inputs/jobs'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { cloudJobs } from '@/lib/queries/cloud-jobs'
import { pageInProject } from '@/lib/server/gate'
import { getUpstreamJob } from '@/lib/server/services/upstream-jobs'
import { CloudJobView } from './cloud-job-view'

export const metadata: Metadata = { title: 'Job of the cloud' }

interface Address {
  searchParams: Promise<Record<string, string | undefined>>
}

export default async function CloudJobPage({ searchParams }: Address) {
  const named = UpstreamJobInput.safeParse(await searchParams)
  if (!named.success) notFound()
  const { id, ...scope } = named.data
  const client = new QueryClient()
  const result = await pageInProject(paths.cloudJob(scope, id), scope, async (ctx) => {
    // Without a job to show the browser asks again and says why, with the way to another.
    const job = await getUpstreamJob(ctx, named.data).catch(() => null)
    if (job) client.setQueryData(cloudJobs.detail(scope, id).queryKey, job)
    return ctx.project.name
  })
  return (
    <Words words={{ cloudJob: english.cloudJob }}>
      <PageData state={dehydrate(client)}>
        <CloudJobView scope={scope} id={id} projectName={result.ok ? result.value : ''} />
      </PageData>
    </Words>
  )
}
