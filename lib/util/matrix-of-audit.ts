import { type AuditData, auditStatuses } from './audit-data'
import { type AuditRanks, sortedBy } from './audit-sort'
import { cellCode, type LooseCells, type MatrixCells, matrixCells } from './matrix-cells'

export interface MatrixOrder {
  /** Else by name. */
  isFullestImageFirst: boolean
  isFullestProjectFirst: boolean
}

/** Images down, projects across: those with a member that is shown. */
export interface AuditMatrixShape {
  /** Of each row its image, of each column its project, as places in the audit. */
  images: Int32Array
  projects: Int32Array
  /** Of each row its members, of each column its images. */
  imageCounts: Uint32Array
  projectCounts: Uint32Array
  /** 1 where everything in the row or column is part of a finding. */
  isImageMarked: Uint8Array
  isProjectMarked: Uint8Array
  /** Items are members, by their place in the audit. */
  cells: MatrixCells
}

const absent = 0xffff_ffff

/** Counts how often each value occurs, and how often with a mark. */
interface Tally {
  counts: Uint32Array
  marked: Uint32Array
}

/** The values that occur, in their order, and where each value then stands. */
function line({ counts, marked }: Tally, ranks: Uint32Array, isFullestFirst: boolean) {
  const places = Int32Array.from(counts, (_, at) => at).filter((at) => counts[at] !== 0)
  const named = sortedBy(
    places,
    Uint32Array.from(places, (at) => ranks[at] ?? 0),
  )
  const order = isFullestFirst
    ? sortedBy(
        named,
        Uint32Array.from(named, (at) => absent - (counts[at] as number)),
      )
    : named
  const placeOf = new Uint32Array(counts.length)
  order.forEach((at, place) => {
    placeOf[at] = place
  })
  return {
    order,
    placeOf,
    counts: Uint32Array.from(order, (at) => counts[at] as number),
    isMarked: Uint8Array.from(order, (at) => (marked[at] === counts[at] ? 1 : 0)),
  }
}

const plainCodes = Uint8Array.from(auditStatuses, (status) => cellCode(status))
const markedCodes = Uint8Array.from(auditStatuses, (status) => cellCode(status, true))

const emptyTally = (size: number): Tally => ({ counts: new Uint32Array(size), marked: new Uint32Array(size) })

function add({ counts, marked }: Tally, at: number, mark: number) {
  counts[at] = (counts[at] as number) + 1
  marked[at] = (marked[at] as number) + mark
}

/**
 * Lays the shown members of an audit out as a matrix. In: places of members, and those that are part of a finding. Takes
 * time in proportion to the number of members; names are compared by their ranks.
 */
export function matrixOfAudit(
  data: AuditData,
  ranks: AuditRanks,
  shown: Int32Array,
  marked: ReadonlySet<number>,
  order: MatrixOrder,
): AuditMatrixShape {
  const size = shown.length
  const isMarked = new Uint8Array(size)
  const images = emptyTally(data.images.length)
  const projects = emptyTally(data.projects.length)
  for (let at = 0; at < size; at += 1) {
    const member = shown[at] as number
    const mark = marked.has(member) ? 1 : 0
    isMarked[at] = mark
    add(images, data.image[member] as number, mark)
    add(projects, data.project[member] as number, mark)
  }
  const down = line(images, ranks.image(), order.isFullestImageFirst)
  const across = line(projects, ranks.recipient(), order.isFullestProjectFirst)

  const loose: LooseCells = {
    size,
    row: new Uint32Array(size),
    column: new Uint32Array(size),
    code: new Uint8Array(size),
    item: new Uint32Array(shown),
  }
  for (let at = 0; at < size; at += 1) {
    const member = shown[at] as number
    const code = isMarked[at] ? markedCodes : plainCodes
    loose.row[at] = down.placeOf[data.image[member] as number] as number
    loose.column[at] = across.placeOf[data.project[member] as number] as number
    loose.code[at] = code[data.status[member] as number] as number
  }
  return {
    images: down.order,
    projects: across.order,
    imageCounts: down.counts,
    projectCounts: across.counts,
    isImageMarked: down.isMarked,
    isProjectMarked: across.isMarked,
    cells: matrixCells(down.order.length, across.order.length, loose),
  }
}
