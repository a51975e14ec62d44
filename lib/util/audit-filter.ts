import type { AuditFindings, FindingKind, ProjectStanding } from '../contracts/audits'
import type { MemberStatus, Visibility } from '../contracts/images'
import { type AuditData, auditStatuses } from './audit-data'
import type { AuditProjects } from './audit-sort'
import { entryOfImage } from './audit-view'

/** Empty texts filter nothing. */
export interface AuditFilter {
  /** Words that stand in the names or ids of image, owner or recipient. */
  text: string
  status: MemberStatus | ''
  standing: ProjectStanding | ''
  visibility: Visibility | ''
  /** Ids. */
  owner: string
  recipient: string
  image: string
}

/** What a finding is about: members by their place in the columns, and images. */
export interface Marks {
  members: ReadonlySet<number>
  images: ReadonlySet<number>
}

/** Where the rows of findings stand in the audit. Images found for themselves mark their members too. */
export const marksOf = (
  data: AuditData,
  found: AuditFindings | undefined,
  kind: FindingKind | null,
): Marks => {
  const members = new Set<number>()
  const pairs = new Map<number, Set<number> | 'all'>()
  const imageAt = found?.images.map((id) => data.imageAt.get(id))
  const projectAt = found?.projects.map((id) => data.projectAt.get(id))
  for (const finding of found?.findings ?? []) {
    if (kind !== null && finding.kind !== kind) continue
    for (const [foundImage, foundProject] of finding.rows) {
      const image = imageAt?.[foundImage]
      const project = foundProject === null ? null : projectAt?.[foundProject]
      if (image === undefined) continue
      const known = pairs.get(image)
      if (known === 'all') continue
      if (project === null) pairs.set(image, 'all')
      else if (known === undefined) pairs.set(image, new Set(project === undefined ? [] : [project]))
      else if (project !== undefined) known.add(project)
    }
  }
  if (pairs.size > 0) {
    for (let row = 0; row < data.size; row++) {
      const marked = pairs.get(data.image[row] as number)
      if (marked === 'all' || marked?.has(data.project[row] as number)) members.add(row)
    }
  }
  return { members, images: new Set(pairs.keys()) }
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean)

/** Per image and per project, whether each word stands in its names and ids. One bit a word; more than 16 are not looked at. */
const hits = (words: readonly string[], texts: readonly string[]): Uint16Array =>
  Uint16Array.from(texts, (text) => {
    const lower = text.toLowerCase()
    return words.reduce((bits, word, at) => (lower.includes(word) ? bits | (1 << at) : bits), 0)
  })

const named = (projects: AuditProjects, id: string | null) =>
  id === null ? '' : `${projects.get(id)?.name ?? ''}\n${id}`

/**
 * The members that fit, in the order they were read. With a finding, also the images it is about that have no members:
 * they stand for themselves, and fit no filter on members.
 */
export const filterEntries = (
  data: AuditData,
  projects: AuditProjects,
  filter: AuditFilter,
  marks: Marks | null,
): Int32Array => {
  const words = wordsOf(filter.text).slice(0, 16)
  const wanted = 2 ** words.length - 1
  const imageHits = hits(
    words,
    words.length === 0
      ? []
      : data.images.map(({ id, name, owner }) => `${name}\n${id}\n${named(projects, owner)}`),
  )
  const projectHits = hits(words, words.length === 0 ? [] : data.projects.map((id) => named(projects, id)))
  const status = filter.status === '' ? -1 : auditStatuses.indexOf(filter.status)
  const recipient = filter.recipient === '' ? -1 : (data.projectAt.get(filter.recipient) ?? -2)
  const standings =
    filter.standing === ''
      ? null
      : data.projects.map((id) => (projects.get(id)?.standing ?? 'not_told') === filter.standing)
  const imageFits = data.images.map(
    ({ id, owner, visibility }) =>
      (filter.visibility === '' || visibility === filter.visibility) &&
      (filter.image === '' || id === filter.image) &&
      (filter.owner === '' || owner === filter.owner),
  )

  const kept = new Int32Array(data.size + (marks?.images.size ?? 0))
  let count = 0
  for (let row = 0; row < data.size; row++) {
    if (marks !== null && !marks.members.has(row)) continue
    if (status !== -1 && data.status[row] !== status) continue
    const project = data.project[row] as number
    if (recipient !== -1 && project !== recipient) continue
    if (standings !== null && !standings[project]) continue
    const image = data.image[row] as number
    if (!imageFits[image]) continue
    if (wanted !== 0 && ((imageHits[image] as number) | (projectHits[project] as number)) !== wanted) continue
    kept[count++] = row
  }
  if (marks !== null && status === -1 && recipient === -1 && standings === null) {
    const withMembers = new Set<number>()
    for (const row of marks.members) withMembers.add(data.image[row] as number)
    for (const image of marks.images) {
      if (withMembers.has(image) || !imageFits[image]) continue
      if (wanted !== 0 && imageHits[image] !== wanted) continue
      kept[count++] = entryOfImage(data, image)
    }
  }
  return kept.slice(0, count)
}

/** The kinds of findings that a share is part of, or an image without members. */
export const kindsAt = (
  found: AuditFindings | undefined,
  image: string,
  project: string | null,
): FindingKind[] => {
  if (!found) return []
  const imageAt = found.images.indexOf(image)
  const projectAt = project === null ? null : found.projects.indexOf(project)
  return found.findings
    .filter(({ rows }) =>
      rows.some(
        ([rowImage, rowProject]) => rowImage === imageAt && (rowProject === null || rowProject === projectAt),
      ),
    )
    .map(({ kind }) => kind)
}
