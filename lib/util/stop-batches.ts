import { isPathPart } from './path-part'
import { maxCellsPerJob, maxPairsPerJob, maxTargetsPerJob } from './share-plan'

/** A member whose access is to end. */
export interface StoppedShare {
  imageId: string
  /** The project of ours to act from. */
  via: string
  /** The recipient, any string. */
  project: string
}

/** What one job takes: images and projects, and which pairs of them, as indexes into both. */
export interface StopBatch {
  via: string
  images: string[]
  projects: string[]
  only: [image: number, project: number][]
  /** Images on which one of the projects stands more than once. */
  twice: string[]
}

/** The most pairs of a job, images and projects of each, and cells of the grid they make. */
interface BatchLimits {
  pairs: number
  targets: number
  cells: number
}

/** The longest text a job takes as a recipient. */
const longestId = 255

/** Whether some call can remove this member: its id has to stand in an address. */
export const canBeStopped = (project: string): boolean =>
  project.length <= longestId && project.isWellFormed() && isPathPart(project)

/**
 * Splits shares into jobs: one for each project to act from, more where one would be too long. A pair given twice is sent
 * once, and its image named. Shares that no call can address are counted and left out.
 */
export function stopBatches(
  shares: readonly StoppedShare[],
  limits: BatchLimits = { pairs: maxPairsPerJob, targets: maxTargetsPerJob, cells: maxCellsPerJob },
): { batches: StopBatch[]; pairs: number; leftOut: number } {
  const open = new Map<string, BatchInWork>()
  const batches: StopBatch[] = []
  const seen = new Map<string, BatchInWork>()
  const unreachable = new Set<string>()
  for (const share of shares) {
    const key = JSON.stringify([share.via, share.imageId, share.project])
    const known = seen.get(key)
    if (!canBeStopped(share.project)) unreachable.add(key)
    else if (known) known.addAgain(share)
    else {
      let batch = open.get(share.via)
      if (!batch?.takes(share, limits)) {
        batch = new BatchInWork(share.via)
        open.set(share.via, batch)
        batches.push(batch.result)
      }
      batch.add(share)
      seen.set(key, batch)
    }
  }
  return { batches, pairs: seen.size, leftOut: unreachable.size }
}

class BatchInWork {
  readonly result: StopBatch
  readonly #imageAt = new Map<string, number>()
  readonly #projectAt = new Map<string, number>()

  constructor(via: string) {
    this.result = { via, images: [], projects: [], only: [], twice: [] }
  }

  takes({ imageId, project }: StoppedShare, limits: BatchLimits): boolean {
    const images = this.result.images.length + (this.#imageAt.has(imageId) ? 0 : 1)
    const projects = this.result.projects.length + (this.#projectAt.has(project) ? 0 : 1)
    return (
      this.result.only.length < limits.pairs &&
      images <= limits.targets &&
      projects <= limits.targets &&
      images * projects <= limits.cells
    )
  }

  add({ imageId, project }: StoppedShare): void {
    const { images, projects, only } = this.result
    only.push([placeOf(imageId, images, this.#imageAt), placeOf(project, projects, this.#projectAt)])
  }

  addAgain({ imageId }: StoppedShare): void {
    if (!this.result.twice.includes(imageId)) this.result.twice.push(imageId)
  }
}

function placeOf(id: string, ids: string[], places: Map<string, number>): number {
  const known = places.get(id)
  if (known !== undefined) return known
  places.set(id, ids.length)
  return ids.push(id) - 1
}
