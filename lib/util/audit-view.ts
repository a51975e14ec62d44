import { type AuditData, auditStatuses } from './audit-data'
import { type AuditRanks, type AuditSort, sortedBy } from './audit-sort'

/*
 * An entry is one number: a member by its place in the columns, or an image without members as `data.size` and more. So
 * a hundred thousand of them are filtered, sorted and grouped within a frame.
 */

export const auditGroups = ['image', 'owner', 'recipient'] as const
export type AuditGroup = (typeof auditGroups)[number]

export interface EntryGroup {
  /** Of the image, owner or recipient; empty for entries without one. */
  id: string
  images: number
  members: number
  /** Where its members begin in the rows of the view. */
  first: number
  pending: number
  accepted: number
  rejected: number
  isFolded: boolean
}

export interface AuditView {
  /** What is on screen, in order: an entry, or `~n` for the head of the group n. */
  lines: Int32Array
  groups: readonly EntryGroup[]
  /** Members in the view, folded ones too, in order. */
  rows: Int32Array
  entries: number
}

export const entryOfImage = (data: AuditData, image: number): number => data.size + image
export const imageOf = (data: AuditData, entry: number): number =>
  entry < data.size ? (data.image[entry] as number) : entry - data.size
/** The place of the recipient in `data.projects`; -1 for an image without members. */
export const projectOf = (data: AuditData, entry: number): number =>
  entry < data.size ? (data.project[entry] as number) : -1

export interface Sorting {
  by: AuditSort
  isDescending: boolean
}

/** Stands behind every other key, whichever way it is sorted: what is not known comes last. */
const unknownKey = 0xffff_ffff

const statusOrder = auditStatuses.map((status) => ['pending', 'rejected', 'accepted'].indexOf(status))

const timeKey = (ms: number | undefined) =>
  ms === undefined || Number.isNaN(ms) ? unknownKey : Math.max(0, Math.floor(ms / 1_000))

const keyOf = (data: AuditData, ranks: AuditRanks, by: AuditSort): ((entry: number) => number) => {
  switch (by) {
    case 'image': {
      const rank = ranks.image()
      return (entry) => rank[imageOf(data, entry)] as number
    }
    case 'owner': {
      const rank = ranks.owner()
      return (entry) => rank[imageOf(data, entry)] as number
    }
    case 'recipient': {
      const rank = ranks.recipient()
      return (entry) => rank[projectOf(data, entry)] ?? unknownKey
    }
    case 'status':
      return (entry) =>
        entry < data.size ? (statusOrder[data.status[entry] as number] as number) : unknownKey
    case 'shared':
      return (entry) => timeKey(entry < data.size ? data.sharedAt[entry] : undefined)
    case 'age': {
      const shared = keyOf(data, ranks, 'shared')
      return (entry) => (shared(entry) === unknownKey ? unknownKey : unknownKey - 1 - shared(entry))
    }
    case 'answered':
      return (entry) =>
        timeKey(entry < data.size && data.status[entry] !== 0 ? data.answeredAt[entry] : undefined)
  }
}

const keysOf = (entries: Int32Array, key: (entry: number) => number, isDescending: boolean) => {
  const keys = new Uint32Array(entries.length)
  for (let at = 0; at < entries.length; at++) {
    const own = key(entries[at] as number)
    keys[at] = isDescending && own !== unknownKey ? unknownKey - 1 - own : own
  }
  return keys
}

/** Sorted; equal ones by image and then by recipient. */
export const sortEntries = (
  data: AuditData,
  ranks: AuditRanks,
  entries: Int32Array,
  { by, isDescending }: Sorting,
): Int32Array => {
  const passes: [AuditSort, boolean][] = [
    ['recipient', false],
    ['image', false],
  ]
  if (by !== 'image' || isDescending) passes.push([by, isDescending])
  return passes.reduce(
    (sorted, [one, isDown]) => sortedBy(sorted, keysOf(sorted, keyOf(data, ranks, one), isDown)),
    entries,
  )
}

const groupId = (data: AuditData, entry: number, group: AuditGroup): string => {
  const image = data.images[imageOf(data, entry)]
  if (group === 'image') return image?.id ?? ''
  if (group === 'owner') return image?.owner ?? ''
  return data.projects[projectOf(data, entry)] ?? ''
}

/** Sorted entries under the heads of their groups, without those of folded groups. */
export const groupEntries = (
  data: AuditData,
  ranks: AuditRanks,
  sorted: Int32Array,
  group: AuditGroup | null,
  folded: ReadonlySet<string>,
): AuditView => {
  if (group === null) {
    return { lines: sorted, groups: [], rows: membersOf(data, sorted), entries: sorted.length }
  }
  const key = keyOf(data, ranks, group)
  const order = sortedBy(sorted, keysOf(sorted, key, false))
  const lines = new Int32Array(order.length * 2)
  const groups: EntryGroup[] = []
  let line = 0
  let lastKey = -1
  let lastImage = -1
  let first = 0
  let current: EntryGroup | undefined
  for (const entry of order) {
    const own = key(entry)
    if (current === undefined || own !== lastKey) {
      const id = groupId(data, entry, group)
      current = {
        id,
        images: 0,
        members: 0,
        first,
        pending: 0,
        accepted: 0,
        rejected: 0,
        isFolded: folded.has(id),
      }
      lastKey = own
      lastImage = -1
      lines[line++] = ~groups.length
      groups.push(current)
    }
    if (entry < data.size) {
      current.members++
      first++
      current[auditStatuses[data.status[entry] as number] ?? 'pending']++
    }
    const image = imageOf(data, entry)
    if (image !== lastImage) current.images++
    lastImage = image
    if (!current.isFolded) lines[line++] = entry
  }
  return { lines: lines.slice(0, line), groups, rows: membersOf(data, order), entries: order.length }
}

const membersOf = (data: AuditData, entries: Int32Array) =>
  entries.some((entry) => entry >= data.size) ? entries.filter((entry) => entry < data.size) : entries
