import 'server-only'
import { sql } from 'drizzle-orm'
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss'
import { causeOf, log } from '../log'
import type { Database, Store } from '../store/store'
import { LostLease } from './job-rows'
import { Stopping } from './run-job'

export type QueueName = 'bulk-act' | 'audit'

/** What a queue's entries are and how one is run. */
export interface Work {
  queue: QueueName
  atOnce: number
  /** Takes the row of this id and runs what is left of it. @throws Stopping when `signal` aborts, LostLease */
  run(id: string, signal: AbortSignal): Promise<void>
}

export interface Engine {
  /** Puts a row into its queue, in the transaction that stores it: there is never one without the other. */
  submit(db: Database, queue: QueueName, id: string): Promise<void>
  /** Lets calls in flight end, gives the rest back, and closes the queues. */
  stop(): Promise<void>
}

const stopMs = 30_000

/** Starts the workers of this process on the same database as everything else. */
export async function createEngine(store: Store, works: readonly Work[]): Promise<Engine> {
  const stopping = new AbortController()
  const boss = new PgBoss({
    ...(store.embedded
      ? { db: fromPglite(store.embedded), backend: 'pglite' as const }
      : { connectionString: store.url ?? '', max: 4 }),
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  })
  boss.on('error', (error) => log.warn('the job queue has a problem', { cause: causeOf(error) }))
  await boss.start()
  for (const work of works) {
    // Death is found by the heartbeat alone: a run may take hours and may be taken up again any number of times.
    await boss.createQueue(work.queue, {
      expireInSeconds: 86_399,
      heartbeatSeconds: 10,
      retryLimit: 100_000,
      retryDelay: 1,
      deleteAfterSeconds: 3_600,
      notify: true,
    })
    if (store.embedded) await takeBackOrphans(boss, work.queue)
    await serve(boss, work, stopping.signal)
  }

  return {
    async submit(db, queue, id) {
      await boss.send(queue, { jobId: id }, { db: fromDrizzle(db, sql) })
    },
    async stop() {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: stopMs })
    },
  }
}

async function serve(boss: PgBoss, work: Work, stopping: AbortSignal): Promise<void> {
  const runs = new Map<string, { replace: AbortController; over: Promise<unknown> }>()

  /**
   * A stall can lose the queue's heartbeat while the run goes on: its entry then comes again, perhaps to this very process.
   * Two runs side by side would look up and send the same calls, so the older one ends before the newer one claims.
   */
  const run = async (id: string, signal: AbortSignal) => {
    const older = runs.get(id)
    const replace = new AbortController()
    const running = (async () => {
      older?.replace.abort()
      await older?.over
      await work.run(id, AbortSignal.any([signal, stopping, replace.signal]))
    })()
    const mine = { replace, over: running.catch(() => {}) }
    runs.set(id, mine)
    await running.finally(() => {
      if (runs.get(id) === mine) runs.delete(id)
    })
  }

  await boss.work<{ jobId: string }>(
    work.queue,
    {
      batchSize: 1,
      localConcurrency: work.atOnce,
      pollingIntervalSeconds: 0.5,
      // What comes back after a crash becomes due without a notification; the queue's own interval is 30 s.
      notifyPollingIntervalSeconds: 1,
      burstWhenBatchFull: true,
    },
    async ([entry]) => {
      if (!entry) return
      try {
        await run(entry.data.jobId, entry.signal)
      } catch (error) {
        if (error instanceof LostLease) return
        if (!(error instanceof Stopping)) {
          log.error('a run broke off', {
            operation: work.queue,
            job: entry.data.jobId,
            cause: causeOf(error),
          })
        }
        // The queue hands it to the next run.
        throw error instanceof Stopping ? error : new Error('the run broke off')
      }
    },
  )
}

/** The embedded database has one process: whatever an earlier one held is free at once, without waiting for a heartbeat. */
async function takeBackOrphans(boss: PgBoss, queue: QueueName): Promise<void> {
  const active = (await boss.findJobs(queue)).filter((entry) => entry.state === 'active')
  if (active.length > 0) {
    await boss.fail(
      queue,
      active.map((entry) => entry.id),
    )
  }
}
