import type { MatrixCells } from '@/lib/util/matrix-cells'
import type { MatrixLayout, MatrixPlace, MatrixScroll } from '@/lib/util/matrix-layout'
import type { MatrixInks } from './matrix-inks'

/** A row or a column. */
export interface MatrixLine {
  id: string
  /** Upstream text. */
  label: string
  /** Of its filled cells. */
  count: number
  /** A fact that concerns the whole of it. */
  isMarked?: boolean
}

/** What one painting of a matrix shows. */
export interface MatrixFrame {
  rows: readonly MatrixLine[]
  columns: readonly MatrixLine[]
  cells: MatrixCells
  layout: MatrixLayout
  scroll: MatrixScroll
  /** Under the pointer, or in the keyboard's hand. */
  active: MatrixPlace | null
  inks: MatrixInks
  /** Device pixels in one of the page. */
  scale: number
  /** What was made for earlier frames with the same inks, sizes and cells. */
  cache: MatrixCache
}

/** A cell as pixels to be copied: where each lies, seen from the cell's corner, and its colour. */
export interface Dot {
  x: Int8Array
  y: Int8Array
  colour: Uint32Array
}

export interface MatrixCache {
  sprites: Map<number, HTMLCanvasElement>
  strip: HTMLCanvasElement | null
  dots: Map<number, Dot>
  /** The ground of cells as it lies in memory. */
  ground: number | null
  sums: HTMLCanvasElement | null
  /** Texts cut to their room, by line. */
  names: Map<string, string>
}

export const freshCache = (): MatrixCache => ({
  sprites: new Map(),
  strip: null,
  dots: new Map(),
  ground: null,
  sums: null,
  names: new Map(),
})
