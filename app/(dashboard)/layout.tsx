import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { DashboardShell } from '@/components/layout/dashboard-shell'
import { session } from '@/lib/queries/session'
import { optionalSession } from '@/lib/server/gate'
import { getSession, learnRights, refreshProjects } from '@/lib/server/services/sessions'

/** The frame round every screen. It guards nothing: each page checks for itself. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await optionalSession()
  if (!ctx) return children
  await refreshProjects(ctx)
  await learnRights(ctx)
  const client = new QueryClient()
  client.setQueryData(session.current().queryKey, await getSession(ctx))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DashboardShell>{children}</DashboardShell>
    </HydrationBoundary>
  )
}
