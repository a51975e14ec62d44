'use client'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { rememberScope, signOut } from '../actions/session'
import type { Scope } from '../contracts/scope'
import { isReadOnlyIn } from '../contracts/session'
import { callAction } from './call-action'
import { session } from './session'
import { sessionLost } from './session-lost'

/** Who is signed in, where they may go, and how long it lasts. */
export function useSession() {
  return useQuery(session.current())
}

/**
 * Whether nothing can be changed in a project: then what would change something is not offered. True as long as nobody is
 * known. The server refuses in any case.
 */
export function useReadOnly(project: string | undefined): boolean {
  const { data } = useSession()
  return !data || isReadOnlyIn(data, project)
}

/** Whether the session has ended while this page was open. */
export function useSessionLost(): boolean {
  return useSyncExternalStore(sessionLost.subscribe, sessionLost.get, () => false)
}

/** Ends the session. Not a mutation of the query library, which the first view does without. @throws ClientError */
export const leaveSession = (runningJobs: 'pause' | 'finish') => callAction(signOut, { runningJobs })

/** Keeps the project a person went to, for the next sign-in. @throws ClientError */
export const keepScope = (scope: Scope) => callAction(rememberScope, scope)
