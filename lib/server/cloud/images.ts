import 'server-only'
import { callGlance, GlanceImage, type ImageAccess, pathPart, readAs } from './glance'
import { glanceImages, hasHiddenImages } from './glance-images'
import {
  followPages,
  type ImageList,
  type ImageQuery,
  type ImageSource,
  type UpstreamPage,
} from './image-pages'
import { imsImages } from './ims-images'

const sourceOf = ({ family }: ImageAccess): ImageSource =>
  family.image_list === 'cloudimages' ? imsImages : glanceImages

/** Reads one page of a list of images. Where images can't be hidden, the list of hidden ones is empty without a call. */
export async function readImagePage(access: ImageAccess, query: ImageQuery): Promise<UpstreamPage> {
  if (query.hidden && !hasHiddenImages(access)) return { images: [], next: null, broken: false }
  return sourceOf(access).readPage(access, query)
}

/** Reads a list of images page by page within bounds, until `enough` says so. */
export function readAllImages(
  access: ImageAccess,
  query: Omit<ImageQuery, 'marker'>,
  enough?: (count: number) => boolean,
): Promise<{ images: GlanceImage[]; truncated: boolean }> {
  return followPages((marker) => readImagePage(access, { ...query, marker }), enough)
}

/**
 * Reads images by id, hidden ones too, among the project's own, among those offered to it, or among everybody's. What is
 * unknown, or the other way round, is left out.
 */
export async function readImagesById(
  access: ImageAccess,
  ids: readonly string[],
  of: ImageList['of'],
): Promise<Map<string, GlanceImage>> {
  const wanted = new Set(ids)
  const images = await sourceOf(access).readSome(access, [...wanted], of)
  const fitting = images.filter(
    ({ id, owner }) => wanted.has(id) && (of === 'cloud' || (owner === access.projectId) === (of === 'own')),
  )
  return new Map(fitting.map((image) => [image.id, image]))
}

/** Reads one image that the project may see. @throws CloudError `image_not_found` */
export function readImage(access: ImageAccess, imageId: string): Promise<GlanceImage> {
  return sourceOf(access).readOne(access, imageId)
}

/** Switches who may see an image (JSON patch, RFC 6902, as Glance v2.1 takes it). For clouds of the model `shared` alone. */
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
