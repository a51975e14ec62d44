import 'server-only'
import type { z } from 'zod'
import type { UpstreamJobInput } from '../../contracts/inputs/jobs'
import type { UpstreamJobReport } from '../../contracts/jobs'
import { readBatchJob } from '../cloud/batch-sharing'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'

/** The clouds' documented form of a time. They have been seen to write others, which we don't guess at. */
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/

const asTime = (text: string | null) => (text !== null && isoTime.test(text) ? text : null)

/**
 * What the cloud tells of one of its jobs, started here or elsewhere, in the project whose token started it.
 * @throws Refusal `not_supported` where jobs are not known, `not_found`; CloudError `wrong_project`
 */
export async function getUpstreamJob(
  { access }: ProjectContext,
  { id }: z.output<typeof UpstreamJobInput>,
): Promise<UpstreamJobReport> {
  if (access.family.sharing !== 'batch') throw new Refusal('not_supported')
  try {
    const job = await readBatchJob(access, id)
    return {
      id,
      type: job.type,
      state: job.state,
      pairs: job.results.length,
      startedAt: asTime(job.beginTime),
      finishedAt: job.state === 'running' ? null : asTime(job.endTime),
      code: job.code,
      results: job.results,
    }
  } catch (error) {
    if (error instanceof CloudError && error.code === 'job_lost') {
      throw error.status === 403 ? new CloudError('wrong_project', error) : new Refusal('not_found')
    }
    throw error
  }
}
