'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { noteAudit, saveAuditPolicy, signOffAudit } from '../actions/audits'
import type { AuditPolicy, AuditSummary } from '../contracts/audits'
import type { Scope } from '../contracts/scope'
import { activityKey } from './activity-key'
import { auditReview } from './audit-review'
import { audits } from './audits'
import { callAction } from './call-action'

function useAuditNoted(scope: Scope) {
  const client = useQueryClient()
  return (audit: AuditSummary) => {
    client.setQueryData(audits.detail(scope, audit.id).queryKey, audit)
    void client.invalidateQueries({ queryKey: audits.list(scope).queryKey })
    void client.invalidateQueries({ queryKey: activityKey })
  }
}

/** Writes the note of an audit over the one that was there before. */
export function useNoteAudit(scope: Scope) {
  return useMutation({
    mutationFn: (request: { id: string; before: string; note: string }) =>
      callAction(noteAudit, { ...scope, ...request }),
    onSuccess: useAuditNoted(scope),
  })
}

/** Puts the caller's name under an audit and its note, once and for ever. */
export function useSignOffAudit(scope: Scope) {
  return useMutation({
    mutationFn: (request: { id: string; note: string }) => callAction(signOffAudit, { ...scope, ...request }),
    onSuccess: useAuditNoted(scope),
  })
}

/** Replaces what counts as a finding; the findings of every audit are worked out anew. */
export function useSavePolicy(scope: Scope) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: { policy: AuditPolicy; seen: string | null }) =>
      callAction(saveAuditPolicy, { ...scope, ...request }),
    onSuccess: (view) => {
      client.setQueryData(auditReview.policy(scope).queryKey, view)
      void client.invalidateQueries({ queryKey: [...audits.all(), 'findings'] })
      void client.invalidateQueries({ queryKey: activityKey })
    },
  })
}
