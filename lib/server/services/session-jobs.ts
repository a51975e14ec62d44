import 'server-only'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Runtime } from '../runtime'
import { type SessionRecord, toRevoke } from '../session/session-rows'
import { job, token } from '../store/schema'

/**
 * What becomes of a session's running jobs at sign-out: `finish` leaves them their own token, `pause` takes it away. A
 * paused job's worker is fenced off at once; what it had in flight is looked up when the job is resumed.
 */
export async function letGoOfJobs(
  { store, clock, bus }: Pick<Runtime, 'store' | 'clock' | 'bus'>,
  session: SessionRecord,
  how: 'pause' | 'finish',
): Promise<void> {
  if (how === 'finish') return
  const paused = await store.db.transaction(async (tx) => {
    const rows = await tx
      .update(job)
      .set({
        state: 'paused',
        pauseReason: 'sign_in',
        attempt: sql`${job.attempt} + 1`,
        revision: sql`${job.revision} + 1`,
      })
      .where(and(eq(job.sessionIdHash, session.idHash), inArray(job.state, ['queued', 'running'])))
      .returning()
    const ids = rows.map((row) => row.id)
    if (ids.length > 0) await tx.update(token).set(toRevoke(clock.now())).where(inArray(token.jobId, ids))
    return rows
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
