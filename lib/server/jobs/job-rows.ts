import 'server-only'
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type ItemCounts, itemStates, type JobState, type PauseReason } from '../../contracts/jobs'
import { toRevoke } from '../session/session-rows'
import { actorOf, addActivity } from '../store/activity-rows'
import { job, jobCall, jobItem, token } from '../store/schema'
import type { Database, Store } from '../store/store'
import type { RunRow } from './run-control'

export type JobRecord = typeof job.$inferSelect

/** Another worker took the job: this one must stop, its writes are refused. */
export class LostLease extends Error {}

/**
 * Stores a job with all its pairs waiting. `pairs` are indexes into the job's images and projects. Answers false, and
 * stores nothing, when the same click has stored one already.
 */
export async function insertJob(
  db: Database,
  row: JobRecord,
  pairs: readonly [number, number][],
): Promise<boolean> {
  const inserted = await db
    .insert(job)
    .values(row)
    .onConflictDoNothing({ target: [job.cloud, job.userId, job.idempotencyKey] })
    .returning({ id: job.id })
  if (inserted.length === 0) return false
  const items = JSON.stringify(pairs.map(([image, project], seq) => ({ seq, image, project })))
  await db.execute(sql`
    insert into job_item (job_id, seq, image, project, state)
    select ${row.id}::uuid, seq, image, project, 'waiting'
    from jsonb_to_recordset(${items}::jsonb) as given (seq int, image smallint, project smallint)`)
  return true
}

export async function findJob(db: Database, id: string): Promise<JobRecord | null> {
  const [row] = await db.select().from(job).where(eq(job.id, id))
  return row ?? null
}

/** A job by the key of the click that started it. */
export async function findJobByKey(
  db: Database,
  owner: { cloud: string; userId: string },
  key: string,
): Promise<JobRecord | null> {
  const [row] = await db
    .select()
    .from(job)
    .where(and(eq(job.cloud, owner.cloud), eq(job.userId, owner.userId), eq(job.idempotencyKey, key)))
  return row ?? null
}

/** The newest jobs of some projects of a cloud. */
export async function listJobs(
  db: Database,
  cloud: string,
  projectIds: readonly string[],
  limit: number,
): Promise<JobRecord[]> {
  if (projectIds.length === 0) return []
  return db
    .select()
    .from(job)
    .where(and(eq(job.cloud, cloud), inArray(job.projectId, [...projectIds])))
    .orderBy(desc(job.createdAt))
    .limit(limit)
}

/** How many pairs of each job are in which state. Counted from the pairs, never kept beside them. */
export async function countItems(db: Database, jobIds: readonly string[]): Promise<Map<string, ItemCounts>> {
  const found = new Map(jobIds.map((id) => [id, noItems()]))
  if (jobIds.length === 0) return found
  const rows = await db
    .select({ jobId: jobItem.jobId, state: jobItem.state, count: sql<number>`count(*)::int` })
    .from(jobItem)
    .where(inArray(jobItem.jobId, [...jobIds]))
    .groupBy(jobItem.jobId, jobItem.state)
  for (const row of rows) {
    const counts = found.get(row.jobId)
    if (counts) counts[row.state] = row.count
  }
  return found
}

export const noItems = () => Object.fromEntries(itemStates.map((state) => [state, 0])) as ItemCounts

/** Takes a job for one run. Null when there is nothing to run: finished, paused or gone. */
export async function claimJob(db: Database, id: string, now: number): Promise<JobRecord | null> {
  const [row] = await db
    .update(job)
    .set({
      attempt: sql`${job.attempt} + 1`,
      revision: sql`${job.revision} + 1`,
      state: 'running',
      // This run has not been asked for patience yet.
      waitUntil: null,
      startedAt: sql`coalesce(${job.startedAt}, ${new Date(now).toISOString()}::timestamptz)`,
    })
    .where(and(eq(job.id, id), inArray(job.state, ['queued', 'running'])))
    .returning()
  return row ?? null
}

