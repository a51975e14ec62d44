import type { AuditSummary } from '@/lib/contracts/audits'

/** Whether nothing is missing in an audit: only then does "none" mean that there is none. */
export const isAuditWhole = ({ state, isTruncated, progress, sources }: AuditSummary): boolean =>
  state === 'complete' &&
  !isTruncated &&
  progress.imagesRefused === 0 &&
  sources.every(({ code }) => code === undefined)
