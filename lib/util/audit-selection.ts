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

/**
 * Whether a share can be ended from here: by the owner's side, by a project that does not only read, not for what is no
 * project of this cloud, nor for what no call can address.
 */
export const canStop = (data: AuditData, row: number, readOnly: ReadonlySet<string>): boolean => {
  const image = row < data.size ? data.images[data.image[row] as number] : undefined
  return (
    image?.side === 'owner' &&
    !readOnly.has(image.via) &&
    data.odd.get(row)?.type === undefined &&
    canBeStopped(data.projects[data.project[row] as number] as string)
  )
}

/** Gives all rows that can be stopped the same state: ticked, unless each of them is already. */
export const toggleRows = (
  data: AuditData,
  ticked: TickedPairs,
  rows: Iterable<number>,
  readOnly: ReadonlySet<string>,
): TickedPairs => {
  const pairs = new Set<number>()
  for (const row of rows) if (canStop(data, row, readOnly)) pairs.add(pairOf(data, row))
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

/** The shares of some rows, by ids and names, as the act that ends them wants them: with every row of a pair. */
export const sharesAt = (
  data: AuditData,
  projects: AuditProjects,
  rows: readonly number[],
): (StoppedShare & { imageName: string; projectName: string | null })[] =>
  withTwins(data, rows).flatMap((row) => {
    const image = data.images[data.image[row] as number]
    const project = data.projects[data.project[row] as number]
    if (!image || project === undefined) return []
    const { id: imageId, name: imageName, via } = image
    return [{ imageId, imageName, via, project, projectName: projects.get(project)?.name ?? null }]
  })

/** Some rows, then what else stands for a pair of theirs. */
function withTwins(data: AuditData, rows: readonly number[]): number[] {
  const pairs = new Set(rows.map((row) => pairOf(data, row)))
  const all = new Set(rows)
  for (let row = 0; row < data.size; row++) if (pairs.has(pairOf(data, row))) all.add(row)
  return [...all]
}
