import type { ErrorCode } from './errors'
import type { MemberStatus, Visibility } from './images'
import type { PauseReason } from './jobs'

/**
 * `cloud`: every shared, public and community image of the cloud, with an administrator's token. `own`: what the projects of
 * one person own and what is offered to them.
 */
export type AuditReach = 'cloud' | 'own'

export const auditStates = ['queued', 'running', 'paused', 'complete', 'cancelled', 'failed'] as const
export type AuditState = (typeof auditStates)[number]

/**
 * A project whose token reads; `code` says why it could not be entered, and so is missing from the audit, `right` what the
 * roles there allowed when it was.
 */
export interface AuditSource {
  id: string
  name: string
  code?: ErrorCode
  right?: 'read' | 'write'
}

/** One reading of images and their members, kept as a snapshot. */
export interface AuditSummary {
  id: string
  cloud: string
  region: string
  reach: AuditReach
  /** The one administrator's project, or all projects of the person. */
  sources: AuditSource[]
  state: AuditState
  pauseReason: PauseReason | null
  /** Why it failed. */
  code: ErrorCode | null
  cancelRequested: boolean
  startedBy: { userId: string; name: string }
  /** Whether the caller started it; only that person may resume it. */
  mine: boolean
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  /** The cloud asked for patience: nothing is asked before. Null while it does not. */
  waitsUntil: string | null
  /** The most calls to the cloud in a second; null for as many as it answers. */
  callsPerSecond: number | null
  progress: AuditProgress
  /** The lists were cut at our cap, or the cloud broke them off: there is more than was read. */
  isTruncated: boolean
  note: string
  signedOff: { by: string; at: string } | null
}

export interface AuditProgress {
  /** Images found so far; all of them once `isListed`. */
  imagesListed: number
  isListed: boolean
  imagesRead: number
  /** Images among those read whose members could not be read. */
  imagesRefused: number
  members: number
  /** Calls to the cloud. */
  calls: number
  /** Milliseconds spent reading, pauses left out. */
  activeMs: number
}

/** How the members of an image were read: all of them by its owner or an administrator, or only one's own row. */
export type AuditSide = 'owner' | 'recipient'

export interface AuditMember {
  /** Project id; any string, because Glance checks nothing. */
  project: string
  status: MemberStatus
  /** The cloud's own word for a status we don't know. */
  said?: string
  /** What the cloud calls a member that is no project, such as `domain` (IMS). */
  type?: string
  /** ISO 8601 in UTC; null where the cloud does not tell. */
  sharedAt: string | null
  answeredAt: string | null
}

/** An image of an audit. Its strings come from the cloud and are shown through `UntrustedText` only. */
export interface AuditImage {
  id: string
  name: string
  owner: string | null
  status: string
  visibility: Visibility
  hidden: boolean
  createdAt: string
  updatedAt: string
  side: AuditSide
  /** The project of ours to act from: the one that owns it, the administrator's, or the recipient. */
  via: string
  /** Why its members are not known; null when they are, or when it can't have any. */
  refused: ErrorCode | null
  /** Whether it had members in an earlier audit that its present visibility hides; they live again when it is switched back. */
  hadMembers: boolean
  members: AuditMember[]
}

/**
 * A member as it travels, with times in seconds since 1970: a hundred thousand of them are read by one screen. The last
 * element is there for the odd ones alone.
 */
export type AuditMemberTuple = [
  project: number,
  status: 'p' | 'a' | 'r',
  sharedAt: number | null,
  answeredAt: number | null,
  odd?: { said?: string; type?: string },
]

/** Images in the order in which they were read; one that was read again comes again and takes the older one's place. */
export interface AuditRowsPage {
  images: (Omit<AuditImage, 'members' | 'hadMembers'> & { members: AuditMemberTuple[] })[]
  /** Project ids the tuples of this page point into. */
  projects: string[]
  /** Where the next page begins; also valid later, when more has been read. */
  next: string
  /** Whether there is more at this moment. */
  more: boolean
}

