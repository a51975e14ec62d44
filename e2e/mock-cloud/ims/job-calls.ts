import type { At } from '../glance/caller.ts'
import type { Reply } from '../http/call.ts'
import { imsOk, imsRefuse, noSuchApi } from './answers.ts'
import type { Job } from './job-list.ts'

/** `GET /v1/{project_id}/jobs/{job_id}`: what became of each image. */
export function showJob(at: At, projectId: string, jobId: string): Reply {
  const { cloud, call, caller } = at
  if (!cloud.settings.jobEndpoints.includes('project')) return noSuchApi(call)
  if (projectId !== caller.projectId) return imsRefuse(call, 'IMG.0030')
  return answerJob(at, jobId, (job) => (job.endedAt === null ? {} : { results: resultsOf(job) }))
}

/** `GET /v1/cloudimages/job/{job_id}`: how far a job is; nothing about single images. */
export function showProgress(at: At, jobId: string): Reply {
  if (!at.cloud.settings.jobEndpoints.includes('progress')) return noSuchApi(at.call)
  return answerJob(at, jobId, (job) => ({
    process_percent: job.endedAt === null ? 0.5 : 1,
    current_task: '',
    subJobId: '',
  }))
}

function answerJob({ cloud, call, caller }: At, jobId: string, entitiesOf: (job: Job) => object): Reply {
  const job = cloud.jobs.poll(cloud, jobId, caller.projectId)
  if (!job) return imsRefuse(call, 'IMG.0023')
  const { unreadable } = job.plan
  if (unreadable) return imsRefuse(call, unreadable === 403 ? 'IMG.0026' : 'IMG.0023', unreadable)
  const ended = job.endedAt !== null
  return imsOk(call, {
    status: job.state,
    entities: entitiesOf(job),
    job_id: job.id,
    job_type: job.type,
    begin_time: new Date(job.startedAt).toISOString(),
    end_time: job.endedAt === null ? '' : new Date(job.endedAt).toISOString(),
    error_code: ended ? job.errorCode : null,
    fail_reason: ended ? job.failReason : null,
    ...(ended ? job.plan.fields : {}),
  })
}

/** One row per image, as in the published answers; a failed pair has a row of its own. Removing has none. */
function resultsOf(job: Job): object[] {
  if (job.type === 'imsDelImageMembersJob') return []
  const done = job.images.filter((id) => job.work.some(({ pair }) => pair[0] === id && !isFailed(job, pair)))
  return [
    ...done.map((image_id) => ({ image_id, status: 'success' })),
    ...(job.state === 'FAIL'
      ? job.failed.map(([image_id, project_id]) => ({ image_id, project_id, status: 'fail' }))
      : []),
  ]
}

function isFailed(job: Job, [image, project]: [string, string]): boolean {
  return job.failed.some((pair) => pair[0] === image && pair[1] === project)
}
