import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { ProjectRef } from '../../contracts/scope'
import { auditSnapshot, job, session, token } from '../store/schema'
import type { Database, Store } from '../store/store'

export type SessionRecord = typeof session.$inferSelect

export const sessionLimits = {
  idleMs: 30 * 60_000,
  absoluteMs: 8 * 60 * 60_000,
  /** A session ends this long before its token, so that no call starts with a token about to die. */
  tokenMarginMs: 60_000,
  /** How exact "last seen" is kept; every request would be a write otherwise. */
  touchEveryMs: 30_000,
  revokeForMs: 10 * 60_000,
} as const

/** What the database knows a session by; the id itself is only in the cookie. */
export const hashOf = (sid: string) => createHash('sha256').update(sid).digest('hex')

export function isAlive(record: SessionRecord, now: number): boolean {
  return record.endsAt.getTime() > now && record.lastSeenAt.getTime() + sessionLimits.idleMs > now
}

/** Finds a live session. An unknown or ended id answers null and writes nothing. */
export async function findSession(store: Store, sid: string, now: number): Promise<SessionRecord | null> {
  const record = await findSessionByHash(store, hashOf(sid))
  return record && isAlive(record, now) ? record : null
}

/** The row, alive or not. */
export async function findSessionByHash(store: Store, idHash: string): Promise<SessionRecord | null> {
  const [record] = await store.db.select().from(session).where(eq(session.idHash, idHash))
  return record ?? null
}

/** Keeps a session from ending before the transaction does. False when it has ended already. */
export async function holdSession(tx: Database, idHash: string): Promise<boolean> {
  const rows = await tx
    .select({ idHash: session.idHash })
    .from(session)
    .where(eq(session.idHash, idHash))
    .for('share')
  return rows.length > 0
}

/** Notes that a person did something. Polling, prefetches and event streams don't come here. */
export async function touchSession(store: Store, record: SessionRecord, now: number): Promise<void> {
  if (now - record.lastSeenAt.getTime() < sessionLimits.touchEveryMs) return
  await store.db
    .update(session)
    .set({ lastSeenAt: new Date(now) })
    .where(eq(session.idHash, record.idHash))
}

/** Keeps what Keystone said of the projects, and when. */
export async function setProjects(
  store: Store,
  idHash: string,
  projects: ProjectRef[],
  now: number,
): Promise<void> {
  await store.db
    .update(session)
    .set({ projects, projectsReadAt: new Date(now) })
    .where(eq(session.idHash, idHash))
}

/** Keeps that this session's token is good for its own project alone. */
export async function setCannotRescope(store: Store, record: SessionRecord): Promise<void> {
  record.canRescope = false
  await store.db.update(session).set({ canRescope: false }).where(eq(session.idHash, record.idHash))
}

/**
 * Ends a session: first the row goes, then its tokens wait to be revoked. Once this returns, the cookie is worth nothing,
 * whether or not Keystone can be reached.
 */
export async function endSession(db: Database, idHash: string, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(session).where(eq(session.idHash, idHash))
    // A job that goes on with a copy of a token would lose it with the original, so that one ends by its own time.
    await tx
      .delete(token)
      .where(and(eq(token.sessionIdHash, idHash), inArray(token.projectId, copiedBy(tx, idHash))))
    await tx.update(token).set(toRevoke(now)).where(eq(token.sessionIdHash, idHash))
  })
}

/** The projects whose token a job or an audit of this session works with a copy of. */
const copiedBy = (tx: Database, idHash: string) =>
  tx
    .select({ projectId: token.projectId })
    .from(token)
    .leftJoin(job, eq(job.id, token.jobId))
    .leftJoin(auditSnapshot, eq(auditSnapshot.id, token.jobId))
    .where(
      and(
        or(eq(job.sessionIdHash, idHash), eq(auditSnapshot.sessionIdHash, idHash)),
        eq(token.revokeUntil, neverRevoked),
        isNull(token.revokeDueAt),
      ),
    )

/** Stands in `revokeUntil` of a token that is not ours to end: its time to be revoked was over before it came. */
export const neverRevoked = new Date(0)

/** Turns a token row into an order to revoke it, or to drop it where it is not ours to end. */
export const toRevoke = (now: number) => ({
  sessionIdHash: null,
  jobId: null,
  revokeDueAt: new Date(now),
  revokeUntil: sql<Date>`coalesce(${token.revokeUntil}, ${new Date(now + sessionLimits.revokeForMs).toISOString()}::timestamptz)`,
})

/** Ends every session whose time is up. Answers how many. */
export async function endExpiredSessions(store: Store, now: number): Promise<number> {
  const over = await store.db
    .select({ idHash: session.idHash })
    .from(session)
    .where(
      or(lt(session.endsAt, new Date(now)), lt(session.lastSeenAt, new Date(now - sessionLimits.idleMs))),
    )
  for (const { idHash } of over) await endSession(store.db, idHash, now)
  return over.length
}
