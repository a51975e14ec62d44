import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import { pyUrlEncode } from '../http/py-json.ts'
import type { ImageStore } from '../image-store.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image } from '../records.ts'
import { ok, refuse, serverError } from './answers.ts'
import { type At, type Caller, canSee } from './caller.ts'
import { readFilters, type Test } from './list-filters.ts'
import { type ListParams, readListParams, type Sort } from './list-params.ts'
import { shownVisibility, takesMembers } from './membership.ts'
import { imageText } from './views.ts'

type Model = Cloud['settings']['visibilityModel']

/** `GET /v2/images`: one page of what the caller may list. */
export function listImages(at: At): Reply {
  const { cloud, call, caller } = at
  const params = readListParams(call, cloud.settings.visibilityModel)
  if (isReply(params)) return params
  if (cloud.settings.secureRbac && !caller.roles.includes('reader')) {
    return refuse(call, 403, 'You are not authorized to complete get_images action.')
  }
  const model = cloud.settings.visibilityModel
  const tests = readFilters(params.filters, model !== 'private')
  if (tests === null) return serverError(call)
  if (typeof tests === 'string') return refuse(call, 400, tests)
  const store = cloud.images(call.region)
  const marker = params.marker === null ? null : findMarker(cloud, call, caller, store, params.marker)
  if (marker !== null && isReply(marker)) return marker
  const limits = cloud.settings.listLimits
  const limit = Math.min(params.limit ?? limits.default, limits.max)
  const rows = select(caller, store, params, tests, model)
  // The database takes no number for a marker that has none.
  if (marker?.size === null && params.sorts.some(({ key }) => key === 'size')) return serverError(call)
  const following = marker ? rows.filter((image) => isBeyond(marker, image, params.sorts)) : rows
  const page = following.sort(comparer(params.sorts)).slice(0, limit)
  return ok(call, pageJson(cloud, store, page, params, page.length === limit ? page.at(-1) : undefined))
}

function findMarker(cloud: Cloud, call: Call, caller: Caller, store: ImageStore, id: string): Image | Reply {
  const image = store.images.get(id)
  if (!image) return refuse(call, 400, `No image found with ID ${id}`)
  return canSee(cloud, caller, image)
    ? image
    : refuse(call, 403, `Forbidding request, image ${id} not visible`)
}

/** The images that pass membership, visibility, tags and filters, in no order. */
function select(caller: Caller, store: ImageStore, params: ListParams, tests: Test[], model: Model): Image[] {
  const isShown = visibilityTest(caller, model, params.filters.get('visibility'))
  const rows: Image[] = []
  for (const image of candidates(caller, store, params.memberStatus, model)) {
    if (!isShown(image) || image.status === 'killed') continue
    if (params.tags.every((tag) => image.tags.includes(tag)) && tests.every((test) => test(image)))
      rows.push(image)
  }
  return rows
}

/** Before Glance 2.5, `private` means one's own images and `shared` the ones of others. */
function visibilityTest(caller: Caller, model: Model, visibility: string | undefined): Test {
  const own = (image: Image) => caller.projectId !== null && image.owner === caller.projectId
  if (model === 'shared') {
    return visibility === undefined
      ? (image) => image.visibility !== 'community' || own(image)
      : (image) => visibility === 'all' || image.visibility === visibility
  }
  if (visibility === undefined) return () => true
  if (model === 'any') return (image) => shownVisibility(model, image) === visibility
  const isPublic = (image: Image) => shownVisibility(model, image) === 'public'
  if (visibility === 'public') return isPublic
  return (image) => !isPublic(image) && own(image) === (visibility === 'private')
}

/** Admins: everything. Others: what is open to all, the project's own, and memberships in the status asked for. */
function candidates(caller: Caller, store: ImageStore, memberStatus: string, model: Model): Iterable<Image> {
  if (caller.isAdmin) return store.images.values()
  const rows = new Set(store.open())
  if (caller.projectId === null) {
    for (const image of store.images.values()) {
      if (takesMembers(model, image) && image.members.size > 0) rows.add(image)
    }
    return rows
  }
  for (const image of store.ownedBy(caller.projectId)) rows.add(image)
  for (const [imageId, member] of store.memberships.get(caller.projectId) ?? []) {
    const image = store.images.get(imageId)
    const asked = memberStatus === 'all' || member.status === memberStatus
    if (image && asked && takesMembers(model, image)) rows.add(image)
  }
  return rows
}

/** Nothing sorts last in ascending order and first in descending order, as in PostgreSQL. */
function comparer(sorts: Sort[]): (a: Image, b: Image) => number {
  return (a, b) => {
    for (const { key, descending } of sorts) {
      const left = a[key]
      const right = b[key]
      if (left === right) continue
      const ascending = left === null ? 1 : right === null ? -1 : left < right ? -1 : 1
      return descending ? -ascending : ascending
    }
    return 0
  }
}

/**
 * Whether an image comes after the marker. Here an empty value counts as the smallest, unlike in the order itself: as
 * with a real Glance, paging over a column with empty values loses some rows and repeats others.
 */
function isBeyond(marker: Image, image: Image, sorts: Sort[]): boolean {
  for (const { key, descending } of sorts) {
    const mark = marker[key] ?? ''
    const value = image[key] ?? (key === 'size' ? 0 : '')
    if (value !== mark) return descending ? value < mark : value > mark
  }
  return false
}

function pageJson(
  cloud: Cloud,
  store: ImageStore,
  page: Image[],
  params: ListParams,
  last: Image | undefined,
): string {
  const images = page.map((image) => imageText(cloud, store, image)).join(', ')
  const query = pyUrlEncode(params.links)
  const first = query === '' ? '/v2/images' : `/v2/images?${query}`
  const next = last ? `, "next": ${JSON.stringify(nextLink(params, last))}` : ''
  return `{"images": [${images}], "first": ${JSON.stringify(first)}, "schema": "/v2/schemas/images"${next}}`
}

function nextLink(params: ListParams, last: Image): string {
  return `/v2/images?${pyUrlEncode([...params.links, ['marker', last.id]])}`
}
