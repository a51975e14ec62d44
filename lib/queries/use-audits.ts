'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelAudit, resumeAudit, startAudit } from '../actions/audits'
import type { AuditSummary } from '../contracts/audits'
import type { Scope } from '../contracts/scope'
import { audits } from './audits'
import { callAction } from './call-action'
import { useClickKey } from './use-click-key'

/** Shows what the server answered, a new audit as the first of the list. */
function useAuditSettled(scope: Scope) {
  const client = useQueryClient()
  return (audit: AuditSummary) => {
    client.setQueryData(audits.detail(scope, audit.id).queryKey, audit)
    client.setQueryData(audits.list(scope).queryKey, (list) => {
      if (!list) return list
      const isKnown = list.audits.some(({ id }) => id === audit.id)
      const known = list.audits.map((one) => (one.id === audit.id ? audit : one))
      return { ...list, audits: isKnown ? known : [audit, ...known] }
    })
  }
}

/** Starts a new audit of everything that may be read from here. Answers with it at once; its rows come as they are read. */
export function useStartAudit(scope: Scope) {
  const settled = useAuditSettled(scope)
  const key = useClickKey()
  return useMutation({
    mutationFn: () => callAction(startAudit, { ...scope, idempotencyKey: key.keyFor(scope) }),
    onSuccess: (audit) => {
      key.spent()
      settled(audit)
    },
  })
}

/** Asks nothing more of the cloud; what has been read is kept. */
export function useCancelAudit(scope: Scope) {
  return useMutation({
    mutationFn: (id: string) => callAction(cancelAudit, { ...scope, id }),
    onSuccess: useAuditSettled(scope),
  })
}

/** Goes on with an audit that waits for the person who started it to be signed in. */
export function useResumeAudit(scope: Scope) {
  return useMutation({
    mutationFn: (id: string) => callAction(resumeAudit, { ...scope, id }),
    onSuccess: useAuditSettled(scope),
  })
}
