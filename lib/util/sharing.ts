import type { ImageMembers, ImageSummary, Member, MemberStatus } from '../contracts/images'

export type SharingCounts = Record<MemberStatus, number> & { total: number }

/** How many members of an image stand where. */
export function countMembers(members: readonly Pick<Member, 'status'>[]): SharingCounts {
  const counts: SharingCounts = { accepted: 0, pending: 0, rejected: 0, total: members.length }
  for (const { status } of members) counts[status] += 1
  return counts
}

/**
 * Whether asking for members makes sense: Glance refuses the question for an image whose visibility forbids them. One
 * that is merely not ready may have got its members before.
 */
export function canHaveMembers({ shareObstacle }: Pick<ImageSummary, 'shareObstacle'>): boolean {
  return shareObstacle === null || shareObstacle === 'not_active'
}

export interface SharingTotals {
  sharedImages: number
  /** Distinct projects over all images read so far. */
  projects: number
  /** Images whose members are not read yet; above zero the other two are "at least". */
  unread: number
}

/** Sums over the images whose members are known. */
export function sharingTotals(
  images: readonly Pick<ImageSummary, 'id' | 'shareObstacle'>[],
  known: ReadonlyMap<string, ImageMembers>,
): SharingTotals {
  const projects = new Set<string>()
  let sharedImages = 0
  let unread = 0
  for (const image of images) {
    if (!canHaveMembers(image)) continue
    const members = known.get(image.id)?.members
    if (!members) unread += 1
    else if (members.length > 0) sharedImages += 1
    for (const { project } of members ?? []) projects.add(project)
  }
  return { sharedImages, projects: projects.size, unread }
}

export interface SharedRecipient {
  project: string
  projectName: string | null
  /** Ids of the images this project is a member of, among those asked about. */
  images: string[]
  counts: SharingCounts
}

/** Who the given images are shared with, the project with most of them first. */
export function recipientsOf(members: readonly ImageMembers[]): SharedRecipient[] {
  const byProject = new Map<string, { name: string | null; images: string[]; members: Member[] }>()
  for (const image of members) {
    for (const member of image.members) {
      const entry = byProject.get(member.project) ?? { name: member.projectName, images: [], members: [] }
      entry.images.push(image.imageId)
      entry.members.push(member)
      byProject.set(member.project, entry)
    }
  }
  return [...byProject]
    .map(([project, entry]) => ({
      project,
      projectName: entry.name,
      images: entry.images,
      counts: countMembers(entry.members),
    }))
    .sort(
      (a, b) =>
        b.images.length - a.images.length ||
        (a.projectName ?? a.project).localeCompare(b.projectName ?? b.project),
    )
}

/** The job input that removes the chosen projects from the images they are members of, and touches no other pair. */
export function stopPlan(chosen: readonly SharedRecipient[]): {
  images: string[]
  projects: string[]
  except: [image: string, project: string][]
  pairs: number
} {
  const images = [...new Set(chosen.flatMap((recipient) => recipient.images))]
  const except = chosen.flatMap(({ project, images: its }) => {
    const present = new Set(its)
    return images.filter((id) => !present.has(id)).map((id): [string, string] => [id, project])
  })
  const pairs = chosen.reduce((sum, recipient) => sum + recipient.images.length, 0)
  return { images, projects: chosen.map(({ project }) => project), except, pairs }
}
