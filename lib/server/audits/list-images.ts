import 'server-only'
import type { Visibility } from '../../contracts/images'
import { CloudError } from '../cloud/cloud-error'
import { visibilityAllowsMembers } from '../cloud/family'
import type { GlanceImage } from '../cloud/glance'
import type { UpstreamPage } from '../cloud/image-pages'
import { readImagePage } from '../cloud/images'
import type { FaultPoints } from '../jobs/fault-points'
import type { RunControl } from '../jobs/run-control'
import type { Database } from '../store/store'
import type { AuditRun } from './audit-rows'
import { moment, storable } from './from-cloud'
import { type ListedImage, storePage, type WaitingImage } from './image-rows'
import { auditLimits, type ListPlan } from './list-plans'

/** Glance works on a short page only for a moment: the first members are read, and on screen, while the next one is made. */
const firstPage = 25
/** Making a page costs Glance as much as a hundred images on it. One of this size stays far below the bytes we take. */
const furtherPages = 250
/** A cloud that filters what it has cut into pages leaves some of them empty; one that has only such leads nowhere. */
const blankPages = 50
/** Images are deleted while a long list is read; a cloud that takes no marker at all is another matter. */
const lostMarkers = 10

export interface Listing {
  db: Database
  run: AuditRun
  control: RunControl
  faults: FaultPoints
  /** Images of the audit so far. */
  listed: number
}

/**
 * Reads one list from where it was left off, page by page; each page is stored together with the place of the next one, and
 * what is new in it handed on. A list that leads nowhere, goes beyond what an audit holds, or comes to an image that can't
 * be read, is cut there. @throws Interrupted, LostLease, CloudError when the list is refused
 */
export async function listImages(
  listing: Listing,
  plan: ListPlan,
  leftOff: string | null | undefined,
  found: (images: WaitingImage[]) => Promise<void>,
): Promise<void> {
  if (leftOff === null) return
  const beginnings = new Set<string>()
  const readPage = pageReader(listing, plan)
  let seen = 0
  let blank = 0
  let losses = 0
  for (let marker: string | undefined = leftOff; ; ) {
    listing.faults.pass('before-page')
    const page = await readPage(marker).catch((error: unknown) => {
      if (marker !== undefined && isLostMarker(error) && losses < lostMarkers) return null
      // What was read is worth more than nothing at all.
      if (seen > 0 && isUnreadable(error)) return unreadablePage
      throw error
    })
    if (page === null) {
      // The image it was left off at is gone. Begun again, the list finds what is known already, its first page as well.
      losses += 1
      seen = 0
      beginnings.clear()
      marker = undefined
      continue
    }
    const [first] = page.images
    blank = first ? 0 : blank + 1
    const isCircle = first ? beginnings.has(first.id) : blank > blankPages
    if (first) beginnings.add(first.id)
    seen += page.images.length
    const images = isCircle ? [] : listedImages(plan, page.images)
    const isFull = seen >= plan.most || listing.listed + images.length >= auditLimits.images
    const next: string | null = isCircle || isFull ? null : page.next
    const isCut = page.broken || (page.next !== null && next === null)
    const { added, listed } = await storePage(listing.db, listing.run, images, {
      list: plan.name,
      marker: next,
      isCut,
    })
    listing.listed = listed
    listing.faults.pass('after-page')
    await found(added)
    if (next === null) return
    marker = next
  }
}

/**
 * Reads the pages of a list, shorter ones where a long one can't be read: an image may carry megabytes of properties, and
 * one that is malformed spoils all of its page.
 */
function pageReader({ control }: Listing, { access, list, hidden }: ListPlan) {
  let fitting = furtherPages
  /** @throws Interrupted, LostLease, CloudError */
  return async (marker: string | undefined): Promise<UpstreamPage> => {
    for (;;) {
      const size = Math.min(fitting, marker === undefined ? firstPage : furtherPages)
      try {
        const page = await control.persist(() => readImagePage(access, { list, hidden, marker, size }), true)
        fitting = Math.min(furtherPages, fitting * 2)
        return page
      } catch (error) {
        if (size === 1 || !isUnreadable(error)) throw error
        fitting = Math.ceil(size / 8)
      }
    }
  }
}

const isUnreadable = (error: unknown) => error instanceof CloudError && error.code === 'upstream_contract'
const unreadablePage: UpstreamPage = { images: [], next: null, broken: true }

/** Glance answers 400 to a marker it does not know and 403 to one that is not visible any more. */
const isLostMarker = (error: unknown) =>
  error instanceof CloudError && [400, 403, 404].includes(error.status ?? 0)

const visibilities: readonly string[] = ['private', 'shared', 'community', 'public'] satisfies Visibility[]

/** The images of a page that belong to the audit, each once. A proxy in between can lose the filter of a list. */
export function listedImages(plan: ListPlan, images: readonly GlanceImage[]): ListedImage[] {
  const { projectId, family } = plan.access
  const isWanted = ({ id, owner, visibility }: GlanceImage) => {
    if (storable(id) !== id) return false
    if (plan.list.of === 'offered') return owner !== projectId
    if (plan.list.of === 'own' && owner !== projectId) return false
    return plan.isAnyVisibility || visibility !== 'private' || visibilityAllowsMembers(family, visibility)
  }
  const wanted = new Map(images.filter(isWanted).map((image) => [image.id, image]))
  return [...wanted.values()].map((image) => ({
    id: image.id,
    name: storable(image.name ?? ''),
    owner: image.owner ? storable(image.owner) : null,
    status: storable(image.status),
    visibility: visibilities.includes(image.visibility) ? image.visibility : 'unknown',
    hidden: image.os_hidden ?? false,
    createdAt: moment(image.created_at) ?? '',
    updatedAt: moment(image.updated_at) ?? '',
    side: plan.list.of === 'offered' ? 'recipient' : 'owner',
    via: [projectId],
    members:
      plan.status === null
        ? []
        : [{ project: projectId, status: plan.status, sharedAt: null, answeredAt: null }],
  }))
}
