import 'server-only'
import type { Bus } from '../bus'
import type { Clock } from '../clock'
import { causeOf, log } from '../log'
import type { JobRecord } from './job-rows'

const everyMs = 100

/** Tells of a job's changes at most ten times a second, and always of the last one. */
export function createAnnouncer(bus: Bus, clock: Clock, job: Pick<JobRecord, 'id' | 'cloud' | 'projectId'>) {
  let latest: { revision: number; finished: boolean } | null = null
  let sending: Promise<void> | null = null

  const send = async () => {
    while (latest) {
      const change = latest
      latest = null
      await bus
        .tell({ jobId: job.id, cloud: job.cloud, projectId: job.projectId, ...change })
        .catch((error: unknown) =>
          log.warn('a change could not be told', { job: job.id, cause: causeOf(error) }),
        )
      if (!change.finished) await clock.sleep(everyMs)
    }
    sending = null
  }

  return {
    changed(revision: number, finished: boolean) {
      latest = { revision, finished: finished || (latest?.finished ?? false) }
      sending ??= send()
    },
    /** Resolves when the last change has been told. */
    settle: async () => {
      await sending
    },
  }
}
