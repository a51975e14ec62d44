import type { At, Caller } from '../glance/caller.ts'
import { takesMembers } from '../glance/membership.ts'
import type { Reply } from '../http/call.ts'
import type { ImageStore } from '../image-store.ts'
import type { Image } from '../records.ts'
import { imsOk, imsRefuse } from './answers.ts'
import { imageRow } from './image-row.ts'

type Row = Record<string, unknown>
type Entry = { image: Image; row: Row }

const SORT_KEYS = [
  'name',
  'container_format',
  'disk_format',
  'status',
  'id',
  'size',
  'created_at',
  'updated_at',
]
const STATUSES = ['accepted', 'rejected', 'pending']
/** What the list takes beside filters on a field. */
const OTHER_NAMES = ['limit', 'marker', 'member_status', 'sort_key', 'sort_dir', 'tag']

/**
 * `GET /v2/cloudimages`: one page without links. Public images, the project's own, and the ones it is a member of in the
 * status asked for. Every other name is an exact filter on the field of that name, as it stands in the row.
 */
export function listCloudImages({ cloud, call, caller }: At): Reply {
  const query = new URLSearchParams(call.query)
  const memberStatus = query.get('member_status') ?? 'accepted'
  const sortKey = query.get('sort_key') ?? 'created_at'
  const sortDir = query.get('sort_dir') ?? 'desc'
  const limits = cloud.settings.cloudImagesLimits
  const limit = query.has('limit') ? Number(query.get('limit')) : limits.default
  const valid =
    STATUSES.includes(memberStatus) &&
    SORT_KEYS.includes(sortKey) &&
    ['asc', 'desc'].includes(sortDir) &&
    Number.isInteger(limit) &&
    limit >= 0
  if (!valid) return imsRefuse(call, 'IMG.0001')
  const all = [...candidates(caller, cloud.images(call.region), memberStatus)]
    .map((image) => ({ image, row: imageRow(image) }))
    .sort(comparer(sortKey, sortDir === 'desc'))
  const marker = query.get('marker')
  const at = marker === null ? -1 : all.findIndex(({ image }) => image.id === marker)
  if (marker !== null && at < 0) return imsRefuse(call, 'IMG.0027')
  const rows = all.slice(at + 1).filter(testOf(query))
  return imsOk(call, { images: rows.slice(0, Math.min(limit, limits.max)).map(({ row }) => row) })
}

function* candidates(caller: Caller, store: ImageStore, memberStatus: string): Iterable<Image> {
  const me = caller.projectId ?? ''
  const seen = new Set<Image>()
  for (const image of [...store.open(), ...store.ownedBy(me)]) {
    if (!seen.has(image)) yield image
    seen.add(image)
  }
  for (const [imageId, member] of store.memberships.get(me) ?? []) {
    const image = store.images.get(imageId)
    if (image && member.status === memberStatus && takesMembers('any', image) && !seen.has(image)) yield image
  }
}

/** The order of the key, then of the id, so that a marker has one place. */
function comparer(key: string, descending: boolean): (a: Entry, b: Entry) => number {
  const exact = (entry: Entry) => (key === 'created_at' ? entry.image.created_at : (entry.row[key] ?? ''))
  return (a, b) => {
    const [left, right] = [exact(a), exact(b)] as [string, string]
    const order = left === right ? (a.image.id < b.image.id ? -1 : 1) : left < right ? -1 : 1
    return descending ? -order : order
  }
}

function testOf(query: URLSearchParams): (entry: Entry) => boolean {
  const tags = query.getAll('tag')
  const filters = [...query].filter(([name]) => !OTHER_NAMES.includes(name))
  return ({ image, row }) =>
    tags.every((tag) => image.tags.includes(tag)) &&
    filters.every(([name, value]) => `${row[name] ?? ''}`.toLowerCase() === value.toLowerCase())
}
