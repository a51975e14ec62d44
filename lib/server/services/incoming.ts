import 'server-only'
import PQueue from 'p-queue'
import type { z } from 'zod'
import type { ErrorCode } from '../../contracts/errors'
import type { MemberStatus } from '../../contracts/images'
import type { Offer, OfferList } from '../../contracts/incoming'
import type { ImageInput } from '../../contracts/inputs/images'
import { CloudError } from '../cloud/cloud-error'
import type { GlanceImage, GlanceMember, ImageAccess } from '../cloud/glance'
import { readAllImages, readImage, readImagePage } from '../cloud/images'
import { limits } from '../cloud/limits'
import { nativeSharing } from '../cloud/native-sharing'
import type { ProjectContext } from '../context'
import { nameFrom, toDetail } from './image-views'

const statuses = ['pending', 'accepted', 'rejected'] as const satisfies MemberStatus[]

/** Everything other projects offer to the context's project, in all three states. */
export async function listOffers(ctx: ProjectContext): Promise<OfferList> {
  const reads = new PQueue({ concurrency: limits.readsAtOnce })
  const byStatus = await Promise.all(
    statuses.map(async (status) => {
      const lists = await Promise.all(
        [false, true].map((hidden) => reads.add(() => readStatus(ctx.access, status, hidden))),
      )
      return {
        status,
        images: lists.flatMap((list) => list.images),
        truncated: lists.some((list) => list.truncated),
      }
    }),
  )
  if (seesWholeCloud(byStatus.map(({ images }) => images))) return listOffersOneByOne(ctx)
  // One that was answered while we read stands in two lists; the answer is the newer of the two.
  const offers = new Map<string, Offer>()
  for (const { status, images } of byStatus) {
    for (const image of images) offers.set(image.id, toOffer(ctx, image, status, null))
  }
  return { ...counted(offers), truncated: byStatus.some(({ truncated }) => truncated), wholeCloud: false }
}

/** One offer with the times that lists don't tell. @throws CloudError `image_not_found` when it is no offer to us */
export async function getOffer(
  ctx: ProjectContext,
  { imageId }: Pick<z.output<typeof ImageInput>, 'imageId'>,
): Promise<Offer> {
  const { access } = ctx
  if (access.family.image_list === 'cloudimages') return findInLists(ctx, imageId)
  const [image, member] = await Promise.all([
    readImage(access, imageId),
    nativeSharing.find(access, imageId, access.projectId),
  ])
  if (!member || image.owner === access.projectId) throw new CloudError('image_not_found')
  return toOffer(ctx, image, member.status, member)
}

/**
 * IMS may not show an image by its id to who has not accepted it, but its lists by status do; the member, which tells the
 * times, may be read only with a permission of its own.
 */
async function findInLists(ctx: ProjectContext, imageId: string): Promise<Offer> {
  const { access } = ctx
  const [member, ...lists] = await Promise.all([
    nativeSharing.find(access, imageId, access.projectId).catch((error: unknown) => {
      if (error instanceof CloudError && withoutPermission.has(error.code)) return null
      throw error
    }),
    ...statuses.map((status) =>
      readAllImages(access, { list: { of: 'offered', status }, id: imageId, hidden: false }),
    ),
  ])
  for (const [index, status] of statuses.entries()) {
    const image = lists[index]?.images.find(({ id, owner }) => id === imageId && owner !== access.projectId)
    if (image) return toOffer(ctx, image, member?.status ?? status, member)
  }
  throw new CloudError('image_not_found')
}

const withoutPermission: ReadonlySet<ErrorCode> = new Set(['forbidden', 'permission_missing'])

/**
 * One status, own images left out: Glance always adds the project's own shared images to such a list. Stops at our cap,
 * counted in foreign images as the admin's list may be the whole cloud.
 */
async function readStatus(access: ImageAccess, status: MemberStatus, hidden: boolean) {
  const { images, truncated } = await readAllImages(
    access,
    { list: { of: 'offered', status }, hidden },
    (count) => count >= limits.offers,
  )
  return { images: images.filter((image) => image.owner !== access.projectId), truncated }
}

/**
 * For an admin's token Glance ignores the status, so a foreign image stands in all three lists. One that merely changed
 * its state while we read stands in two at most.
 */
export function seesWholeCloud(lists: readonly (readonly Pick<GlanceImage, 'id'>[])[]): boolean {
  const [first, ...others] = lists.map((list) => new Set(list.map(({ id }) => id)))
  return first !== undefined && [...first].some((id) => others.every((other) => other.has(id)))
}

/**
 * For a token that sees everything: reads our own membership of each shared image, page by page, within a cap. Keeps one
 * page at a time and the offers found.
 */
async function listOffersOneByOne(ctx: ProjectContext): Promise<OfferList> {
  const { access } = ctx
  const reads = new PQueue({ concurrency: limits.readsAtOnce })
  const offers = new Map<string, Offer>()
  const asked = new Set<string>()
  let truncated = false
  for (const hidden of [false, true]) {
    let marker: string | undefined
    for (let pages = 1; ; pages += 1) {
      const page = await readImagePage(access, { list: { of: 'offered', status: 'any' }, hidden, marker })
      const foreign = page.images.filter(({ id, owner }) => owner !== access.projectId && !asked.has(id))
      const within = foreign.slice(0, limits.wholeCloudImages - asked.size)
      for (const { id } of within) asked.add(id)
      const atEnd = page.next === null || pages >= limits.pages
      const members = await reads.addAll(
        within.map((image) => () => nativeSharing.find(access, image.id, access.projectId)),
      )
      within.forEach((image, index) => {
        const member = members[index]
        if (member) offers.set(image.id, toOffer(ctx, image, member.status, member))
      })
      const full = within.length < foreign.length
      truncated ||= full || page.broken || (atEnd && page.next !== null)
      if (full || atEnd) break
      marker = page.next ?? undefined
    }
  }
  return { ...counted(offers), truncated, wholeCloud: true }
}

function counted(byId: ReadonlyMap<string, Offer>): Pick<OfferList, 'offers' | 'counts'> {
  const offers = [...byId.values()]
  const counts = { pending: 0, accepted: 0, rejected: 0 }
  for (const offer of offers) counts[offer.status] += 1
  return { offers, counts }
}

function toOffer(
  ctx: ProjectContext,
  image: GlanceImage,
  status: MemberStatus,
  member: GlanceMember | null,
): Offer {
  const owner = image.owner ?? ''
  return {
    image: toDetail(image, ctx.access.family),
    owner,
    ownerName: nameFrom(ctx.session.projects)(owner),
    status,
    sharedAt: member?.created_at || null,
    answeredAt: member && member.status !== 'pending' ? member.updated_at || null : null,
  }
}
