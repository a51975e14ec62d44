'use client'
import { useEffect, useRef } from 'react'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'
import { keepScope } from '@/lib/queries/use-session'

/**
 * Keeps the project one stands in, however one came there: picked, or by a link. Screens about all projects and the
 * next sign-in begin there.
 */
export function useRememberVisit(session: SessionView | undefined, scope: Scope | null) {
  const kept = useRef<string | null>(null)
  const isMine = session?.projects.some(({ id, enabled }) => enabled && id === scope?.project) === true
  const here = scope && `${scope.region} ${scope.project}`
  const before = session?.lastScope && `${session.lastScope.region} ${session.lastScope.project}`

  // Another tab may stand elsewhere: what it keeps is no reason to write ours again, only a visit is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said above.
  useEffect(() => {
    if (!scope || !isMine || here === (kept.current ?? before)) return
    kept.current = here
    // A visit that is not kept is no harm: the next one is.
    keepScope(scope).catch(() => {})
  }, [here, isMine])
}