/** Whether somebody asked this run to send nothing more. @throws LostLease */
export async function isCancelled(db: Database, run: Pick<JobRecord, 'id' | 'attempt'>): Promise<boolean> {
  const [row] = await db
    .select({ cancelRequested: job.cancelRequested, state: job.state })
    .from(job)
    .where(and(eq(job.id, run.id), eq(job.attempt, run.attempt)))
  if (row?.state !== 'running') throw new LostLease()
  return row.cancelRequested
}

const mine = (run: Pick<JobRecord, 'id' | 'attempt'>) => and(eq(job.id, run.id), eq(job.attempt, run.attempt))

/** Notes until when the cloud asked for patience, for whoever watches the job. Answers the revision. @throws LostLease */
export async function noteWait(
  db: Database,
  run: Pick<JobRecord, 'id' | 'attempt'>,
  until: number,
): Promise<number> {
  const [row] = await db
    .update(job)
    .set({ waitUntil: new Date(until), revision: sql`${job.revision} + 1` })
    .where(mine(run))
    .returning({ revision: job.revision })
  if (!row) throw new LostLease()
  return row.revision
}

/** A job as the control of its run sees it. */
export const runRowOf = ({ db }: Store, run: JobRecord): RunRow => ({
  cancelRequested: run.cancelRequested,
  isCancelled: () => isCancelled(db, run),
  noteWait: (until) => noteWait(db, run, until),
})

/** Puts a run to rest until a person acts. A dead token is thrown away. Answers the revision. @throws LostLease */
export async function pauseRun(store: Store, run: JobRecord, reason: PauseReason): Promise<number> {
  return store.db.transaction(async (tx) => {
    const [row] = await tx
      .update(job)
      .set({ state: 'paused', pauseReason: reason, revision: sql`${job.revision} + 1` })
      .where(mine(run))
      .returning({ revision: job.revision })
    if (!row) throw new LostLease()
    if (reason === 'sign_in') await tx.delete(token).where(eq(token.jobId, run.id))
    return row.revision
  })
}

/**
 * Ends a job for good: state, activity row and the order to revoke its token, all or nothing. A pair whose outcome nobody
 * saw counts as failed with that reason. Answers the revision.
 * @throws LostLease
 */
export async function finishRun(
  store: Store,
  run: JobRecord,
  cancelled: boolean,
  now: number,
): Promise<number> {
  return store.db.transaction(async (tx) => {
    const [held] = await tx.select({ id: job.id }).from(job).where(mine(run)).for('update')
    if (!held) throw new LostLease()
    await tx
      .update(jobItem)
      .set({ state: 'failed', code: 'outcome_unknown', finishedAt: new Date(now) })
      .where(and(eq(jobItem.jobId, run.id), inArray(jobItem.state, ['running', 'unknown'])))
    // Left by a run that rested and was cancelled: nobody will look at these any more.
    await tx
      .update(jobCall)
      .set({ state: 'unreadable', finishedAt: new Date(now) })
      .where(and(eq(jobCall.jobId, run.id), isNull(jobCall.finishedAt)))
    const counts = (await countItems(tx, [run.id])).get(run.id) ?? noItems()
    const state = finalState(counts, cancelled)
    const [row] = await tx
      .update(job)
      .set({ state, pauseReason: null, finishedAt: new Date(now), revision: sql`${job.revision} + 1` })
      .where(mine(run))
      .returning({ revision: job.revision })
    if (!row) throw new LostLease()
    await tx.update(token).set(toRevoke(now)).where(eq(token.jobId, run.id))
    await addActivity(tx, {
      at: new Date(now),
      act: run.id,
      phase: 'outcome',
      verb: `share.${run.kind}`,
      ...actorOf(run),
      targets: { counts },
      outcome: state,
      jobId: run.id,
    })
    return row.revision
  })
}

/** The state a job ends in, from its pairs. */
export function finalState(counts: ItemCounts, cancelled: boolean): JobState {
  if (cancelled && counts.skipped > 0) return 'cancelled'
  if (counts.failed === 0) return 'succeeded'
  return counts.done + counts.already > 0 ? 'partly_failed' : 'failed'
}
