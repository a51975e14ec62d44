import 'server-only'
import { CloudError } from './cloud-error'
import { callGlance, GlanceImage, GlanceImageList, type ImageAccess, pathPart, readAs } from './glance'
import { limits } from './limits'

export interface ImageQuery {
  owner?: string
  visibility?: 'shared'
  memberStatus?: 'pending' | 'accepted' | 'rejected' | 'all'
  hidden: boolean
  marker?: string
  ids?: readonly string[]
}

export interface UpstreamPage {
  images: GlanceImage[]
  /** Marker for the next page, or null. Only the marker is taken from the cloud's link, never the link. */
  next: string | null
  /** There is more, but the link to it leads nowhere new: it names no marker, or this very page again. */
  broken: boolean
}

/** Reads one page of the image list. */
export async function readImagePage(access: ImageAccess, query: ImageQuery): Promise<UpstreamPage> {
  const search = new URLSearchParams({ limit: String(limits.pageSize) })
  if (query.owner !== undefined) search.set('owner', query.owner)
  if (query.visibility !== undefined) search.set('visibility', query.visibility)
  if (query.memberStatus !== undefined) search.set('member_status', query.memberStatus)
  if (query.ids !== undefined) search.set('id', `in:${query.ids.join(',')}`)
  if (query.hidden) search.set('os_hidden', 'true')
  if (query.marker !== undefined) search.set('marker', query.marker)
  const response = await callGlance(access, `/images?${search}`, {
    method: 'GET',
    retry: 'read',
    timeoutMs: limits.listMs,
  })
  const { images, next } = readAs(GlanceImageList, response)
  const marker = next === undefined ? null : new URLSearchParams(next.split('?')[1] ?? '').get('marker')
  const broken = next !== undefined && (marker === null || marker === query.marker)
  return { images, next: broken ? null : marker, broken }
}

/**
 * Follows the pages of a list, at most `limits.pages`, until `enough` says so. Images that move between pages while
 * reading come once.
 */
export async function readAllImages(
  access: ImageAccess,
  query: Omit<ImageQuery, 'marker'>,
  enough: (count: number) => boolean = () => false,
): Promise<{ images: GlanceImage[]; truncated: boolean }> {
  const found = new Map<string, GlanceImage>()
  let marker: string | undefined
  for (let page = 0; page < limits.pages; page += 1) {
    const { images, next, broken } = await readImagePage(access, { ...query, marker })
    const before = found.size
    for (const image of images) found.set(image.id, image)
    if (next === null) return { images: [...found.values()], truncated: broken }
    if (enough(found.size)) break
    // The same page again under another marker: stop instead of asking for ever.
    if (images.length > 0 && found.size === before) break
    marker = next
  }
  return { images: [...found.values()], truncated: true }
}

/** Reads one image. @throws CloudError `image_not_found` */
export async function readImage(access: ImageAccess, imageId: string): Promise<GlanceImage> {
  const response = await callGlance(access, `/images/${pathPart(imageId)}`, {
    method: 'GET',
    retry: 'read',
    codes: { 404: 'image_not_found' },
  })
  const image = readAs(GlanceImage, response)
  // Another image than the one asked for would be a cloud's cache gone wrong.
  if (image.id !== imageId) throw new CloudError('upstream_contract', response)
  return image
}

/** Switches who may see an image (JSON patch, RFC 6902, as Glance v2.1 takes it). */
export async function setVisibility(
  access: ImageAccess,
  imageId: string,
  visibility: 'private' | 'shared',
): Promise<{ image: GlanceImage; upstreamRequestId: string | null }> {
  const response = await callGlance(access, `/images/${pathPart(imageId)}`, {
    method: 'PATCH',
    retry: 'write',
    contentType: 'application/openstack-images-v2.1-json-patch',
    body: [{ op: 'replace', path: '/visibility', value: visibility }],
    codes: { 404: 'image_not_found' },
  })
  return { image: readAs(GlanceImage, response), upstreamRequestId: response.upstreamRequestId }
}
