import 'server-only'
import PQueue from 'p-queue'
import type { z } from 'zod'
import type { ErrorCode } from '../../contracts/errors'
import type { ImageMembers, ImagePage, ImageSummary, ImageView } from '../../contracts/images'
import type {
  ImageIdsInput,
  ImageInput,
  ImagePageInput,
  SetVisibilityInput,
} from '../../contracts/inputs/images'
import { CloudError } from '../cloud/cloud-error'
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
    list: { of: 'own' },
    hidden: hidden === 'true',
    marker,
  })
  return {
    // A property called "owner" can't pass for the owner, but a proxy in between can lose the filter.
    images: page.images
      .filter((image) => image.owner === access.projectId)
      .map((image) => toSummary(image, access.family)),
    next: page.next,
    truncated: page.broken,
  }
}

/** Images by id, of the context's project only; ids that are unknown or foreign are left out. */
export async function listImagesById(
  { access }: ProjectContext,
  { ids }: Pick<z.output<typeof ImageIdsInput>, 'ids'>,
): Promise<ImageSummary[]> {
  const images = await upstream.readImagesById(access, ids, 'own')
  return [...images.values()].map((image) => toSummary(image, access.family))
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
    const refused = error instanceof CloudError ? refusals[error.code] : undefined
    if (refused === undefined) throw error
    return { imageId, members: [], refused }
  }
}

/** Why an image has no members to show. Anything else is a failure to read them. */
const refusals: Partial<Record<ErrorCode, NonNullable<ImageMembers['refused']>>> = {
  not_shareable: 'not_shareable',
  image_public: 'not_shareable',
  image_not_found: 'image_not_found',
  forbidden: 'forbidden',
  permission_missing: 'forbidden',
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
  return {
    image: toDetail(image, ctx.access.family),
    members,
    memberLimit: limit,
    canSwitchVisibility: canSwitchVisibility(ctx),
  }
}

/** Only Glance 2.5 and later know both; elsewhere private images are the ones that are shared. */
const canSwitchVisibility = ({ access }: ProjectContext) => access.family.visibility_model === 'shared'

/**
 * Makes an image shareable, or private. Members are kept by the cloud while it is private and live again afterwards
 * (measured on Glance 25).
 * @throws Refusal `not_supported` on a cloud that shares private images
 */
export async function setVisibility(
  ctx: ProjectContext,
  { imageId, visibility }: Pick<z.output<typeof SetVisibilityInput>, 'imageId' | 'visibility'>,
): Promise<ImageSummary> {
  if (!canSwitchVisibility(ctx)) throw new Refusal('not_supported')
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
      return { value: toSummary(image, ctx.access.family), upstreamRequestId }
    },
  )
}
