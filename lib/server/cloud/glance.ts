import 'server-only'
import { z } from 'zod'
import { isPathPart } from '../../util/path-part'
import { CloudError } from './cloud-error'
import type { CloudHttp, CloudRequest, CloudResponse } from './cloud-http'
import type { CloudFamily } from './family'

/** How to reach the image service of one region with one project's token. */
export interface ImageAccess {
  http: CloudHttp
  /** Root of the service, without version. */
  endpoint: string
  token: string
  projectId: string
  family: CloudFamily
  signal?: AbortSignal
}

/** An image as Glance v2 answers it. Custom properties stand beside the known fields, so unknown keys are kept. */
export const GlanceImage = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string(),
  visibility: z.string(),
  owner: z.string().nullish(),
  size: z.number().nullish(),
  virtual_size: z.number().nullish(),
  disk_format: z.string().nullish(),
  container_format: z.string().nullish(),
  min_disk: z.number().nullish(),
  min_ram: z.number().nullish(),
  protected: z.boolean().nullish(),
  os_hidden: z.boolean().nullish(),
  checksum: z.string().nullish(),
  os_hash_algo: z.string().nullish(),
  os_hash_value: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type GlanceImage = z.infer<typeof GlanceImage>

export const GlanceImageList = z.object({ images: z.array(GlanceImage), next: z.string().optional() })

const Moment = z
  .string()
  .nullish()
  .transform((text) => text ?? '')

/** A member as Glance answers it. IMS may leave out the times, and lists whole domains and organisations as well. */
const memberStatuses = z.enum(['pending', 'accepted', 'rejected'])

export const GlanceMember = z
  .object({
    image_id: z.string(),
    member_id: z.string(),
    status: z.string(),
    created_at: Moment,
    updated_at: Moment,
    /** `project`, `domain` or `organization` (Huawei API reference, "Querying image members"); Glance knows projects alone. */
    member_type: z.string().nullish(),
  })
  .transform(({ status, ...member }) => {
    const known = memberStatuses.safeParse(status.toLowerCase()).data
    // A word of the cloud's own is no answer that we know of; it is shown as it stands.
    return { ...member, status: known ?? ('pending' as const), said: known ? null : status }
  })
export type GlanceMember = z.infer<typeof GlanceMember>

export const GlanceMemberList = z.object({
  members: z.array(GlanceMember),
  page_info: z.object({ next_marker: z.string().nullish() }).nullish(),
})

/** Sends one call below `/v2`. */
export function callGlance(
  access: ImageAccess,
  path: string,
  call: Omit<CloudRequest, 'url' | 'token' | 'signal'>,
): Promise<CloudResponse> {
  return access.http.send({
    ...call,
    url: `${access.endpoint}/v2${path}`,
    token: access.token,
    signal: access.signal,
  })
}

/** Reads an answer by its schema. A shape we don't know is an error of its own. */
export function readAs<T>(schema: z.ZodType<T>, response: CloudResponse): T {
  const parsed = schema.safeParse(response.json)
  if (!parsed.success) throw new CloudError('upstream_contract', response)
  return parsed.data
}

/** Encodes an id for a path. @throws CloudError `invalid_input` for one that can't be a part of it */
export function pathPart(id: string): string {
  if (!isPathPart(id)) throw new CloudError('invalid_input')
  return encodeURIComponent(id)
}
