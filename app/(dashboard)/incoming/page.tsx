import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { ScopeInput } from '@/lib/contracts/inputs/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { incoming } from '@/lib/queries/incoming'
import { pageInProject, requireSession } from '@/lib/server/gate'
import { getCapabilities } from '@/lib/server/services/capabilities'
import { listOffers } from '@/lib/server/services/incoming'
import { homeScope } from '@/lib/server/services/sessions'
import { pendingAccess } from '@/lib/util/capability-list'
import { IncomingView } from './incoming-view'

export const metadata: Metadata = { title: 'Incoming' }

interface Address {
  searchParams: Promise<Record<string, string | undefined>>
}

export default async function IncomingPage({ searchParams }: Address) {
  const named = ScopeInput.safeParse(await searchParams)
  if (!named.success) {
    const home = await homeScope(await requireSession(paths.incoming()))
    redirect(home ? paths.incoming(home) : paths.jobs())
  }
  const scope = named.data
  const client = new QueryClient()
  const result = await pageInProject(paths.incoming(scope), scope, async (ctx) => {
    client.setQueryData(incoming.list(scope).queryKey, await listOffers(ctx))
    return { name: ctx.project.name, access: pendingAccess((await getCapabilities(ctx)).pending_access) }
  })
  return (
    <Words words={{ incoming: english.incoming }}>
      <PageData state={dehydrate(client)}>
        <IncomingView
          scope={scope}
          projectName={result.ok ? result.value.name : ''}
          access={result.ok ? result.value.access : pendingAccess(null)}
        />
      </PageData>
    </Words>
  )
}
