'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { enterProject, renewSession, signIn } from '../actions/session'
import { callAction } from './call-action'
import { sessionLost } from './session-lost'
import { keepScope } from './use-session'

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

/** Keeps the project a person went to, for the next sign-in. */
export function useRememberScope() {
  return useMutation({ mutationFn: keepScope })
}
