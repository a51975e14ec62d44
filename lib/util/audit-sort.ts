import type { AuditProject } from '../contracts/audits'
import type { AuditData } from './audit-data'

/** What is known of the projects of an audit, by id. */
export type AuditProjects = ReadonlyMap<string, AuditProject>

export const auditSorts = ['image', 'owner', 'recipient', 'status', 'shared', 'answered', 'age'] as const
export type AuditSort = (typeof auditSorts)[number]

/**
 * Ranks stand for texts that have been compared once: a hundred thousand rows are then sorted by numbers. Things with the
 * same id share a rank, others never do.
 */
export interface AuditRanks {
  /** Per image. */
  image: () => Uint32Array
  owner: () => Uint32Array
  /** Per project. */
  recipient: () => Uint32Array
}

const once = <Made>(make: () => Made) => {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** So that plain comparing puts "v9" before "v10": a collator would take longer than a frame. */
const naturalKey = (text: string) => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))

const ranked = (labels: readonly string[], ids: readonly string[]): Uint32Array => {
  const keys = labels.map(naturalKey)
  const order = Uint32Array.from(keys, (_, at) => at).sort((a, b) => {
    const [keyA, keyB] = [keys[a] as string, keys[b] as string]
    if (keyA !== keyB) return keyA < keyB ? -1 : 1
    const [idA, idB] = [ids[a] as string, ids[b] as string]
    return idA === idB ? 0 : idA < idB ? -1 : 1
  })
  const ranks = new Uint32Array(labels.length)
  let rank = 0
  for (let place = 0; place < order.length; place++) {
    const at = order[place] as number
    if (place > 0 && ids[at] !== ids[order[place - 1] as number]) rank++
    ranks[at] = rank
  }
  return ranks
}

/** What a project is called as far as the cloud says, else its id. */
export const projectLabel = (projects: AuditProjects, id: string): string => projects.get(id)?.name ?? id

/** The ranks of an audit, each made when it is first asked for. */
export const ranksOf = (data: AuditData, projects: AuditProjects): AuditRanks => ({
  image: once(() =>
    ranked(
      data.images.map(({ name }) => name),
      data.images.map(({ id }) => id),
    ),
  ),
  owner: once(() => {
    const ids = [...new Set(data.images.map(({ owner }) => owner ?? ''))]
    const ranks = ranked(
      ids.map((id) => (id === '' ? '' : projectLabel(projects, id))),
      ids,
    )
    const rankOf = new Map(ids.map((id, at) => [id, ranks[at] as number]))
    return Uint32Array.from(data.images, ({ owner }) => rankOf.get(owner ?? '') as number)
  }),
  recipient: once(() =>
    ranked(
      data.projects.map((id) => projectLabel(projects, id)),
      data.projects,
    ),
  ),
})

const digits = 2 ** 16

interface Keyed {
  entries: Int32Array
  keys: Uint32Array
}

/** Sorted by sixteen bits of the keys, from `shift` on; equal ones keep their order. */
const sortedByDigit = (from: Keyed, shift: number): Keyed => {
  const places = new Uint32Array(digits + 1)
  for (let at = 0; at < from.keys.length; at++) {
    const digit = ((from.keys[at] as number) >>> shift) & (digits - 1)
    places[digit + 1] = (places[digit + 1] as number) + 1
  }
  for (let digit = 0; digit < digits; digit++) {
    places[digit + 1] = (places[digit + 1] as number) + (places[digit] as number)
  }
  const to = { entries: new Int32Array(from.entries.length), keys: new Uint32Array(from.entries.length) }
  for (let at = 0; at < from.entries.length; at++) {
    const key = from.keys[at] as number
    const digit = (key >>> shift) & (digits - 1)
    const place = places[digit] as number
    places[digit] = place + 1
    to.entries[place] = from.entries[at] as number
    to.keys[place] = key
  }
  return to
}

/** Sorted by keys that stand beside the entries, one each; equal ones keep their order. */
export const sortedBy = (entries: Int32Array, keys: Uint32Array): Int32Array => {
  let most = 0
  for (let at = 0; at < keys.length; at++) if ((keys[at] as number) > most) most = keys[at] as number
  const low = sortedByDigit({ entries, keys }, 0)
  return (most < digits ? low : sortedByDigit(low, 16)).entries
}
