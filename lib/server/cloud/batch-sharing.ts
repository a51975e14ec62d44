import 'server-only'
import { z } from 'zod'
import type { CapabilityValues } from '../../contracts/clouds'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from './cloud-error'
import type { CloudRequest, CloudResponse } from './cloud-http'
import { type ImageAccess, pathPart } from './glance'
import { codeOfVendor } from './vendor-codes'

/** What one batch call asks for: always the whole cross product of its lists. */
export type BatchWrite =
  | { operation: 'add' | 'remove'; images: string[]; projects: string[] }
  | {
      operation: 'answer'
      images: string[]
      status: 'accepted' | 'rejected'
      /** The recipient's backup vault, for full-server images alone. */
      vaultId: string | null
    }

export type JobEndpoint = CapabilityValues['job_endpoint']

/** A job of the cloud's, in our words. The members alone tell which pairs it changed. */
export interface BatchJob {
  state: 'running' | 'succeeded' | 'failed'
  /** Why it failed, where the cloud says so. */
  code: ErrorCode | null
  type: string | null
  /** As the cloud writes them, in more forms than one: for showing only. */
  beginTime: string | null
  endTime: string | null
  results: { imageId: string; projectId: string | null; succeeded: boolean }[]
  /** The address that knew the job. */
  endpoint: JobEndpoint
}

const Started = z.object({ job_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

const text = z.string().nullish().catch(null)

const Result = z.object({ image_id: z.string(), project_id: text, status: z.string() })

/** Fields come as null, as an empty text, in another shape or not at all; only the status has to be there. */
const Job = z.object({
  status: z.string(),
  job_type: text,
  begin_time: text,
  end_time: text,
  error_code: text,
  entities: z
    .object({
      results: z.array(Result.nullable().catch(null)).nullish().catch(null),
      sub_jobs_result: z
        .array(z.object({ error_code: text }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})

function callIms(
  access: ImageAccess,
  path: string,
  call: Omit<CloudRequest, 'url' | 'token' | 'signal'>,
): Promise<CloudResponse> {
  return access.http.send({
    ...call,
    url: `${access.endpoint}/v1/${path}`,
    token: access.token,
    signal: access.signal,
  })
}

const methods = { add: 'POST', remove: 'DELETE', answer: 'PUT' } as const

/**
 * Starts a batch job over members (OTC API reference, image sharing). Answers the cloud's id of it: it says that the job was
 * taken on, and nothing of how it ends. Removing sends a body with DELETE.
 * @throws CloudError `outcome_unknown` when the job may have been started all the same, `not_supported` where there is no
 * such address, `body_lost` where something on the way dropped the body
 */
export async function startBatch(
  access: ImageAccess,
  write: BatchWrite,
): Promise<{ jobId: string; upstreamRequestId: string | null }> {
  const { images } = write
  const response = await callIms(access, 'cloudimages/members', {
    method: methods[write.operation],
    retry: 'write',
    permission: 'ims:images:share',
    codes: { 404: 'not_supported', 405: 'not_supported' },
    body:
      write.operation === 'answer'
        ? {
            images,
            project_id: access.projectId,
            status: write.status,
            ...(write.vaultId === null ? {} : { vault_id: write.vaultId }),
          }
        : { images, projects: write.projects },
  })
  const started = Started.safeParse(response.json)
  if (!started.success) throw new CloudError('outcome_unknown', response)
  return { jobId: started.data.job_id, upstreamRequestId: response.upstreamRequestId }
}

const pathOf: Record<JobEndpoint, (access: ImageAccess, jobId: string) => string> = {
  project: (access, jobId) => `${pathPart(access.projectId)}/jobs/${pathPart(jobId)}`,
  progress: (_access, jobId) => `cloudimages/job/${pathPart(jobId)}`,
}

/**
 * Reads a job at the address this cloud is known for, and at the other one where that knows nothing (Huawei Cloud API
 * reference: the first is kept for old callers; OTC and Flexible Engine document it alone).
 * @throws CloudError `job_lost` when neither tells of it any more
 */
export async function readBatchJob(
  access: ImageAccess,
  jobId: string,
  first: JobEndpoint = access.family.job_endpoint,
): Promise<BatchJob> {
  try {
    return await readAt(access, jobId, first)
  } catch (error) {
    if (!(error instanceof CloudError) || !isAbsent(error)) throw lost(error)
  }
  try {
    return await readAt(access, jobId, first === 'project' ? 'progress' : 'project')
  } catch (error) {
    throw lost(error)
  }
}

/** Whether there is no such address: the gateway says so with a code of its own, or with a plain 404. */
export const isAbsent = ({ status, vendorCode }: CloudError) =>
  status === 404 || status === 405 || vendorCode === 'APIGW.0101'

/** Whatever the cloud refuses here, it won't tell of the job. What may pass, and a dead token, stay what they are. */
function lost(error: unknown): unknown {
  const refused =
    error instanceof CloudError &&
    error.status !== null &&
    error.status >= 400 &&
    error.status < 500 &&
    !['unauthenticated', 'wrong_region', 'throttled', 'timeout'].includes(error.code)
  return refused ? new CloudError('job_lost', error) : error
}

async function readAt(access: ImageAccess, jobId: string, endpoint: JobEndpoint): Promise<BatchJob> {
  const response = await callIms(access, pathOf[endpoint](access, jobId), { method: 'GET', retry: 'read' })
  const parsed = Job.safeParse(response.json)
  if (!parsed.success) throw new CloudError('upstream_contract', response)
  const { status, job_type, begin_time, end_time, error_code, entities } = parsed.data
  const subJobs = entities?.sub_jobs_result ?? []
  const vendorCode = error_code || subJobs.find((one) => one.error_code)?.error_code || null
  const state = stateOf(status)
  return {
    state,
    code: state === 'failed' ? codeOfVendor(vendorCode) : null,
    type: job_type || null,
    beginTime: begin_time || null,
    endTime: end_time || null,
    results: (entities?.results ?? []).flatMap((result) =>
      result === null
        ? []
        : [
            {
              imageId: result.image_id,
              projectId: result.project_id || null,
              succeeded: stateOf(result.status) === 'succeeded',
            },
          ],
    ),
    endpoint,
  }
}

/** Documented examples differ in case. What we have never seen counts as running: the deadline is ours. */
function stateOf(status: string): BatchJob['state'] {
  const state = status.trim().toLowerCase()
  if (state === 'success') return 'succeeded'
  return state === 'fail' || state === 'failed' ? 'failed' : 'running'
}
