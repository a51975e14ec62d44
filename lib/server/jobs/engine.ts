import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss'
import type { Bus } from '../bus'
import type { Clock } from '../clock'
import { nativeSharing } from '../cloud/native-sharing'
import type { Env } from '../env'
import { causeOf, log } from '../log'
import type { CloudClients } from '../runtime'
import { familyOf } from '../session/capabilities'
import type { Secrets } from '../session/secrets'
import { openToken } from '../session/token-rows'
import { token } from '../store/schema'
import type { Database, Store } from '../store/store'
import { createAnnouncer } from './announcer'
import { readFaultPoints } from './fault-points'
import { claimJob, type JobRecord, LostLease, pauseRun } from './job-rows'
import { runBatchJob } from './run-batch-job'
import { runJob, Stopping } from './run-job'

export interface Engine {
  /** Puts a job into the queue, in the transaction that stores it: there is never one without the other. */
  submit(db: Database, jobId: string): Promise<void>
  /** Lets pairs in flight end, gives the rest back, and closes the queue. */
  stop(): Promise<void>
}

interface EngineParts {
  env: Env
  clock: Clock
  secrets: Secrets
  store: Store
  clouds: CloudClients
  bus: Bus
}

const queue = 'bulk-act'
const jobsAtOnce = 4
const stopMs = 30_000

/** Starts the worker of this process on the same database as everything else. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { store, env, clouds } = parts
  const stopping = new AbortController()
  const faults = readFaultPoints(
    env,
    [...clouds.values()].map((cloud) => cloud.config.authUrl),
  )
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
  // Death is found by the heartbeat alone: a job may run for hours and may be taken up again any number of times.
  await boss.createQueue(queue, {
    expireInSeconds: 86_399,
    heartbeatSeconds: 10,
    retryLimit: 100_000,
    retryDelay: 1,
    deleteAfterSeconds: 3_600,
    notify: true,
  })
  if (store.embedded) await takeBackOrphans(boss)

  const runOnce = async (jobId: string, signal: AbortSignal) => {
    const job = await claimJob(store.db, jobId, parts.clock.now())
    if (!job) return
    const announcer = createAnnouncer(parts.bus, parts.clock, job)
    // Other tabs learn that a job runs when it starts, not when its first pair has ended.
    announcer.changed(job.revision, false)
    try {
      const access = await openAccess(parts, job)
      if (!access) {
        announcer.changed(await pauseRun(store, job, 'sign_in'), false)
        return
      }
      await (access.family.sharing === 'batch' ? runBatchJob : runJob)(
        { ...parts, sharing: nativeSharing, faults, changed: announcer.changed },
        job,
        access,
        signal,
      )
    } finally {
      await announcer.settle()
    }
  }

  const runs = new Map<string, { replace: AbortController; over: Promise<unknown> }>()

  /**
   * A stall can lose the queue's heartbeat while the run goes on: the job then comes again, perhaps to this very process.
   * Two runs side by side would look up and send the same pairs, so the older one ends before the newer one claims.
   */
  const run = async (jobId: string, signal: AbortSignal) => {
    const older = runs.get(jobId)
    const replace = new AbortController()
    const running = (async () => {
      older?.replace.abort()
      await older?.over
      await runOnce(jobId, AbortSignal.any([signal, stopping.signal, replace.signal]))
    })()
    const mine = { replace, over: running.catch(() => {}) }
    runs.set(jobId, mine)
    await running.finally(() => {
      if (runs.get(jobId) === mine) runs.delete(jobId)
    })
  }

  await boss.work<{ jobId: string }>(
    queue,
    {
      batchSize: 1,
      localConcurrency: jobsAtOnce,
      pollingIntervalSeconds: 0.5,
      // A job that comes back after a crash becomes due without a notification; the queue's own interval is 30 s.
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
          log.error('a job run broke off', { job: entry.data.jobId, cause: causeOf(error) })
        }
        // The queue hands it to the next run.
        throw error instanceof Stopping ? error : new Error('the run broke off')
      }
    },
  )

  return {
    async submit(db, jobId) {
      await boss.send(queue, { jobId }, { db: fromDrizzle(db, sql) })
    },
    async stop() {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: stopMs })
    },
  }
}

/** The embedded database has one process: whatever an earlier one held is free at once, without waiting for a heartbeat. */
async function takeBackOrphans(boss: PgBoss): Promise<void> {
  const active = (await boss.findJobs(queue)).filter((entry) => entry.state === 'active')
  if (active.length > 0) {
    await boss.fail(
      queue,
      active.map((entry) => entry.id),
    )
  }
}

/** The job's own token, opened. Null when it has none any more. */
async function openAccess({ store, secrets, clouds, clock }: EngineParts, job: JobRecord) {
  const [row] = await store.db.select().from(token).where(eq(token.jobId, job.id))
  const cloud = clouds.get(job.cloud)
  if (!row?.imageEndpoint || !cloud || row.expiresAt.getTime() <= clock.now()) return null
  const access = {
    http: cloud.http,
    endpoint: row.imageEndpoint,
    token: openToken(secrets, row),
    projectId: job.projectId,
  }
  const { config } = cloud
  const family = await familyOf({ store, clock }, { config, region: job.region, access })
  return { ...access, family }
}
