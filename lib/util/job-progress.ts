import type { ItemCounts, ItemState, JobFailure, JobTarget } from '../contracts/jobs'
import { itemLetters } from '../contracts/jobs'
import { shortId } from './format-id'
import { CELL_CODES, type CellState } from './pair-cells'

/** Pairs about which nothing more will be learnt. */
function settledPairs(counts: ItemCounts): number {
  return counts.done + counts.already + counts.failed + counts.skipped
}

/** Pairs the cloud has answered for: what was never sent is settled, but nothing was done about it. */
export function answeredPairs(counts: ItemCounts): number {
  return counts.done + counts.already + counts.failed
}

/** Whole per cent of the pairs that are settled, cut and never rounded up, so that 99.9 does not read 100. Null when there are none. */
export function percentSettled(counts: ItemCounts, total: number): number | null {
  if (total <= 0) return null
  return Math.min(100, Math.floor((settledPairs(counts) * 100) / total))
}

const milestones = [100, 75, 50, 25, 0] as const
export type Milestone = (typeof milestones)[number]

/** The last milestone that was reached: progress is read out at these only. */
export function reachedMilestone(percent: number | null): Milestone | null {
  return percent === null ? null : (milestones.find((step) => percent >= step) ?? null)
}

/** Milliseconds until the last pair is settled, at the pace of the last pairs; null while the pace is unknown. */
export function timeLeftMs(job: {
  counts: ItemCounts
  total: number
  msPerPair: number | null
}): number | null {
  if (job.msPerPair === null) return null
  return Math.max(0, job.total - settledPairs(job.counts)) * job.msPerPair
}

const cellOfLetter = new Map<string, string>(
  (Object.keys(itemLetters) as ItemState[]).map((state) => [itemLetters[state], CELL_CODES[state]]),
)

/** The cells of a job in the letters of the grid. */
export function outcomeCells(cells: readonly string[]): string[] {
  return cells.map((row) => Array.from(row, (letter) => cellOfLetter.get(letter) ?? CELL_CODES.none).join(''))
}

const stateOfLetter = new Map<string, ItemState>(
  (Object.keys(itemLetters) as ItemState[]).map((state) => [itemLetters[state], state]),
)

/** State of one pair; null when the job does not have it. */
export function pairState(cells: readonly string[], image: number, project: number): ItemState | null {
  return stateOfLetter.get(cells[image]?.[project] ?? '') ?? null
}

/** Where a pair stands in the list of all pairs, image by image; holes are not in that list. */
export function pairOffset(cells: readonly string[], image: number, project: number): number {
  const isPair = (letter: string) => stateOfLetter.has(letter)
  const before = cells.slice(0, image).reduce((sum, row) => sum + Array.from(row).filter(isPair).length, 0)
  return before + Array.from(cells[image]?.slice(0, project) ?? '').filter(isPair).length
}

/** Why a pair failed, if it did. */
export function pairFailure(
  failures: readonly JobFailure[],
  image: number,
  project: number,
): JobFailure | null {
  return failures.find((failure) => failure.pairs.some(([i, j]) => i === image && j === project)) ?? null
}

/** Words for many pairs: one image with several projects, several images with one project, or a bare count. */
export type PairGroup =
  | { kind: 'pair'; image: JobTarget; project: JobTarget }
  | { kind: 'image'; image: JobTarget; projects: JobTarget[] }
  | { kind: 'project'; project: JobTarget; images: JobTarget[] }
  | { kind: 'many'; pairs: number; images: number; projects: number }

/** Sums up the pairs of a failure: a fact of an image fills its row, a fact of a project its column. */
export function groupPairs(
  pairs: readonly (readonly [image: number, project: number])[],
  images: readonly JobTarget[],
  projects: readonly JobTarget[],
): PairGroup {
  const rows = [...new Set(pairs.map(([i]) => i))].flatMap((i) => images[i] ?? [])
  const columns = [...new Set(pairs.map(([, j]) => j))].flatMap((j) => projects[j] ?? [])
  const [image, project] = [rows[0], columns[0]]
  if (image && project && rows.length === 1 && columns.length === 1) return { kind: 'pair', image, project }
  if (image && rows.length === 1) return { kind: 'image', image, projects: columns }
  if (project && columns.length === 1) return { kind: 'project', project, images: rows }
  return { kind: 'many', pairs: pairs.length, images: rows.length, projects: columns.length }
}

/** The order in which outcomes are drawn and counted. */
export const outcomeOrder: readonly (ItemState & CellState)[] = [
  'done',
  'already',
  'failed',
  'skipped',
  'unknown',
  'running',
  'waiting',
]

/** What to call an image or project: its name where one is known. */
export function targetName(target: JobTarget | undefined): string {
  if (!target) return ''
  return target.name ?? shortId(target.id)
}
