import type { ProjectStanding } from '../contracts/audits'
import type { MemberStatus, Visibility } from '../contracts/images'
import { type AuditData, auditStatuses } from './audit-data'
import { type AuditProjects, projectLabel } from './audit-sort'

export type StatusCounts = Record<MemberStatus, number>

const countedStatuses = (data: AuditData, isCounted: (row: number) => boolean) => {
  const counts: StatusCounts = { pending: 0, accepted: 0, rejected: 0 }
  let members = 0
  for (let row = 0; row < data.size; row++) {
    if (!isCounted(row)) continue
    members++
    counts[auditStatuses[data.status[row] as number] ?? 'pending']++
  }
  return { members, counts }
}

/** What an audit says of all that one project can use. */
export const usableBy = (data: AuditData, project: string) => {
  const at = data.projectAt.get(project) ?? -1
  const { members, counts } = countedStatuses(data, (row) => data.project[row] === at)
  const own = data.images.filter(({ owner }) => owner === project).length
  const others = data.images.filter(({ owner }) => owner !== project)
  return {
    shared: members,
    counts,
    own,
    public: others.filter(({ visibility }) => visibility === 'public').length,
    community: others.filter(({ visibility }) => visibility === 'community').length,
  }
}

/** Nobody can use anything by such a recipient. */
export const isNobody = (standing: ProjectStanding | undefined): boolean =>
  standing === 'gone' || standing === 'odd'

/** What an audit says of all who can use one image; null when it has not read the image. */
export const usersOf = (data: AuditData, projects: AuditProjects, imageId: string) => {
  const at = data.imageAt.get(imageId)
  const image = at === undefined ? undefined : data.images[at]
  if (!image) return null
  // One recipient can stand there twice.
  const recipients = new Set(data.project.filter((_, row) => row < data.size && data.image[row] === at))
  const nobodies = [...recipients].filter((one) =>
    isNobody(projects.get(data.projects[one] ?? '')?.standing),
  ).length
  const counted = countedStatuses(data, (row) => data.image[row] === at)
  return { image, projects: recipients.size - nobodies, nobodies, ...counted }
}

export interface Facet<Value extends string = string> {
  value: Value
  count: number
}

/** By what the members of an audit can be told apart, most frequent first. */
export interface AuditFacets {
  owners: Facet[]
  recipients: Facet[]
  visibilities: Facet<Visibility>[]
  standings: Facet<ProjectStanding>[]
}

const add = <Value>(counts: Map<Value, number>, value: Value, count = 1) =>
  counts.set(value, (counts.get(value) ?? 0) + count)

export const facetsOf = (data: AuditData, projects: AuditProjects): AuditFacets => {
  const ofImage = new Uint32Array(data.images.length)
  const ofProject = new Uint32Array(data.projects.length)
  for (let row = 0; row < data.size; row++) {
    ofImage[data.image[row] as number] = (ofImage[data.image[row] as number] as number) + 1
    ofProject[data.project[row] as number] = (ofProject[data.project[row] as number] as number) + 1
  }
  const owners = new Map<string, number>()
  const visibilities = new Map<Visibility, number>()
  data.images.forEach(({ owner, visibility }, at) => {
    const count = ofImage[at] as number
    if (count === 0) return
    if (owner !== null) add(owners, owner, count)
    add(visibilities, visibility, count)
  })
  const recipients = new Map<string, number>()
  const standings = new Map<ProjectStanding, number>()
  data.projects.forEach((id, at) => {
    const count = ofProject[at] as number
    if (count === 0) return
    recipients.set(id, count)
    add(standings, projects.get(id)?.standing ?? 'not_told', count)
  })
  const byCount = <Value extends string>(
    counts: Map<Value, number>,
    label = (value: Value): string => value,
  ) =>
    [...counts]
      .map(([value, count]) => ({ value, count, label: label(value) }))
      .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
      .map(({ value, count }) => ({ value, count }))
  const named = (id: string) => projectLabel(projects, id)
  return {
    owners: byCount(owners, named),
    recipients: byCount(recipients, named),
    visibilities: byCount(visibilities),
    standings: byCount(standings),
  }
}
