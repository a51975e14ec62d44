import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { ImageIdsInAddress } from '@/lib/contracts/inputs/images'
import type { Scope } from '@/lib/contracts/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { idChunks, images } from '@/lib/queries/images'
import { pageInProject } from '@/lib/server/gate'
import { getCapabilities } from '@/lib/server/services/capabilities'
import { listImagesById } from '@/lib/server/services/images'
import { memberLimit } from '@/lib/server/services/member-limit'
import { checksProjectIds, pendingAccess } from '@/lib/util/capability-list'
import { ClosedProject } from './closed-project'
import { ShareView } from './share-view'

export const metadata: Metadata = { title: 'Share images' }

interface Address {
  params: Promise<Scope>
  searchParams: Promise<{ images?: string }>
}

export default async function SharePage({ params, searchParams }: Address) {
  const scope = await params
  const wanted = ImageIdsInAddress.safeParse((await searchParams).images ?? '')
  const imageIds = wanted.success ? wanted.data : []
  const client = new QueryClient()
  const result = await pageInProject(paths.share(scope, imageIds), scope, async (ctx) => {
    const reads = idChunks(imageIds).map(async (ids) => {
      client.setQueryData(images.byId(scope, ids).queryKey, await listImagesById(ctx, { ids }))
    })
    await Promise.all(reads)
    const [limit, known] = await Promise.all([memberLimit(ctx), getCapabilities(ctx)])
    return { limit, access: pendingAccess(known.pending_access), checksIds: checksProjectIds(known) }
  })
  const isClosed = !result.ok && result.failure.code === 'project_sign_in'
  return (
    <Words words={{ share: english.share }}>
      <PageData state={dehydrate(client)}>
        {isClosed ? (
          <ClosedProject />
        ) : (
          <ShareView
            scope={scope}
            imageIds={imageIds}
            memberLimit={result.ok ? result.value.limit : null}
            access={result.ok ? result.value.access : pendingAccess(null)}
            checksIds={result.ok && result.value.checksIds}
          />
        )}
      </PageData>
    </Words>
  )
}
