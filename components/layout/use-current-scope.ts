'use client'
import { useParams, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'

/** Where the shell stands: the address says it; screens about all projects keep what was seen last in this tab. */
export function useCurrentScope(session: SessionView | undefined): {
  scope: Scope | null
  choose: (scope: Scope) => void
} {
  const params = useParams()
  const search = useSearchParams()
  const [seen, setSeen] = useState<Scope | null>(null)

  const addressed =
    readScope((key) => decoded(params[key])) ?? readScope((key) => search.get(key) ?? undefined)
  if (addressed && !isSame(addressed, seen)) setSeen(addressed)
  return { scope: addressed ?? seen ?? homeOf(session), choose: setSeen }
}

function readScope(get: (key: keyof Scope) => string | undefined): Scope | null {
  const [cloud, region, project] = [get('cloud'), get('region'), get('project')]
  return cloud && region && project ? { cloud, region, project } : null
}

/** Parts of an address arrive as they stand in it. */
function decoded(part: string | string[] | undefined): string | undefined {
  if (typeof part !== 'string') return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const isSame = (a: Scope, b: Scope | null) =>
  a.cloud === b?.cloud && a.region === b.region && a.project === b.project

function homeOf(session: SessionView | undefined): Scope | null {
  if (!session) return null
  const first = session.projects.find((project) => project.enabled)
  const region = session.lastScope?.region ?? session.regions[0]
  const project = session.lastScope?.project ?? first?.id
  return region && project ? { cloud: session.cloud, region, project } : null
}
