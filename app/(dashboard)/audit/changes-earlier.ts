import type { AuditSummary } from '@/lib/contracts/audits'

/** The audits this one can be compared with, newest first: complete, of the same reach, and begun before it. */
export function earlierThan(audit: AuditSummary, all: readonly AuditSummary[]): AuditSummary[] {
  if (audit.state !== 'complete') return []
  return all
    .filter(
      ({ id, state, reach, region, createdAt }) =>
        id !== audit.id &&
        state === 'complete' &&
        reach === audit.reach &&
        region === audit.region &&
        createdAt < audit.createdAt,
    )
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

/** The moment an audit is known by: when it was asked for. */
export const auditTime = ({ createdAt }: AuditSummary): number => Date.parse(createdAt)
