import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import type { Scope } from '@/lib/contracts/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { pageInProject } from '@/lib/server/gate'
import { getCapabilities } from '@/lib/server/services/capabilities'
import { getImage } from '@/lib/server/services/images'
import { checksProjectIds, pendingAccess } from '@/lib/util/capability-list'
import { ImageView } from './image-view'

export const metadata: Metadata = { title: 'Image' }

export default async function ImagePage({ params }: { params: Promise<Scope & { imageId: string }> }) {
  const { imageId, ...scope } = await params
  const client = new QueryClient()
  const result = await pageInProject(paths.image(scope, imageId), scope, async (ctx) => {
    const { queryKey } = images.detail(scope, imageId)
    client.setQueryData(queryKey, await getImage(ctx, { imageId }))
    const known = await getCapabilities(ctx)
    return { access: pendingAccess(known.pending_access), checksIds: checksProjectIds(known) }
  })
  return (
    <Words words={{ image: english.image, activity: english.activity }}>
      <PageData state={dehydrate(client)}>
        <ImageView
          scope={scope}
          imageId={imageId}
          access={result.ok ? result.value.access : pendingAccess(null)}
          checksIds={result.ok && result.value.checksIds}
        />
      </PageData>
    </Words>
  )
}
