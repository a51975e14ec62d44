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
import { ReadOnlyShare } from './read-only-share'
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
    if (ctx.readOnly) return null
    const reads = idChunks(imageIds).map(async (ids) => {
      client.setQueryData(images.byId(scope, ids).queryKey, await listImagesById(ctx, { ids }))
    })
    await Promise.all(reads)
    const [limit, capabilities] = await Promise.all([memberLimit(ctx), getCapabilities(ctx)])
    return {
      limit,
      access: pendingAccess(capabilities.pending_access),
      checksIds: checksProjectIds(capabilities),
    }
  })
  const isClosed = !result.ok && result.failure.code === 'project_sign_in'
  const isReadOnly = result.ok && result.value === null
  const known = result.ok ? result.value : null
  return (
    <Words words={{ share: english.share }}>
      <PageData state={dehydrate(client)}>
        {isClosed ? (
          <ClosedProject />
        ) : isReadOnly ? (
          <ReadOnlyShare scope={scope} />
        ) : (
          <ShareView
            scope={scope}
            imageIds={imageIds}
            memberLimit={known?.limit ?? null}
            access={known?.access ?? pendingAccess(null)}
            checksIds={known?.checksIds ?? false}
          />
        )}
      </PageData>
    </Words>
  )
}
