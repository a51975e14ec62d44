import 'server-only'
import type { ActivityEntry, ActivityOutcome, ActivityTargets, ActivityVerb } from '../../contracts/activity'
import type { ErrorCode } from '../../contracts/errors'
import type { ItemCounts, JobTarget } from '../../contracts/jobs'
import type { SessionRecord } from '../session/session-rows'
import { changesOf, factsOf, type MoreTargets } from './activity-facts'

/** One call is over by then: an act without a job that is older and has no outcome lost it. */
const callMs = 120_000

/** An act as it is read from the log. */
export interface ActRow {
  act: string
  at: Date
  endedAt: Date | null
  verb: string
  cloud: string
  region: string | null
  projectId: string | null
  userId: string
  userName: string
  images: JobTarget[]
  imageCount: number
  projects: JobTarget[]
  projectCount: number
  more: MoreTargets
  counts: ItemCounts | null
  result: object | null
  outcome: ActivityOutcome
  code: string | null
  upstreamRequestId: string | null
  jobId: string | null
  /** Of its job, or of the audit it is. */
  runState: string | null
}

/** Who reads the log. */
export interface Viewer {
  session: SessionRecord
  /** Whether the session holds an administrator's token, before which no audit of the whole cloud is closed. */
  isAdmin: boolean
}

/** The act as its viewer may see it, at this moment. */
export function toEntry(row: ActRow, viewer: Viewer, now: number): ActivityEntry {
  return isOpenTo(row, viewer) ? wholeEntry(row, viewer.session, now) : outline(row, viewer.session, now)
}

/** An audit is its own person's, or the administrators', and so is what it covers, what was found and what was noted on it. */
const isOpenTo = ({ verb, userId, more }: ActRow, { session, isAdmin }: Viewer) =>
  !verb.startsWith('audit.') || userId === session.userId || (more.reach === 'cloud' && isAdmin)

/** That somebody did something to an audit, for others of the project. */
function outline(row: ActRow, viewer: SessionRecord, now: number): ActivityEntry {
  const { reach, what, format } = factsOf(row.more, null)
  const nothing = { count: 0, listed: [] }
  return {
    ...wholeEntry(row, viewer, now),
    images: nothing,
    projects: nothing,
    changes: [],
    facts: { reach, what, format },
  }
}

function wholeEntry(row: ActRow, viewer: SessionRecord, now: number): ActivityEntry {
  const { more } = row
  // Written by us alone, from the same list.
  const verb = row.verb as ActivityVerb
  const own: ActivityTargets | null =
    more.imageId === undefined ? null : { count: 1, listed: [{ id: more.imageId, name: more.name || null }] }
  return {
    id: row.act,
    at: row.at.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    verb,
    actor: { id: row.userId, name: row.userName },
    mine: row.userId === viewer.userId,
    scope: {
      cloud: row.cloud,
      region: row.region,
      project: row.projectId,
      projectName: viewer.projects.find(({ id }) => id === row.projectId)?.name ?? null,
    },
    images: own ?? { count: row.imageCount, listed: row.images },
    projects: { count: row.projectCount, listed: row.projects.map((target) => named(target, viewer)) },
    pairs: more.pairs ?? null,
    counts: row.counts,
    changes: changesOf(verb, more),
    facts: factsOf(more, row.result),
    outcome: row.outcome,
    openState: row.outcome === 'open' ? openState(row, now) : null,
    code: row.code as ErrorCode | null,
    requestId: more.requestId ?? null,
    upstreamRequestId: row.upstreamRequestId,
    jobId: row.jobId,
    auditId: verb === 'audit.read' ? row.act : (more.auditId ?? null),
  }
}

/** A project by the name its own people have for it, where no other was stored. */
function named(target: JobTarget, { projects }: SessionRecord): JobTarget {
  return { ...target, name: target.name ?? projects.find(({ id }) => id === target.id)?.name ?? null }
}

function openState({ jobId, runState, at }: ActRow, now: number): ActivityEntry['openState'] {
  if (runState === 'paused') return 'paused'
  if (runState === 'queued' || runState === 'running') return 'under_way'
  return jobId === null && now - at.getTime() < callMs ? 'under_way' : 'unseen'
}
