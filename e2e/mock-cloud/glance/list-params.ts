import type { Call, Reply } from '../http/call.ts'
import type { Settings } from '../settings.ts'
import { refuse } from './answers.ts'
import { VISIBILITIES } from './membership.ts'

type Model = Settings['visibilityModel']

export type SortKey = (typeof SORT_KEYS)[number]
export type Sort = { key: SortKey; descending: boolean }

const SORT_KEYS = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const

const STATUSES = ['pending', 'accepted', 'rejected', 'all']

export type ListParams = {
  limit: number | null
  marker: string | null
  memberStatus: string
  tags: string[]
  sorts: Sort[]
  /** What is left: the last value of every other name. */
  filters: Map<string, string>
  /** The parameters for the links to the first and next page: the last value of every name, no marker. */
  links: Map<string, string>
}

/**
 * Reads the query of an image list. A name that Glance takes once (limit, marker, member_status) is taken from the
 * first place it stands; what stands there again becomes a filter on a property of that name.
 */
export function readListParams(call: Call, model: Model = 'shared'): ListParams | Reply {
  const pairs = [...new URLSearchParams(call.query)]
  const links = new Map(pairs)
  links.delete('marker')
  const take = (name: string): string | null => {
    const at = pairs.findIndex(([key]) => key === name)
    return at < 0 ? null : (pairs.splice(at, 1)[0]?.[1] ?? null)
  }
  const limitText = take('limit')
  const marker = take('marker')
  const memberStatus = take('member_status') ?? 'accepted'
  const tags: string[] = []
  for (let tag = take('tag'); tag !== null; tag = take('tag')) tags.push(tag.trim())
  const visibility = pairs.findLast(([key]) => key === 'visibility')?.[1]
  if (visibility && !isFilter(model, visibility)) {
    return refuse(call, 400, `Invalid visibility value: ${visibility}`)
  }
  if (pairs.some(([key, value]) => key === 'changes-since' && value !== '')) {
    return refuse(call, 400, 'The "changes-since" filter is no longer available on v2.')
  }
  if (!STATUSES.includes(memberStatus)) return refuse(call, 400, `Invalid status: ${memberStatus}`)
  if (limitText !== null && !/^\s*[+-]?\d+(_\d+)*\s*$/.test(limitText)) {
    return refuse(call, 400, 'limit param must be an integer')
  }
  const limit = limitText === null ? null : Number(limitText.replaceAll('_', ''))
  if (limit !== null && limit < 0) return refuse(call, 400, 'limit param must be positive')
  const sorts = readSorts(take, pairs)
  if (typeof sorts === 'string') return refuse(call, 400, sorts)
  return { limit, marker, memberStatus, tags, sorts, filters: new Map(pairs), links }
}

/** Clouds before Glance 2.5 can be asked for `shared`, though no image says so of itself. */
function isFilter(model: Model, visibility: string): boolean {
  if (visibility === 'all') return model === 'shared'
  return visibility === 'shared' || VISIBILITIES[model].some((known) => known === visibility)
}

/** The order asked for, completed by creation time and id; a text says what is wrong with it. */
function readSorts(take: (name: string) => string | null, pairs: [string, string][]): Sort[] | string {
  const keys: string[] = []
  const directions: string[] = []
  const wanted = take('sort')
  if (wanted !== null) {
    if (pairs.some(([key]) => key === 'sort_key' || key === 'sort_dir')) {
      return 'Old and new sorting syntax cannot be combined'
    }
    for (const part of wanted.trim().split(',')) {
      const [key = '', direction] = part.split(/:(.*)/s)
      keys.push(key.trim())
      directions.push((direction || 'desc').trim())
    }
  } else {
    for (let key = take('sort_key'); key !== null; key = take('sort_key')) keys.push(key.trim())
    for (let dir = take('sort_dir'); dir !== null; dir = take('sort_dir')) directions.push(dir.trim())
  }
  const badKey = keys.find((key) => !SORT_KEYS.some((known) => known === key))
  if (badKey !== undefined) {
    return `Invalid sort key: ${badKey}. It must be one of the following: ${SORT_KEYS.join(', ')}.`
  }
  const badDirection = directions.find((direction) => direction !== 'asc' && direction !== 'desc')
  if (badDirection !== undefined) return `Invalid sort direction: ${badDirection}`
  if (directions.length > 1 && directions.length !== keys.length) {
    return 'Number of sort dirs does not match the number of sort keys'
  }
  if (keys.length === 0) keys.push('created_at')
  const usual = directions.length === 1 ? directions[0] : 'desc'
  const sorts = keys.map((key, at) => ({
    key: key as SortKey,
    descending: (directions[at] ?? usual) === 'desc',
  }))
  for (const key of ['created_at', 'id'] as const) {
    if (!keys.includes(key)) sorts.push({ key, descending: usual === 'desc' })
  }
  return sorts
}
