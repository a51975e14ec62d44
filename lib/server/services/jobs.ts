import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import {
  JobIdInput,
  type JobItemsInput,
  type RetryJobInput,
  type StartJobInput,
} from '../../contracts/inputs/jobs'
import { isFinished, type JobItemPage, type JobSummary, type JobView } from '../../contracts/jobs'
import type { Scope } from '../../contracts/scope'
import type { ProjectContext, SessionContext } from '../context'
import { skipWaiting } from '../jobs/item-rows'
import {
  countItems,
  findJob,
  findJobByKey,
  finishRun,
  type JobRecord,
  listJobs as listRows,
  noItems,
} from '../jobs/job-rows'
import { Refusal } from '../refusal'
import { job, jobItem } from '../store/schema'
import { noteDone } from './activity'
import { enqueue, type JobWish, storeJob } from './job-start'
import { chooseTargets, narrowTargets } from './job-targets'
import { jobToken } from './job-token'
import { readItemPage, readJobView, toJobSummary } from './job-views'
import { ended } from './job-waiting'

const listed = 200
const answerWithinMs = 1_000

/** Starts a bulk act. Answers at once, with the finished job when it took less than a second. */
export async function startJob(ctx: ProjectContext, input: z.output<typeof StartJobInput>): Promise<JobView> {
  const { idempotencyKey, ...wish } = input
  const inputHash = createHash('sha256').update(JSON.stringify(wish)).digest('hex')
  const known = await findJobByKey(ctx.runtime.store.db, ctx.session, idempotencyKey)
  if (known) return sameClick(ctx, known, inputHash)
  const targets = await chooseTargets(ctx, input)
  return begin(ctx, {
    kind: input.kind,
    targets,
    vaultId: input.vaultId ?? null,
    idempotencyKey,
    inputHash,
    retryOf: null,
  })
}

/** Where a job was started: who acts on it acts there. @throws Refusal `not_found` */
export async function scopeOfJob(ctx: SessionContext, { id }: { id: string }): Promise<Scope> {
  return scopeOf(await visibleJob(ctx, id))
}

/** Starts a new job with the failed pairs of a finished one, as the caller, in that job's project. */
export async function retryJob(
  ctx: ProjectContext,
  { id, idempotencyKey }: z.output<typeof RetryJobInput>,
): Promise<JobView> {
  const old = await jobHere(ctx, id)
  const known = await findJobByKey(ctx.runtime.store.db, ctx.session, idempotencyKey)
  if (known) return sameClick(ctx, known, old.id)
  const failed = await ctx.runtime.store.db
    .select({ image: jobItem.image, project: jobItem.project })
    .from(jobItem)
    .where(and(eq(jobItem.jobId, old.id), eq(jobItem.state, 'failed')))
    .orderBy(jobItem.seq)
  if (!isFinished(old) || failed.length === 0) throw new Refusal('conflict')
  const pairs = failed.map((pair): [number, number] => [pair.image, pair.project])
  return begin(ctx, {
    kind: old.kind,
    targets: narrowTargets(old, pairs),
    vaultId: old.vaultId,
    idempotencyKey,
    inputHash: old.id,
    retryOf: old.id,
  })
}

/**
 * Sends nothing more. What is in flight ends and is recorded; a paused job ends at once. Anybody of the project may, so it is
 * an act of its own in the log: the end of the job is its starter's.
 */
export async function cancelJob(ctx: ProjectContext, { id }: z.output<typeof JobIdInput>): Promise<JobView> {
  const { store, clock, bus } = ctx.runtime
  const row = await jobHere(ctx, id)
  const paused = await store.db.transaction(async (tx) => {
    const [rests] = await tx
      .update(job)
      // Whoever still holds a paused job is fenced off, so that the skipped pairs stay skipped.
      .set({ cancelRequested: true, attempt: sql`${job.attempt} + 1` })
      .where(and(eq(job.id, id), eq(job.state, 'paused')))
      .returning()
    const [goesOn] = await tx
      .update(job)
      .set({ cancelRequested: true, revision: sql`${job.revision} + 1` })
      .where(and(eq(job.id, id), inArray(job.state, ['queued', 'running'])))
      .returning()
    if ((rests ?? goesOn) && !row.cancelRequested)
      await noteDone(tx, ctx, { verb: 'job.cancel', targets: {}, jobId: id })
    if (goesOn) {
      const { cloud, projectId, revision } = goesOn
      await bus.tell({ jobId: id, cloud, projectId, revision, finished: false, cancelled: true }, tx)
    }
    return rests
  })
  if (paused) {
    await skipWaiting(store.db, paused, clock.now())
    const revision = await finishRun(store, paused, true, clock.now())
    await bus.tell({ jobId: id, cloud: row.cloud, projectId: row.projectId, revision, finished: true })
  } else {
    await ended(ctx.runtime, id, answerWithinMs)
  }
  return getJob(ctx, { id })
}

