import 'server-only'
import type { Bus } from '../bus'
import { nativeSharing } from '../cloud/native-sharing'
import { createAnnouncer } from './announcer'
import type { Work } from './engine'
import type { FaultPoints } from './fault-points'
import { claimJob, type JobRecord, pauseRun } from './job-rows'
import { type AccessParts, openAccesses } from './run-access'
import { runBatchJob } from './run-batch-job'
import { runJob } from './run-job'

interface BulkActParts extends AccessParts {
  bus: Bus
  faults: FaultPoints
}

/** Shares, stops and answers in bulk. */
export const bulkActs = (parts: BulkActParts): Work => ({
  queue: 'bulk-act',
  atOnce: 4,
  async run(id, signal) {
    const cancelled = new AbortController()
    const deaf = parts.bus.hear((change) => {
      if (change.jobId === id && change.cancelled) cancelled.abort()
    })
    try {
      const job = await claimJob(parts.store.db, id, parts.clock.now())
      if (job) await runClaimed(parts, job, signal, cancelled.signal)
    } finally {
      deaf()
    }
  },
})

async function runClaimed(
  parts: BulkActParts,
  job: JobRecord,
  signal: AbortSignal,
  cancelled: AbortSignal,
): Promise<void> {
  const { store, bus, clock } = parts
  const { changed, settle } = createAnnouncer(bus, clock, job)
  // Other tabs learn that a job runs when it starts, not when its first pair has ended.
  changed(job.revision, false)
  try {
    const [access] = await openAccesses(parts, job)
    if (!access) return changed(await pauseRun(store, job, 'sign_in'), false)
    const run = access.family.sharing === 'batch' ? runBatchJob : runJob
    await run({ ...parts, sharing: nativeSharing, changed, cancelled }, job, access, signal)
  } finally {
    await settle()
  }
}
