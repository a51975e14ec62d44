import 'server-only'
import PQueue from 'p-queue'
import type { z } from 'zod'
import type { ImageMembers, ImagePage, ImageSummary, ImageView } from '../../contracts/images'
import type {
  ImageIdsInput,
  ImageInput,
  ImagePageInput,
  SetVisibilityInput,
} from '../../contracts/inputs/images'
import { CloudError } from '../cloud/cloud-error'
import type { GlanceImage } from '../cloud/glance'
import * as upstream from '../cloud/images'
import { limits } from '../cloud/limits'
import { nativeSharing } from '../cloud/native-sharing'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { recorded } from './activity'
import { nameFrom, toDetail, toMembers, toSummary } from './image-views'
import { memberLimit } from './member-limit'

/** One upstream page of the images the context's project owns. */
export async function listImages(
  { access }: ProjectContext,
  { marker, hidden }: Pick<z.output<typeof ImagePageInput>, 'marker' | 'hidden'>,
): Promise<ImagePage> {
  const page = await upstream.readImagePage(access, {
    owner: access.projectId,
    hidden: hidden === 'true',
    marker,
  })
  return {
    // A property called "owner" can't pass for the owner, but a proxy in between can lose the filter.
    images: page.images.filter((image) => image.owner === access.projectId).map(toSummary),
    next: page.next,
    truncated: page.broken,
  }
}

/** Images by id, of the context's project only; ids that are unknown or foreign are left out. */
export async function listImagesById(
  ctx: ProjectContext,
  { ids }: Pick<z.output<typeof ImageIdsInput>, 'ids'>,
): Promise<ImageSummary[]> {
  return (await readOwned(ctx, ids)).map(toSummary)
}

/** As above, as Glance answers them. Two calls whatever the number of ids: hidden images come only when asked for. */
export async function readOwned({ access }: ProjectContext, ids: readonly string[]): Promise<GlanceImage[]> {
  const query = { owner: access.projectId, ids }
  const found = await Promise.all([
    upstream.readAllImages(access, { ...query, hidden: false }),
    upstream.readAllImages(access, { ...query, hidden: true }),
  ])
  return found.flatMap(({ images }) => images).filter((image) => image.owner === access.projectId)
}

/** Members of several images, read side by side within bounds. An image that has none to show says why. */
export async function listMembers(
  ctx: ProjectContext,
  { ids }: Pick<z.output<typeof ImageIdsInput>, 'ids'>,
): Promise<ImageMembers[]> {
  const reads = new PQueue({ concurrency: limits.readsAtOnce })
  return reads.addAll(ids.map((imageId) => () => readMembers(ctx, imageId)))
}

async function readMembers(ctx: ProjectContext, imageId: string): Promise<ImageMembers> {
  try {
    const rows = await nativeSharing.list(ctx.access, imageId)
    return { imageId, members: toMembers(rows, nameFrom(ctx.session.projects)), refused: null }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    if (error.code !== 'not_shareable' && error.code !== 'image_not_found' && error.code !== 'forbidden')
      throw error
    return { imageId, members: [], refused: error.code }
  }
}

/** One image of the context's project with its members. @throws CloudError `image_not_found`, also for a foreign image */
export async function getImage(
  ctx: ProjectContext,
  { imageId }: Pick<z.output<typeof ImageInput>, 'imageId'>,
): Promise<ImageView> {
  const [image, members, limit] = await Promise.all([
    upstream.readImage(ctx.access, imageId),
    readMembers(ctx, imageId),
    memberLimit(ctx),
  ])
  // Somebody else's image has its place among the offers, not here.
  if (image.owner !== ctx.access.projectId) throw new CloudError('image_not_found')
  return { image: toDetail(image), members, memberLimit: limit }
}

/**
 * Makes an image shareable, or private. Members are kept by the cloud while it is private and live again afterwards
 * (measured on Glance 25).
 */
export async function setVisibility(
  ctx: ProjectContext,
  { imageId, visibility }: Pick<z.output<typeof SetVisibilityInput>, 'imageId' | 'visibility'>,
): Promise<ImageSummary> {
  const before = await upstream.readImage(ctx.access, imageId)
  if (before.owner !== ctx.access.projectId) throw new Refusal('image_not_found')
  return recorded(
    ctx,
    {
      verb: 'image.set_visibility',
      targets: { imageId, name: before.name ?? '', before: before.visibility, after: visibility },
    },
    async () => {
      const { image, upstreamRequestId } = await upstream.setVisibility(ctx.access, imageId, visibility)
      return { value: toSummary(image), upstreamRequestId }
    },
  )
}
