import type { AuditFindings, AuditProject, Finding } from '@/lib/contracts/audits'
import type { AuditData } from '@/lib/util/audit-data'
import type { ShareToStop } from './stop-shares-dialog'

export interface FindingShares {
  /** Those that the side of the owner can end from here. */
  ours: ShareToStop[]
  /** Those of images of projects in which we only read. */
  locked: number
  /** Those of images that others offered to us. */
  theirs: number
}

/**
 * The shares a finding is about: its own pairs, and every member of an image that it is about as a whole. Members that are
 * no projects are left out: no call of ours ends them.
 */
export function sharesOf(
  finding: Finding,
  { images, projects: ids }: Pick<AuditFindings, 'images' | 'projects'>,
  data: AuditData,
  projects: ReadonlyMap<string, AuditProject>,
  readOnly: ReadonlySet<string>,
): FindingShares {
  const whole = new Set<number>()
  const pairs = new Map<number, Set<string>>()
  for (const [imageIndex, projectIndex] of finding.rows) {
    const image = data.imageAt.get(images[imageIndex] ?? '')
    const project = projectIndex === null ? null : ids[projectIndex]
    if (image === undefined || project === undefined) continue
    if (project === null) whole.add(image)
    else pairs.set(image, (pairs.get(image) ?? new Set()).add(project))
  }

  const shares: FindingShares = { ours: [], locked: 0, theirs: 0 }
  for (let row = 0; row < data.size; row++) {
    const at = data.image[row] ?? -1
    const image = data.images[at]
    const project = data.projects[data.project[row] ?? -1]
    if (!image || project === undefined || data.odd.get(row)?.type !== undefined) continue
    if (!whole.has(at) && !pairs.get(at)?.has(project)) continue
    if (image.side === 'recipient') shares.theirs++
    else if (readOnly.has(image.via)) shares.locked++
    else {
      const { id: imageId, name: imageName, via } = image
      shares.ours.push({ imageId, imageName, via, project, projectName: projects.get(project)?.name ?? null })
    }
  }
  return shares
}
