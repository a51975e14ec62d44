import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime'
import { type SessionRecord, toRevoke } from '../session/session-rows'
import { auditSnapshot, job, token } from '../store/schema'
import type { Store } from '../store/store'

const underWay = ['queued', 'running'] as const

/** How many audits of a session are being read, or wait for their turn. */
export function countRunningAudits({ db }: Pick<Store, 'db'>, idHash: string): Promise<number> {
  return db.$count(
    auditSnapshot,
    and(eq(auditSnapshot.sessionIdHash, idHash), inArray(auditSnapshot.state, underWay)),
  )
}

/**
 * What becomes of a session's running jobs and audits at sign-out: `finish` leaves them their own tokens, `pause` takes those
 * away. The worker of a paused one is fenced off at once; what it had in flight is looked up when it is resumed.
 */
export async function letGoOfJobs(
  { store, clock, bus }: Pick<Runtime, 'store' | 'clock' | 'bus'>,
  session: SessionRecord,
  how: 'pause' | 'finish',
): Promise<void> {
  if (how === 'finish') return
  const paused = await store.db.transaction(async (tx) => {
    const jobs = await tx
      .update(job)
      .set({
        state: 'paused',
        pauseReason: 'sign_in',
        attempt: sql`${job.attempt} + 1`,
        revision: sql`${job.revision} + 1`,
      })
      .where(and(eq(job.sessionIdHash, session.idHash), inArray(job.state, underWay)))
      .returning()
    const audits = await tx
      .update(auditSnapshot)
      .set({
        state: 'paused',
        pauseReason: 'sign_in',
        attempt: sql`${auditSnapshot.attempt} + 1`,
        revision: sql`${auditSnapshot.revision} + 1`,
      })
      .where(and(eq(auditSnapshot.sessionIdHash, session.idHash), inArray(auditSnapshot.state, underWay)))
      .returning({ id: auditSnapshot.id })
    const ids = [...jobs, ...audits].map(({ id }) => id)
    if (ids.length > 0) await tx.update(token).set(toRevoke(clock.now())).where(inArray(token.jobId, ids))
    return jobs
  })
  for (const row of paused) {
    await bus.tell({
      jobId: row.id,
      cloud: row.cloud,
      projectId: row.projectId,
      revision: row.revision,
      finished: false,
    })
  }
}
