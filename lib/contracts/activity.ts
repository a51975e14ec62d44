import type { AuditPolicy, AuditReach, ExportSubject, FindingKind } from './audits'
import type { ErrorCode } from './errors'
import type { ItemCounts, JobTarget } from './jobs'

/** Every act that leaves a line, as `resource.verb`. */
export const activityVerbs = [
  'share.share',
  'share.stop',
  'share.offer_again',
  'share.accept',
  'share.reject',
  'job.cancel',
  'image.set_visibility',
  'session.begin',
  'session.enter',
  'session.end',
  'activity.view',
  'activity.export',
  'audit.read',
  'audit.cancel',
  'audit.view',
  'audit.export',
  'audit.note',
  'audit.sign_off',
  'audit.policy',
] as const
export type ActivityVerb = (typeof activityVerbs)[number]

/**
 * How an act ended. `refused`: somebody said no, and `code` says why; `failed`: something broke; `unknown`: it was sent,
 * and nobody knows what came of it; `open`: no outcome was stored.
 */
export const activityOutcomes = [
  'succeeded',
  'partly_failed',
  'failed',
  'refused',
  'cancelled',
  'unknown',
  'open',
] as const
export type ActivityOutcome = (typeof activityOutcomes)[number]

export const activityFormats = ['csv', 'json'] as const
export type ActivityFormat = (typeof activityFormats)[number]

/** What an act was about: how many, and the first of them. An export has them all. */
export interface ActivityTargets {
  count: number
  listed: JobTarget[]
}

/**
 * Something an act changed, from what to what, as stored words: a visibility, a setting of the audit rules, a note. Of a
 * share it is told from the kind of act (`not_shared`, `shared` whatever was answered, or the new answer) and true of the
 * pairs that are done. Null is a setting that was off.
 */
export interface ActivityChange {
  of: 'visibility' | 'membership' | 'note' | keyof AuditPolicy
  before: string | null
  after: string | null
}

/** What else is stored of an act; each of it where the act has it. */
export interface ActivityFacts {
  /** What an audit covers. */
  reach?: AuditReach
  /** What an audit has read. */
  images?: number
  refused?: number
  members?: number
  /** What was saved as a file, as what, and how much of it left the house. */
  what?: ExportSubject
  kind?: FindingKind
  earlier?: string
  format?: string
  filter?: Record<string, string>
  rows?: number
  /** What was signed. */
  note?: string
  /** Of a sign-in: it was for a session that changes nothing. */
  readOnly?: boolean
}

/** One act, joined from its two rows: what was wanted, and what came of it. */
export interface ActivityEntry {
  /** The id its rows share; a job's own id where there is a job. */
  id: string
  at: string
  /** Null while it is open. */
  endedAt: string | null
  verb: ActivityVerb
  actor: { id: string; name: string }
  /** Whether the caller did it. */
  mine: boolean
  /** Region and project are null for what belongs to no project, such as a sign-in. */
  scope: { cloud: string; region: string | null; project: string | null; projectName: string | null }
  images: ActivityTargets
  projects: ActivityTargets
  /** Image × project pairs that were asked for; null where an act has none. */
  pairs: number | null
  /** How the pairs ended. */
  counts: ItemCounts | null
  /** What it was to change; the outcome tells whether it did. */
  changes: ActivityChange[]
  facts: ActivityFacts
  outcome: ActivityOutcome
  /** Of an open act: it goes on, it waits, or nobody saw its end. */
  openState: 'under_way' | 'paused' | 'unseen' | null
  /** Why it was refused or failed. */
  code: ErrorCode | null
  /** Our own reference of the request, where it was kept. */
  requestId: string | null
  upstreamRequestId: string | null
  jobId: string | null
  /** The audit it was about. */
  auditId: string | null
}

export interface ActivityPage {
  entries: ActivityEntry[]
  /** Where the next page begins; null at the end. */
  next: string | null
}
