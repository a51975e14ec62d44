import 'server-only'
import { and, desc, eq, gte, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { ActivityEntry, ActivityOutcome } from '../../contracts/activity'
import type { ErrorCode } from '../../contracts/errors'
import type { ActivityFilterInput } from '../../contracts/inputs/activity'
import type { ItemCounts, JobTarget } from '../../contracts/jobs'
import type { SessionContext } from '../context'
import { isAdministrator } from '../session/in-project'
import type { SessionRecord } from '../session/session-rows'
import { projectTokens } from '../session/token-rows'
import { activity, auditSnapshot, job } from '../store/schema'
import type { Database } from '../store/store'
import { toEntry, type Viewer } from './activity-entries'
import type { MoreTargets } from './activity-facts'

const ended = alias(activity, 'ended')
const dayMs = 86_400_000

/** Codes of what broke on the way. With every other code somebody said no. */
const broken: ErrorCode[] = [
  'throttled',
  'timeout',
  'upstream_unavailable',
  'upstream_contract',
  'body_lost',
  'job_lost',
  'internal',
]

const outcomeOf = sql<ActivityOutcome>`case
  when ${ended.id} is null then 'open'
  when ${ended.outcome} = 'failed' and ${ended.code} is not null and ${notInList(broken)} then 'refused'
  else ${ended.outcome} end`

function notInList(codes: readonly string[]): SQL {
  return sql`${ended.code} not in (${sql.join(
    codes.map((code) => sql`${code}`),
    sql`, `,
  )})`
}

/** Who asks, and whether with an administrator's token at hand. */
export async function viewerOf({ session, runtime }: SessionContext): Promise<Viewer> {
  const tokens = await projectTokens(runtime.store, session.idHash)
  return {
    session,
    isAdmin: tokens.some(({ roles }) => isAdministrator(runtime.env, roles)),
  }
}

/** The place of an act in the log, newest first. */
export interface Place {
  at: Date
  id: number
}

interface Question {
  viewer: Viewer
  filter: ActivityFilterInput
  /** Only what lies behind this place. */
  after: Place | null
  limit: number
  /** At most so many images and projects are listed of each act; null for all of them. */
  listed: number | null
  now: number
}

/**
 * Acts the viewer may know of, newest first: those in a project of the session's, and what the viewer did outside of
 * any. An act stands where it began; its outcome is joined by the id both rows share.
 */
export async function readActs(
  db: Database,
  { viewer, filter, after, limit, listed, now }: Question,
): Promise<(Place & { entry: ActivityEntry })[]> {
  const rows = await db
    .select({
      id: activity.id,
      at: activity.at,
      endedAt: ended.at,
      act: activity.act,
      verb: activity.verb,
      cloud: activity.cloud,
      region: activity.region,
      projectId: activity.projectId,
      userId: activity.userId,
      userName: activity.userName,
      images: firstOf('images', listed),
      imageCount: countOf('images'),
      projects: firstOf('projects', listed),
      projectCount: countOf('projects'),
      // Both lists can be long, and are read above as far as they are wanted.
      more: sql<MoreTargets>`${activity.targets} - 'images' - 'projects'`,
      counts: sql<ItemCounts | null>`${ended.targets} -> 'counts'`,
      // Of a job it is the counts alone, however long its lists are.
      result: sql<object | null>`${ended.targets} - 'counts' - 'projects'`,
      outcome: outcomeOf,
      code: ended.code,
      upstreamRequestId: ended.upstreamRequestId,
      jobId: activity.jobId,
      runState: sql<string | null>`coalesce(${job.state}, ${auditSnapshot.state})`,
    })
    .from(activity)
    .leftJoin(ended, and(eq(ended.act, activity.act), eq(ended.phase, 'outcome')))
    .leftJoin(job, eq(job.id, activity.jobId))
    .leftJoin(auditSnapshot, and(eq(auditSnapshot.id, activity.act), eq(activity.verb, 'audit.read')))
    .where(
      and(
        isBeginning(db),
        isVisible(viewer.session),
        ...fits(filter, viewer.session),
        after ? isBehind(after) : undefined,
      ),
    )
    .orderBy(desc(activity.at), desc(activity.id))
    .limit(limit)
  return rows.map((row) => ({ at: row.at, id: row.id, entry: toEntry(row, viewer, now) }))
}

/**
 * The row an act begins with: its intent, or the outcome of what has none. Asked row by row: `not exists` beside an `or`
 * makes PostgreSQL read all intents of the log for each page.
 */
function isBeginning(db: Database) {
  const intent = alias(activity, 'intent')
  const itsIntent = db
    .select({ id: intent.id })
    .from(intent)
    .where(and(eq(intent.act, activity.act), eq(intent.phase, 'intent')))
    .limit(1)
  return or(eq(activity.phase, 'intent'), sql`(${itsIntent}) is null`)
}

function isVisible({ cloud, userId, projects }: SessionRecord) {
  const ids = projects.map(({ id }) => id)
  return and(
    eq(activity.cloud, cloud),
    or(inArray(activity.projectId, ids), and(isNull(activity.projectId), eq(activity.userId, userId))),
  )
}

const isBehind = ({ at, id }: Place) => or(lt(activity.at, at), and(eq(activity.at, at), lt(activity.id, id)))

function fits({ verb, outcome, actor, text, since, until }: ActivityFilterInput, viewer: SessionRecord) {
  return [
    verb && eq(activity.verb, verb),
    outcome && sql`${outcomeOf} = ${outcome}`,
    actor && eq(activity.userId, actor),
    text && names(text, viewer),
    since && gte(activity.at, new Date(since)),
    until && lt(activity.at, new Date(Date.parse(until) + dayMs)),
  ].filter((condition) => condition !== undefined && condition !== '')
}

/** The text is part of an id or a name: of an image, of a project or audit it was about, or of the project it was done in. */
function names(text: string, { userId, projects }: SessionRecord): SQL | undefined {
  const wanted = text.toLowerCase()
  const places = projects.filter(({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted))
  const paths = ['$.images[*].*', '$.imageId', '$.name', '$.auditId']
  const textsAt = (path: string) =>
    sql`select jsonb_path_query(${activity.targets}, ${path}::jsonpath) #>> '{}' as said`
  // What an audit of somebody else covers is not told, and so is not found.
  const ofProjects = sql`${textsAt('$.projects[*].*')} where ${or(ne(activity.verb, 'audit.read'), eq(activity.userId, userId))}`
  const texts = sql.join([...paths.map(textsAt), ofProjects], sql` union all `)
  return or(
    sql`exists (select 1 from (${texts}) named where strpos(lower(named.said), ${wanted}) > 0)`,
    inArray(
      activity.projectId,
      places.map(({ id }) => id),
    ),
    // The id of the act itself, which is its job's and its audit's.
    sql`${activity.act}::text = ${wanted}`,
  )
}

type TargetList = 'images' | 'projects'

/** An audit stores how many images it read under the name of the list. */
const listOf = (list: TargetList, part = '*') => `$.${list}[${part}] ? (@.type() == "object")`

const firstOf = (list: TargetList, most: number | null) =>
  sql<
    JobTarget[]
  >`jsonb_path_query_array(${activity.targets}, ${listOf(list, most === null ? '*' : `0 to ${most - 1}`)}::jsonpath)`

const countOf = (list: TargetList) =>
  sql<number>`jsonb_array_length(jsonb_path_query_array(${activity.targets}, ${listOf(list)}::jsonpath))`
