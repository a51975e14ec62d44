import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ErrorCode } from '../../contracts/errors'
import type { PauseReason } from '../../contracts/jobs'
import { LostLease } from '../jobs/job-rows'
import type { RunRow } from '../jobs/run-control'
import { toRevoke } from '../session/session-rows'
import { actorOf, addActivity } from '../store/activity-rows'
import { auditSnapshot, token } from '../store/schema'
import type { Database, Store } from '../store/store'

export type AuditRecord = typeof auditSnapshot.$inferSelect
export type AuditRun = Pick<AuditRecord, 'id' | 'attempt'>

const mine = (run: AuditRun) => and(eq(auditSnapshot.id, run.id), eq(auditSnapshot.attempt, run.attempt))
const onward = sql`${auditSnapshot.revision} + 1`

/** Takes an audit for one run. Null when there is nothing to run: over, paused or gone. */
export async function claimAudit(db: Database, id: string, now: number): Promise<AuditRecord | null> {
  const [row] = await db
    .update(auditSnapshot)
    .set({
      attempt: sql`${auditSnapshot.attempt} + 1`,
      revision: onward,
      state: 'running',
      // This run has not been asked for patience yet.
      waitUntil: null,
      startedAt: sql`coalesce(${auditSnapshot.startedAt}, ${new Date(now).toISOString()}::timestamptz)`,
    })
    .where(and(eq(auditSnapshot.id, id), inArray(auditSnapshot.state, ['queued', 'running'])))
    .returning()
  return row ?? null
}

/** An audit as the control of its run sees it. */
export const runRowOf = ({ db }: Store, run: AuditRecord): RunRow => ({
  cancelRequested: run.cancelRequested,
  async isCancelled() {
    const [row] = await db
      .select({ cancelRequested: auditSnapshot.cancelRequested, state: auditSnapshot.state })
      .from(auditSnapshot)
      .where(mine(run))
    if (row?.state !== 'running') throw new LostLease()
    return row.cancelRequested
  },
  async noteWait(until) {
    const [row] = await db
      .update(auditSnapshot)
      .set({ waitUntil: new Date(until), revision: onward })
      .where(mine(run))
      .returning({ revision: auditSnapshot.revision })
    if (!row) throw new LostLease()
    return row.revision
  },
})

/** Notes why a project's images are missing from the audit. @throws LostLease */
export async function noteSource(
  db: Database,
  run: AuditRun,
  projectId: string,
  code: ErrorCode,
): Promise<void> {
  const result = await db.execute(sql`
    update audit_snapshot set revision = revision + 1, sources = (
      select jsonb_agg(
        case when source->>'id' = ${projectId} then source || jsonb_build_object('code', ${code}::text) else source end
        order by place)
      from jsonb_array_elements(sources) with ordinality as given (source, place))
    where id = ${run.id}::uuid and attempt = ${run.attempt} and state = 'running' returning 1`)
  if (result.rows.length === 0) throw new LostLease()
}

/** Notes that every image that will be read is known. @throws LostLease */
export async function noteListed(db: Database, run: AuditRun): Promise<void> {
  const rows = await db
    .update(auditSnapshot)
    .set({ isListed: true, revision: onward })
    .where(mine(run))
    .returning({ id: auditSnapshot.id })
  if (rows.length === 0) throw new LostLease()
}

/** Puts a run to rest until its person acts. Dead tokens are thrown away. @throws LostLease */
export async function pauseAudit(store: Store, run: AuditRun, reason: PauseReason): Promise<void> {
  await store.db.transaction(async (tx) => {
    const rows = await tx
      .update(auditSnapshot)
      .set({ state: 'paused', pauseReason: reason, revision: onward })
      .where(mine(run))
      .returning({ id: auditSnapshot.id })
    if (rows.length === 0) throw new LostLease()
    if (reason === 'sign_in') await tx.delete(token).where(eq(token.jobId, run.id))
  })
}

type End = { state: 'complete' | 'cancelled' } | { state: 'failed'; code: ErrorCode }

/** Ends an audit for good: state, activity row and the order to revoke its tokens, all or nothing. @throws LostLease */
export async function finishAudit(store: Store, run: AuditRun, end: End, now: number): Promise<void> {
  await store.db.transaction(async (tx) => {
    const code = end.state === 'failed' ? end.code : null
    const [row] = await tx
      .update(auditSnapshot)
      .set({
        state: end.state,
        code,
        pauseReason: null,
        waitUntil: null,
        finishedAt: new Date(now),
        revision: onward,
      })
      .where(mine(run))
      .returning()
    if (!row) throw new LostLease()
    await tx.update(token).set(toRevoke(now)).where(eq(token.jobId, run.id))
    await addActivity(tx, {
      at: new Date(now),
      act: row.id,
      phase: 'outcome',
      verb: 'audit.read',
      ...actorOf(row),
      targets: {
        reach: row.reach,
        images: row.imagesRead,
        refused: row.imagesRefused,
        members: row.members,
        isTruncated: row.isTruncated,
      },
      outcome: end.state === 'complete' ? 'succeeded' : end.state,
      code,
    })
  })
}
