import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import type { Scope } from '@/lib/contracts/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { pageInProject } from '@/lib/server/gate'
import { getImage } from '@/lib/server/services/images'
import { ImageView } from './image-view'

export const metadata: Metadata = { title: 'Image' }

export default async function ImagePage({ params }: { params: Promise<Scope & { imageId: string }> }) {
  const { imageId, ...scope } = await params
  const client = new QueryClient()
  await pageInProject(paths.image(scope, imageId), scope, async (ctx) => {
    const { queryKey } = images.detail(scope, imageId)
    client.setQueryData(queryKey, await getImage(ctx, { imageId }))
  })
  return (
    <Words words={{ image: english.image }}>
      <PageData state={dehydrate(client)}>
        <ImageView scope={scope} imageId={imageId} />
      </PageData>
    </Words>
  )
}