/** Goes on with a paused job under a new token. Only the user who started it may: the act stays that person's. */
export async function resumeJob(ctx: ProjectContext, { id }: z.output<typeof JobIdInput>): Promise<JobView> {
  const row = await jobHere(ctx, id)
  if (row.userId !== ctx.session.userId) throw new Refusal('forbidden')
  const keep = await jobToken(ctx, id)
  const isFirst = await ctx.runtime.store.db.transaction(async (tx) => {
    const resumed = await tx
      .update(job)
      .set({
        state: 'queued',
        pauseReason: null,
        sessionIdHash: ctx.session.idHash,
        revision: sql`${job.revision} + 1`,
      })
      .where(and(eq(job.id, id), eq(job.state, 'paused')))
      .returning()
    await keep(tx, resumed.length > 0)
    for (const again of resumed) await enqueue(ctx, tx, again)
    return resumed.length > 0
  })
  if (!isFirst) throw new Refusal('conflict')
  await ended(ctx.runtime, id, answerWithinMs)
  return getJob(ctx, { id })
}

/** Every bulk act of the caller's projects, newest first. */
export async function listJobs(ctx: SessionContext): Promise<JobSummary[]> {
  const { db } = ctx.runtime.store
  const projects = ctx.session.projects.map((project) => project.id)
  const rows = await listRows(db, ctx.session.cloud, projects, listed)
  const counts = await countItems(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => toJobSummary(row, counts.get(row.id) ?? noItems(), ctx.session))
}

export async function getJob(ctx: SessionContext, { id }: z.output<typeof JobIdInput>): Promise<JobView> {
  return viewOf(ctx, await visibleJob(ctx, id))
}

export async function listJobItems(
  ctx: SessionContext,
  { id, offset, state }: z.output<typeof JobItemsInput>,
): Promise<JobItemPage> {
  await visibleJob(ctx, id)
  return readItemPage(ctx.runtime.store.db, id, { offset, state })
}

const viewOf = ({ runtime, session }: SessionContext, row: JobRecord): Promise<JobView> =>
  readJobView(runtime.store.db, row, session, new Date(runtime.clock.now()))

/** A job the caller may see. Somebody else's looks like one that doesn't exist. @throws Refusal `not_found` */
async function visibleJob(ctx: SessionContext, id: string): Promise<JobRecord> {
  const row = JobIdInput.safeParse({ id }).success ? await findJob(ctx.runtime.store.db, id) : null
  const mine =
    row?.cloud === ctx.session.cloud && ctx.session.projects.some((project) => project.id === row.projectId)
  if (!row || !mine) throw new Refusal('not_found')
  return row
}

/** A job of the project that the caller acts in. @throws Refusal `not_found` */
async function jobHere(ctx: ProjectContext, id: string): Promise<JobRecord> {
  const row = await visibleJob(ctx, id)
  if (row.projectId !== ctx.scope.project || row.region !== ctx.scope.region) throw new Refusal('not_found')
  return row
}

const scopeOf = (row: JobRecord) => ({ cloud: row.cloud, region: row.region, project: row.projectId })

/** The same click again gets the same job; the same key with another wish is a mistake of the page. */
function sameClick(ctx: ProjectContext, known: JobRecord, inputHash: string): Promise<JobView> {
  if (known.inputHash !== inputHash) throw new Refusal('conflict')
  return viewOf(ctx, known)
}

async function begin(ctx: ProjectContext, wish: JobWish): Promise<JobView> {
  const { row, isNew } = await storeJob(ctx, wish)
  if (!isNew) return sameClick(ctx, row, wish.inputHash)
  await ended(ctx.runtime, row.id, answerWithinMs)
  return getJob(ctx, { id: row.id })
}
