import 'server-only'
import type { Bus } from '../bus'
import { nativeSharing } from '../cloud/native-sharing'
import { createAnnouncer } from './announcer'
import type { Work } from './engine'
import type { FaultPoints } from './fault-points'
import { claimJob, pauseRun } from './job-rows'
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
    const { store } = parts
    const job = await claimJob(store.db, id, parts.clock.now())
    if (!job) return
    const announcer = createAnnouncer(parts.bus, parts.clock, job)
    // Other tabs learn that a job runs when it starts, not when its first pair has ended.
    announcer.changed(job.revision, false)
    try {
      const [access] = await openAccesses(parts, job)
      if (!access) {
        announcer.changed(await pauseRun(store, job, 'sign_in'), false)
        return
      }
      await (access.family.sharing === 'batch' ? runBatchJob : runJob)(
        { ...parts, sharing: nativeSharing, changed: announcer.changed },
        job,
        access,
        signal,
      )
    } finally {
      await announcer.settle()
    }
  },
})
