'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { enterProject, rememberScope, renewSession, signIn, signOut } from '../actions/session'
import type { Scope } from '../contracts/scope'
import { callAction } from './call-action'
import { session } from './session'
import { sessionLost } from './session-lost'

/** Who is signed in, where they may go, and how long it lasts. */
export function useSession() {
  return useQuery(session.current())
}

/** Whether the session has ended while this page was open. */
export function useSessionLost(): boolean {
  return useSyncExternalStore(sessionLost.subscribe, sessionLost.get, () => false)
}

/** Signs in; answers with the address to go to, or that a one-time code is wanted. */
export function useSignIn() {
  return useMutation({
    mutationFn: (request: Parameters<typeof signIn>[0]) => callAction(signIn, request),
  })
}

/** Same user, over the page that is open: everything typed there stays. */
export function useRenewSession() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: Parameters<typeof renewSession>[0]) => callAction(renewSession, request),
    onSuccess: async ({ state }) => {
      if (state === 'passcode') return
      sessionLost.clear()
      await client.invalidateQueries()
    },
  })
}

/** Enters one more project of a cloud that wants a sign-in for each. */
export function useEnterProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: Parameters<typeof enterProject>[0]) => callAction(enterProject, request),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: (runningJobs: 'pause' | 'finish') => callAction(signOut, { runningJobs }),
  })
}

/** Keeps the project a person went to, for the next sign-in. */
export function useRememberScope() {
  return useMutation({ mutationFn: (scope: Scope) => callAction(rememberScope, scope) })
}
