import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { ErrorCode } from '../../contracts/errors'
import {
  type ItemCounts,
  type ItemState,
  itemLetters,
  type JobFailure,
  type JobItemPage,
  type JobItemView,
  type JobSummary,
  type JobView,
} from '../../contracts/jobs'
import { listCalls } from '../jobs/call-rows'
import type { JobRecord } from '../jobs/job-rows'
import type { SessionRecord } from '../session/session-rows'
import { jobItem } from '../store/schema'
import type { Database } from '../store/store'

const requestIdsShown = 5
const itemsPerPage = 200
const callsShown = 100

/** Reasons that running the same pair again can't mend by itself. */
const lasting: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'not_shareable',
  'image_not_found',
  'own_project',
  'invalid_input',
  'not_supported',
  'permission_missing',
  'not_owner',
  'image_protected',
  'image_public',
  'image_private',
  'image_encrypted',
  'key_refused',
  'full_server_image',
  'vault_needed',
  'vault_unusable',
  'project_unknown',
  'other_region',
  'wrong_project',
  'not_accepted',
])

const iso = (date: Date | null) => date?.toISOString() ?? null

/** What a list of jobs tells of one. */
export function toJobSummary(row: JobRecord, counts: ItemCounts, viewer: SessionRecord): JobSummary {
  return {
    id: row.id,
    scope: { cloud: row.cloud, region: row.region, project: row.projectId },
    projectName: row.projectName,
    kind: row.kind,
    state: row.state,
    pauseReason: row.pauseReason,
    cancelRequested: row.cancelRequested,
    startedBy: { userId: row.userId, name: row.userName },
    mine: row.userId === viewer.userId,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
    imageCount: row.images.length,
    projectCount: row.projects.length,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    retryOf: row.retryOf,
  }
}

/** One job whole: a letter per pair, and the failures by reason. `counts` come from the same read as the letters. */
export async function readJobView(
  db: Database,
  row: JobRecord,
  viewer: SessionRecord,
  now: Date,
): Promise<JobView> {
  const items = await db
    .select({
      image: jobItem.image,
      project: jobItem.project,
      state: jobItem.state,
      finishedAt: jobItem.finishedAt,
    })
    .from(jobItem)
    .where(eq(jobItem.jobId, row.id))
  const grid = row.images.map(() => Array.from({ length: row.projects.length }, () => '.'))
  const counts: ItemCounts = {
    waiting: 0,
    running: 0,
    unknown: 0,
    done: 0,
    already: 0,
    failed: 0,
    skipped: 0,
  }
  for (const item of items) {
    counts[item.state] += 1
    const line = grid[item.image]
    if (line) line[item.project] = itemLetters[item.state]
  }
  return {
    ...toJobSummary(row, counts, viewer),
    revision: row.revision,
    images: row.images,
    projects: row.projects,
    cells: grid.map((line) => line.join('')),
    failures: counts.failed > 0 ? await readFailures(db, row.id) : [],
    calls: await listCalls(db, row.id, callsShown),
    waitsUntil:
      row.state === 'running' && row.waitUntil && row.waitUntil > now ? row.waitUntil.toISOString() : null,
    msPerPair: pace(row, counts, items),
  }
}

function pace(row: JobRecord, counts: ItemCounts, items: { finishedAt: Date | null }[]): number | null {
  const ended = counts.done + counts.already + counts.failed
  if (!row.startedAt || ended === 0) return null
  const last = items.reduce((latest, item) => Math.max(latest, item.finishedAt?.getTime() ?? 0), 0)
  return Math.max(0, last - row.startedAt.getTime()) / ended
}

async function readFailures(db: Database, jobId: string): Promise<JobFailure[]> {
  const rows = await db
    .select()
    .from(jobItem)
    .where(and(eq(jobItem.jobId, jobId), eq(jobItem.state, 'failed')))
    .orderBy(asc(jobItem.seq))
  const groups = new Map<string, JobFailure>()
  for (const row of rows) {
    const code = row.code ?? 'internal'
    const values = row.values ?? {}
    const key = `${code} ${JSON.stringify(values)}`
    const group = groups.get(key) ?? {
      code,
      values,
      requestIds: [],
      pairs: [],
      retryable: !lasting.has(code),
    }
    group.pairs.push([row.image, row.project])
    const id = row.upstreamRequestId
    // The pairs of one batch call have one request between them.
    if (id && group.requestIds.length < requestIdsShown && !group.requestIds.includes(id)) {
      group.requestIds.push(id)
    }
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.pairs.length - a.pairs.length)
}

/** The pairs of a job, page by page in their order. */
export async function readItemPage(
  db: Database,
  jobId: string,
  { offset, state }: { offset: number; state: ItemState | 'all' },
): Promise<JobItemPage> {
  const where = and(eq(jobItem.jobId, jobId), state === 'all' ? undefined : eq(jobItem.state, state))
  const [rows, [count]] = await Promise.all([
    db.select().from(jobItem).where(where).orderBy(asc(jobItem.seq)).limit(itemsPerPage).offset(offset),
    db.select({ total: sql<number>`count(*)::int` }).from(jobItem).where(where),
  ])
  const total = count?.total ?? 0
  const next = offset + rows.length
  return { items: rows.map(toItemView), total, next: next < total ? next : null }
}

const toItemView = (row: typeof jobItem.$inferSelect): JobItemView => ({
  image: row.image,
  project: row.project,
  state: row.state,
  code: row.code,
  values: row.values ?? {},
  requestId: row.upstreamRequestId,
  startedAt: iso(row.startedAt),
  finishedAt: iso(row.finishedAt),
})
