import { queryOptions } from '@tanstack/react-query'
import type { AuditChanges, AuditPolicyView } from '../contracts/audits'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

/** What is read to judge an audit, beside the audit itself. */
export const auditReview = {
  /** What is not as it was in an earlier audit. Both are kept as they were read, so the answer never changes. */
  changes: (scope: Scope, id: string, earlier: string) =>
    queryOptions({
      queryKey: ['audit-review', 'changes', scope, id, earlier] as const,
      queryFn: ({ signal }) => fetchJson<AuditChanges>(api.auditChanges(scope, id, earlier), signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  /** What counts as a finding in audits from this project. */
  policy: (scope: Scope) =>
    queryOptions({
      queryKey: ['audit-review', 'policy', scope] as const,
      queryFn: ({ signal }) => fetchJson<AuditPolicyView>(api.auditPolicy(scope), signal),
      staleTime: 60_000,
    }),
}
