import 'server-only'
import { z } from 'zod'
import type { CapabilityValues } from '../../contracts/clouds'
import { CloudError } from './cloud-error'
import type { CloudResponse } from './cloud-http'
import type { ImageAccess } from './glance'

/** A cloud that is slow to say what it is is asked again later; nobody waits longer than this in front of a page. */
const probeMs = 5_000

export type Probed = Pick<CapabilityValues, 'sharing' | 'image_list' | 'visibility_model'>
export type ProbeAccess = Pick<ImageAccess, 'http' | 'endpoint' | 'token'>

/**
 * Finds out how an image service is spoken to, by two reads at most: whether it has the image list of IMS, and if not,
 * which version of Glance it is. Answers what was clear; an outage or a refusal leaves its question open.
 * @throws CloudError `unauthenticated` when the token is dead
 */
export async function probe(access: ProbeAccess): Promise<Partial<Probed>> {
  const isIms = await hasCloudImages(access)
  // The version that IMS names is far behind what it does (OTC's root document), so it is not asked for.
  if (isIms === true) return { sharing: 'batch', image_list: 'cloudimages', visibility_model: 'any' }
  if (isIms === null) return {}
  const model = await glanceModel(access)
  return { sharing: 'native', image_list: 'glance', ...(model === null ? {} : { visibility_model: model }) }
}

const ImageRows = z.object({ images: z.array(z.unknown()) })

/** A list of images is a yes, "no such address" a no (404, or the gateway's APIGW.0101). Null: it did not say. */
async function hasCloudImages(access: ProbeAccess): Promise<boolean | null> {
  try {
    const answer = await ask(access, '/v2/cloudimages?limit=1')
    return ImageRows.safeParse(answer.json).success || null
  } catch (error) {
    if (!(error instanceof CloudError) || error.code === 'unauthenticated') throw error
    return error.status === 404 || error.vendorCode === 'APIGW.0101' ? false : null
  }
}

const Versions = z.object({ versions: z.array(z.looseObject({ id: z.string(), status: z.string() })) })

/** Members moved from private images to shared ones with Glance API 2.5 (Ocata). Null: it did not say. */
async function glanceModel(access: ProbeAccess): Promise<'shared' | 'private' | null> {
  try {
    const { versions } = Versions.parse((await ask(access, '/versions')).json)
    const current = versions.find(({ status }) => status.toUpperCase() === 'CURRENT')
    const [, major, minor] = /^v(\d+)\.(\d+)$/.exec(current?.id ?? '') ?? []
    if (major === undefined || minor === undefined) return null
    return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 5) ? 'shared' : 'private'
  } catch (error) {
    if (error instanceof z.ZodError || (error instanceof CloudError && error.code !== 'unauthenticated'))
      return null
    throw error
  }
}

/** The list of versions comes as 300 from older services: an answer like any other, and never a redirect to follow. */
const ask = ({ http, endpoint, token }: ProbeAccess, path: string): Promise<CloudResponse> =>
  http.send({
    method: 'GET',
    url: `${endpoint}${path}`,
    token,
    retry: 'once',
    timeoutMs: probeMs,
    accepts: ({ status }) => status === 300,
  })
