import 'server-only'
import { CloudError } from './cloud-error'
import { callGlance, GlanceImage, GlanceImageList, type ImageAccess, pathPart, readAs } from './glance'
import {
  followPages,
  type ImageList,
  type ImageQuery,
  type ImageSource,
  markerIn,
  type UpstreamPage,
} from './image-pages'
import { limits } from './limits'

/** So many ids fit into an address. */
const idsPerCall = 50

async function readPage(
  access: ImageAccess,
  { list, hidden, id, marker, size = limits.pageSize, ids }: ImageQuery & { ids?: readonly string[] },
): Promise<UpstreamPage> {
  const search = new URLSearchParams({ limit: String(size) })
  if (list.of === 'own') search.set('owner', access.projectId)
  else search.set('visibility', list.of === 'cloud' ? list.visibility : 'shared')
  if (list.of === 'offered') search.set('member_status', list.status === 'any' ? 'all' : list.status)
  if (id !== undefined) search.set('id', id)
  if (ids !== undefined) search.set('id', `in:${ids.join(',')}`)
  if (hidden) search.set('os_hidden', 'true')
  if (marker !== undefined) search.set('marker', marker)
  const response = await callGlance(access, `/images?${search}`, {
    method: 'GET',
    retry: 'read',
    timeoutMs: limits.listMs,
  })
  const { images, next } = readAs(GlanceImageList, response)
  const following = next === undefined ? null : markerIn(next)
  const broken = next !== undefined && (following === null || following === marker)
  return { images, next: broken ? null : following, broken }
}

async function readOne(access: ImageAccess, imageId: string): Promise<GlanceImage> {
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

const lists: { [Of in ImageList['of']]: ImageList } = {
  own: { of: 'own' },
  offered: { of: 'offered', status: 'any' },
  cloud: { of: 'cloud', visibility: 'all' },
}

/** Two calls for every `idsPerCall` ids: hidden images come only when asked for. */
async function readSome(
  access: ImageAccess,
  ids: readonly string[],
  of: ImageList['of'],
): Promise<GlanceImage[]> {
  const list = lists[of]
  const found: GlanceImage[] = []
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const some = ids.slice(at, at + idsPerCall)
    const parts = await Promise.all(
      [false, true]
        .filter((hidden) => !hidden || hasHiddenImages(access))
        .map((hidden) => followPages((marker) => readPage(access, { list, hidden, marker, ids: some }))),
    )
    found.push(...parts.flatMap(({ images }) => images))
  }
  return found
}

/**
 * Hidden images came with Glance API 2.7. An older one takes `os_hidden` for a property and finds nothing; IMS may ignore
 * it and give the same images twice.
 */
export const hasHiddenImages = ({ family }: ImageAccess) =>
  family.image_list === 'glance' && family.visibility_model === 'shared'

/** The image list of Glance v2. */
export const glanceImages: ImageSource = { readPage, readOne, readSome }
