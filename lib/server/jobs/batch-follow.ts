import 'server-only'
import { type BatchJob, readBatchJob } from '../cloud/batch-sharing'
import { CloudError } from '../cloud/cloud-error'
import { learnCapability } from '../store/capability-rows'
import type { BatchRun } from './batch-run'
import type { Call, CallEnd } from './call-rows'
import { asksToWait, outage } from './run-control'

/** How long one of the cloud's jobs may take before the members decide without it. */
const deadlineMs = 300_000
/** So many answers about one of the cloud's jobs that make no sense, and it is not asked for again. */
const senselessTries = 6

const pollAfterMs = (runsMs: number) => {
  if (runsMs < 10_000) return 500
  if (runsMs < 30_000) return 1_000
  return runsMs < 60_000 ? 2_000 : 5_000
}

/** Polls one of the cloud's jobs to its end, or to the deadline. @throws Interrupted */
export async function follow(run: BatchRun, call: Call, jobId: string, isFresh: boolean): Promise<CallEnd> {
  const { control, parts } = run
  const runsMs = () => parts.clock.now() - call.startedAt
  for (let polls = 0, senseless = 0; ; polls += 1) {
    if (polls > 0 && runsMs() >= deadlineMs) return { state: 'timed_out', code: null }
    if (isFresh || polls > 0) await control.pause(pollAfterMs(runsMs()), false)
    try {
      const job = await control.persist(() => readUseful(run, jobId, runsMs), false)
      if (job === 'overdue') return { state: 'timed_out', code: null }
      if (job instanceof CloudError) {
        senseless += 1
        if (senseless >= senselessTries) return { state: 'unreadable', code: job.code }
        continue
      }
      if (job.endpoint !== run.endpoint) {
        run.endpoint = job.endpoint
        await learnCapability(parts.store.db, run.job, 'job_endpoint', job.endpoint, parts.clock.now())
      }
      if (job.state !== 'running') return { state: job.state, code: job.code }
    } catch (error) {
      if (error instanceof CloudError) return { state: 'unreadable', code: error.code }
      throw error
    }
  }
}

/**
 * What the cloud tells of one of its jobs: the error instead where it makes no sense, and that the job is overdue where it
 * does not answer either. The members decide then; a person who went on with the job would meet the same answer again.
 */
async function readUseful(
  run: BatchRun,
  jobId: string,
  runsMs: () => number,
): Promise<BatchJob | CloudError | 'overdue'> {
  try {
    return await readBatchJob(run.access, jobId, run.endpoint)
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    if (error.code === 'upstream_contract') return error
    if (outage.has(error.code) && !asksToWait(error) && runsMs() >= deadlineMs) return 'overdue'
    throw error
  }
}
