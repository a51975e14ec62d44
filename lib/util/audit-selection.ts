import type { AuditData } from './audit-data'
import type { AuditProjects } from './audit-sort'
import { canBeStopped, type StoppedShare } from './stop-batches'

/**
 * What is ticked: pairs of an image and a project, which stay the same while an audit is read. Rows that stand for one
 * pair twice are ticked together.
 */
export type TickedPairs = ReadonlySet<number>

const most = 2 ** 24

export const pairOf = (data: AuditData, row: number): number =>
  (data.image[row] as number) * most + (data.project[row] as number)

/** Whether a share can be ended from here: by the owner's side, not for what is no project of this cloud, nor for what no call can address. */
export const canStop = (data: AuditData, row: number): boolean =>
  row < data.size &&
  data.images[data.image[row] as number]?.side === 'owner' &&
  data.odd.get(row)?.type === undefined &&
  canBeStopped(data.projects[data.project[row] as number] as string)

/** Gives all rows the same state: ticked, unless each of them is already. */
export const toggleRows = (data: AuditData, ticked: TickedPairs, rows: Iterable<number>): TickedPairs => {
  const pairs = new Set<number>()
  for (const row of rows) if (canStop(data, row)) pairs.add(pairOf(data, row))
  const isAll = [...pairs].every((pair) => ticked.has(pair))
  const next = new Set(ticked)
  for (const pair of pairs) {
    if (isAll) next.delete(pair)
    else next.add(pair)
  }
  return next
}

/** The rows among `rows` that are ticked. */
export const tickedRows = (data: AuditData, ticked: TickedPairs, rows: Int32Array): number[] => {
  if (ticked.size === 0) return []
  const found: number[] = []
  for (const row of rows) if (ticked.has(pairOf(data, row))) found.push(row)
  return found
}

/** The shares of some rows, by ids and names, as the act that ends them wants them. */
export const sharesAt = (
  data: AuditData,
  projects: AuditProjects,
  rows: readonly number[],
): (StoppedShare & { imageName: string; projectName: string | null })[] =>
  rows.flatMap((row) => {
    const image = data.images[data.image[row] as number]
    const project = data.projects[data.project[row] as number]
    if (!image || project === undefined) return []
    const { id: imageId, name: imageName, via } = image
    return [{ imageId, imageName, via, project, projectName: projects.get(project)?.name ?? null }]
  })
