import type { AuditImage, AuditMemberTuple, AuditRowsPage } from '../contracts/audits'

export type AuditImageFacts = Omit<AuditImage, 'members' | 'hadMembers'>

/**
 * What a screen holds of an audit: its images, and their members in columns, because there can be a hundred thousand. A
 * member is its place in the columns, of which `size` are filled. Never changed after it was made: more pages make a new
 * one that shares the columns.
 */
export interface AuditData {
  images: readonly AuditImageFacts[]
  /** Every project that is a member of some image. */
  projects: readonly string[]
  size: number
  /** Where an image or a project is found, by its id. */
  imageAt: ReadonlyMap<string, number>
  projectAt: ReadonlyMap<string, number>
  /** Index into `images`, into `projects`, into `auditStatuses`. */
  image: Int32Array
  project: Int32Array
  status: Uint8Array
  /** Milliseconds since 1970; NaN where the cloud does not tell. */
  sharedAt: Float64Array
  answeredAt: Float64Array
  /** A status word of the cloud's own, or a member that is no project. */
  odd: ReadonlyMap<number, { said?: string; type?: string }>
}

export const auditStatuses = ['pending', 'accepted', 'rejected'] as const

type Columns = Pick<AuditData, 'image' | 'project' | 'status' | 'sharedAt' | 'answeredAt'>

const firstCapacity = 1_024

const columnsOf = (capacity: number): Columns => ({
  image: new Int32Array(capacity),
  project: new Int32Array(capacity),
  status: new Uint8Array(capacity),
  sharedAt: new Float64Array(capacity),
  answeredAt: new Float64Array(capacity),
})

export const emptyAudit = (): AuditData => ({
  images: [],
  projects: [],
  size: 0,
  imageAt: new Map(),
  projectAt: new Map(),
  ...columnsOf(0),
  odd: new Map(),
})

const copied = (from: Columns, size: number, capacity: number): Columns => {
  const to = columnsOf(capacity)
  to.image.set(from.image.subarray(0, size))
  to.project.set(from.project.subarray(0, size))
  to.status.set(from.status.subarray(0, size))
  to.sharedAt.set(from.sharedAt.subarray(0, size))
  to.answeredAt.set(from.answeredAt.subarray(0, size))
  return to
}

const grown = (from: Columns, size: number, needed: number): Columns =>
  needed <= from.image.length
    ? from
    : copied(from, size, Math.max(firstCapacity, needed, from.image.length * 2))

/** The same audit without the members of some images, in columns of its own. */
const withoutMembersOf = (data: AuditData, images: ReadonlySet<number>): AuditData => {
  const to = columnsOf(data.image.length)
  const odd = new Map<number, { said?: string; type?: string }>()
  let size = 0
  for (let row = 0; row < data.size; row++) {
    const image = data.image[row] as number
    if (images.has(image)) continue
    to.image[size] = image
    to.project[size] = data.project[row] as number
    to.status[size] = data.status[row] as number
    to.sharedAt[size] = data.sharedAt[row] as number
    to.answeredAt[size] = data.answeredAt[row] as number
    const oddness = data.odd.get(row)
    if (oddness) odd.set(size, oddness)
    size++
  }
  return { ...data, ...to, odd, size }
}

const statusCodes: Record<AuditMemberTuple[1], number> = { p: 0, a: 1, r: 2 }
const milliseconds = (seconds: number | null) => (seconds === null ? Number.NaN : seconds * 1_000)

/** The same audit, sharing nothing that a later page has written into. */
const continued = (data: AuditData): AuditData => {
  if (data.imageAt.size === data.images.length && data.projectAt.size === data.projects.length) return data
  return {
    ...data,
    ...copied(data, data.size, data.image.length),
    imageAt: new Map(data.images.map(({ id }, at) => [id, at])),
    projectAt: new Map(data.projects.map((id, at) => [id, at])),
  }
}

/** The audit with one more page. An image that comes again takes its older place, with the members it has now. */
export const addRows = (before: AuditData, page: AuditRowsPage): AuditData => {
  const data = continued(before)
  const again = new Set(page.images.flatMap(({ id }) => data.imageAt.get(id) ?? []))
  const base = again.size === 0 ? data : withoutMembersOf(data, again)
  const imageAt = base.imageAt as Map<string, number>
  const projectAt = base.projectAt as Map<string, number>
  const images = [...base.images]
  const projects = [...base.projects]
  const odd = page.images.some(({ members }) => members.some((member) => member[4]))
    ? new Map(base.odd)
    : base.odd
  const places = page.projects.map((id) => {
    const known = projectAt.get(id)
    if (known !== undefined) return known
    projectAt.set(id, projects.length)
    return projects.push(id) - 1
  })

  const added = page.images.reduce((sum, { members }) => sum + members.length, 0)
  const columns = grown(base, base.size, base.size + added)
  let size = base.size
  for (const { members, ...facts } of page.images) {
    const at = imageAt.get(facts.id) ?? images.length
    imageAt.set(facts.id, at)
    images[at] = facts
    for (const [project, status, sharedAt, answeredAt, oddness] of members) {
      columns.image[size] = at
      columns.project[size] = places[project] as number
      columns.status[size] = statusCodes[status]
      columns.sharedAt[size] = milliseconds(sharedAt)
      columns.answeredAt[size] = milliseconds(answeredAt)
      if (oddness) (odd as Map<number, { said?: string; type?: string }>).set(size, oddness)
      size++
    }
  }
  return { ...columns, images, projects, size, imageAt, projectAt, odd }
}
