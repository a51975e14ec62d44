import { dehydrate, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageData } from '@/components/layout/page-data'
import { Words } from '@/components/layout/words'
import { ScopeInput } from '@/lib/contracts/inputs/scope'
import { english } from '@/lib/messages/messages'
import { paths } from '@/lib/paths'
import { audits } from '@/lib/queries/audits'
import { pageInProject, requireSession } from '@/lib/server/gate'
import { listAudits } from '@/lib/server/services/audits'
import { getCapabilities } from '@/lib/server/services/capabilities'
import { homeScope } from '@/lib/server/services/sessions'
import { pendingAccess } from '@/lib/util/capability-list'
import { AuditView } from './audit-view'

export const metadata: Metadata = { title: 'Audit' }

interface Address {
  searchParams: Promise<Record<string, string | undefined>>
}

export default async function AuditPage({ searchParams }: Address) {
  const address = await searchParams
  const named = ScopeInput.safeParse(address)
  if (!named.success) {
    const home = await homeScope(await requireSession(paths.audit()))
    redirect(home ? paths.audit(home) : paths.jobs())
  }
  const scope = named.data
  const client = new QueryClient()
  const here = paths.audit(scope, withoutScope(address))
  const result = await pageInProject(here, scope, async (ctx) => {
    const list = await listAudits(ctx)
    client.setQueryData(audits.list(scope).queryKey, list)
    const shown = list.audits.find(({ id }) => id === address.id) ?? list.audits[0]
    if (shown) client.setQueryData(audits.detail(scope, shown.id).queryKey, shown)
    return pendingAccess((await getCapabilities(ctx)).pending_access)
  })
  return (
    <Words
      words={{ audit: english.audit, auditMatrix: english.auditMatrix, auditReview: english.auditReview }}
    >
      <PageData state={dehydrate(client)}>
        <AuditView scope={scope} access={result.ok ? result.value : pendingAccess(null)} />
      </PageData>
    </Words>
  )
}

const withoutScope = ({ cloud, region, project, ...show }: Record<string, string | undefined>) => show
