import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import type { Scope } from '@/lib/contracts/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { pageInProject } from '@/lib/server/gate'
import { listImages } from '@/lib/server/services/images'
import { memberLimit } from '@/lib/server/services/member-limit'
import { ImagesView } from './images-view'

export const metadata: Metadata = { title: 'My images' }

export default async function ImagesPage({ params }: { params: Promise<Scope> }) {
  const scope = await params
  const client = new QueryClient()
  const result = await pageInProject(paths.images(scope), scope, async (ctx) => {
    await client.fetchInfiniteQuery({
      ...images.pages(scope, false),
      queryFn: () => listImages(ctx, { hidden: 'false' }),
    })
    return { projectName: ctx.project.name, memberLimit: await memberLimit(ctx) }
  })
  const facts = result.ok ? result.value : { projectName: '', memberLimit: null }
  return (
    <Words words={{ images: english.images }}>
      <PageData state={dehydrate(client)}>
        <ImagesView scope={scope} {...facts} />
      </PageData>
    </Words>
  )
}
