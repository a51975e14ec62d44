'use client'
import { useMemo } from 'react'
import type { AuditSummary } from '@/lib/contracts/audits'
import { isReadOnlyIn } from '@/lib/contracts/session'
import { useSession } from '@/lib/queries/use-session'

/**
 * The projects of an audit in which nothing can be changed: by the roles the session knows, else by those its reader had.
 * All of them, as long as nobody is known.
 */
export function useReadOnlySources({ sources, mine }: AuditSummary): ReadonlySet<string> {
  const { data: session } = useSession()
  return useMemo(() => {
    const only = sources.filter(
      ({ id, right }) => !session || isReadOnlyIn(session, id, mine ? right : undefined),
    )
    return new Set(only.map(({ id }) => id))
  }, [session, sources, mine])
}
