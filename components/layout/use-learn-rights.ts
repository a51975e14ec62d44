'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'
import { session as sessionQuery } from '@/lib/queries/session'

/** What one's roles allow in a project is known from the first visit on: the session is read again after it. */
export function useLearnRights(session: SessionView | undefined, scope: Scope | null) {
  const client = useQueryClient()
  const project = scope?.project
  const isNew = session !== undefined && project !== undefined && session.rights[project] === undefined

  // Once per visit: a project that can't be entered stays unknown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said above.
  useEffect(() => {
    if (isNew) void client.invalidateQueries(sessionQuery.current())
  }, [project])
}
