import 'server-only'
import { isFinished } from '../../contracts/jobs'
import { findJob } from '../jobs/job-rows'
import type { Runtime } from '../runtime'

/** Waits until a job has ended, for `withinMs` at most. Says nothing: the caller reads the job either way. */
export async function ended(
  { bus, clock, store }: Pick<Runtime, 'bus' | 'clock' | 'store'>,
  jobId: string,
  withinMs: number,
): Promise<void> {
  const over = new AbortController()
  const deaf = bus.hear((change) => {
    if (change.jobId === jobId && change.finished) over.abort()
  })
  try {
    // It may have ended before we began to listen.
    const row = await findJob(store.db, jobId)
    if (row && !isFinished(row)) await clock.sleep(withinMs, over.signal)
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    deaf()
  }
}