/**
 * What the identity service says of a project: there, switched off, not there, a text that can't be a project's id, or
 * nothing, because it does not tell this person.
 */
export type ProjectStanding = 'enabled' | 'disabled' | 'gone' | 'odd' | 'not_told'

/** A project that owns or receives an image of the audit. */
export interface AuditProject {
  id: string
  name: string | null
  domainId: string | null
  domainName: string | null
  standing: ProjectStanding
}

/** The audits one may see, newest first, and what a new one would cover. */
export interface AuditList {
  audits: AuditSummary[]
  /** The reach a new audit from this project would have. */
  reach: AuditReach
  /** The projects it would be read with, as far as they are known before. */
  sourceCount: number
}

export const findingKinds = [
  'recipient_gone',
  'recipient_disabled',
  'recipient_odd',
  'recipient_untrusted',
  'pending_long',
  'rejected',
  'limit_reached',
  'limit_near',
  'image_deactivated',
  'image_not_active',
  'image_hidden',
  'image_old',
  'same_name',
  'image_public',
  'image_community',
  'members_frozen',
  'duplicate_members',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** Why a finding was not looked for: the cloud does not tell, nobody said whom to trust, no limit is known, no earlier audit. */
export type NotChecked = 'not_told' | 'no_trust_list' | 'no_limit' | 'no_earlier'

/** One finding: an image, and one of its recipients where it is about one. Indexes into `images` and `projects`. */
export type FindingRow = [image: number, project: number | null]

export interface Finding {
  kind: FindingKind
  rows: FindingRow[]
  /** What mends it: ending these shares, as a job; or nothing that can be done from here. */
  mend: 'stop' | null
}

export interface AuditFindings {
  /** Kinds with at least one row, in the order of `findingKinds`. */
  findings: Finding[]
  notChecked: { kind: FindingKind; why: NotChecked }[]
  /** Image and project ids the rows point into. */
  images: string[]
  projects: string[]
}

/** What counts as a finding. Kept by the administrators of a cloud for its whole, by everybody else for themselves. */
export interface AuditPolicy {
  /** Ids or names. Both lists empty: nobody said whom to trust, and nothing is held against it. */
  trustedDomains: string[]
  trustedProjects: string[]
  /** An offer not answered for longer than these days. */
  pendingDays: number
  /** A shared image created more than these days ago. */
  imageDays: number
  /** Nearly full from this share of the member limit on, in per cent. */
  limitPercent: number
  /** Snapshots older than these days are removed; null keeps them. Signed-off ones stay. */
  keepDays: number | null
  /** The most calls to the cloud in a second that a new audit makes; null for as many as it answers. */
  callsPerSecond: number | null
}

export const defaultPolicy: AuditPolicy = {
  trustedDomains: [],
  trustedProjects: [],
  pendingDays: 30,
  imageDays: 365,
  limitPercent: 90,
  keepDays: 400,
  callsPerSecond: null,
}

export interface AuditPolicyView {
  policy: AuditPolicy
  reach: AuditReach
  changed: { by: string; at: string } | null
}

export const changeKinds = ['new', 'gone', 'answer'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One member that is not as it was in the earlier audit. */
export interface AuditChange {
  kind: ChangeKind
  image: { id: string; name: string; owner: string | null }
  project: string
  projectName: string | null
  before: MemberStatus | null
  after: MemberStatus | null
}

export interface AuditChanges {
  earlier: AuditSummary
  counts: Record<ChangeKind, number>
  /** The first of them, in the order of image name and id, then project; the export has all. */
  changes: AuditChange[]
  isCut: boolean
  /** Images left out on either side, because their members could not be read. */
  imagesLeftOut: number
}

export const exportSubjects = ['table', 'findings', 'changes'] as const
export type ExportSubject = (typeof exportSubjects)[number]
export const exportFormats = ['csv', 'json', 'hcl'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const isAuditOver = ({ state }: Pick<AuditSummary, 'state'>) =>
  state === 'complete' || state === 'cancelled' || state === 'failed'
