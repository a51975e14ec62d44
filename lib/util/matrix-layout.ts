/** From everything in one look to cells the size of a finger. */
export const matrixZooms = ['whole', 'small', 'normal', 'large'] as const
export type MatrixZoom = (typeof matrixZooms)[number]

/** A place in a matrix. Row -1 holds the column labels, column -1 the row names. */
export interface MatrixPlace {
  row: number
  column: number
}

export interface MatrixScroll {
  left: number
  top: number
}

export interface MatrixLayout {
  zoom: MatrixZoom
  rows: number
  columns: number
  /** The window through which the matrix is seen. */
  width: number
  height: number
  /** Room for row names, which stay while the cells are scrolled. */
  gutter: number
  /** Room for column labels, which stay too. */
  header: number
  /** Distance from one cell to the next. A fraction where cells are summed up. */
  pitchX: number
  pitchY: number
  cellWidth: number
  cellHeight: number
  /** Cells may be smaller than a shape, even than a pixel: what lies on one spot is painted as one. */
  isSummed: boolean
  /** Cells are large enough for a box of their own while empty, and lines for a count: all but the overviews. */
  isRoomy: boolean
  /** Of the whole drawing, names and labels included. */
  contentWidth: number
  contentHeight: number
}

interface Cell {
  pitchX: number
  pitchY: number
  width: number
  height: number
}

const cells: Record<Exclude<MatrixZoom, 'whole'>, Cell> = {
  small: { pitchX: 4, pitchY: 4, width: 3, height: 3 },
  normal: { pitchX: 26, pitchY: 23, width: 23, height: 17 },
  large: { pitchX: 32, pitchY: 30, width: 28, height: 24 },
}

/** With everything in one look, rows are low: what width there is helps them. */
const widestWhole = 8
const gutters = { wide: 236, narrow: 124 }
const headers = { roomy: 124, plain: 108 }
/** Labels lean out over the last column. */
const overhang = 56
const foot = 8

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

interface Size {
  rows: number
  columns: number
  width: number
  height: number
}

/**
 * Sizes of a matrix. In: how many rows and columns, the window there is in pixels, how near one looks.
 */
export function layoutMatrix(zoom: MatrixZoom, { rows, columns, width, height }: Size): MatrixLayout {
  const isRoomy = zoom === 'normal' || zoom === 'large'
  const gutter = width < 640 ? gutters.narrow : gutters.wide
  const header = isRoomy ? headers.roomy : headers.plain
  const room = { width: width - gutter - overhang, height: height - header - foot }
  const cell = zoom === 'whole' ? wholeCell(rows, columns, room) : cells[zoom]
  return {
    zoom,
    rows,
    columns,
    width,
    height,
    gutter,
    header,
    pitchX: cell.pitchX,
    pitchY: cell.pitchY,
    cellWidth: cell.width,
    cellHeight: cell.height,
    isSummed: zoom === 'whole',
    isRoomy,
    contentWidth: gutter + Math.ceil(columns * cell.pitchX) + overhang,
    contentHeight: header + Math.ceil(rows * cell.pitchY) + foot,
  }
}

function wholeCell(rows: number, columns: number, room: { width: number; height: number }): Cell {
  const pitchX = Math.min(widestWhole, Math.max(1, room.width) / Math.max(1, columns))
  const pitchY = Math.min(cells.small.pitchY, Math.max(1, room.height) / Math.max(1, rows))
  return { pitchX, pitchY, width: pitchX, height: pitchY }
}

/** The zooms that differ for this many cells: the whole is not offered where the small zoom shows it. */
export function zoomsFor(size: Size): MatrixZoom[] {
  const small = layoutMatrix('small', size)
  const isSmallWhole = small.contentWidth <= size.width && small.contentHeight <= size.height
  return matrixZooms.filter((zoom) => zoom !== 'whole' || !isSmallWhole)
}

/** The next zoom in a direction, or null at the end. */
export function nextZoom(zooms: readonly MatrixZoom[], zoom: MatrixZoom, step: 1 | -1): MatrixZoom | null {
  // One that is not offered lies beyond the furthest.
  return zooms[Math.max(0, zooms.indexOf(zoom)) + step] ?? null
}

/** Upper left corner of a cell in the window. */
export function cellCorner(layout: MatrixLayout, scroll: MatrixScroll, { row, column }: MatrixPlace) {
  return {
    x: layout.gutter + column * layout.pitchX - scroll.left,
    y:
      layout.header +
      row * layout.pitchY -
      scroll.top +
      (layout.isRoomy ? Math.floor((layout.pitchY - layout.cellHeight) / 2) : 0),
  }
}

/** What lies under a point of the window: a cell, a row's name, a column's label, or null. */
export function placeAt(
  layout: MatrixLayout,
  scroll: MatrixScroll,
  x: number,
  y: number,
): MatrixPlace | null {
  const isName = x < layout.gutter
  const isLabel = y < layout.header
  if (isName && isLabel) return null
  const row = isLabel ? -1 : Math.floor((y - layout.header + scroll.top) / layout.pitchY)
  // Labels lean to the right, so what is under the pointer began further left.
  const lean = isLabel ? (layout.header - y) * labelLean : 0
  const column = isName ? -1 : Math.floor((x - lean - layout.gutter + scroll.left) / layout.pitchX)
  return row < layout.rows && column < layout.columns && (isLabel ? column >= 0 : true)
    ? { row, column }
    : null
}

/** Labels stand at this angle, in degrees. */
export const labelAngle = -62
const labelLean = 1 / Math.tan((-labelAngle * Math.PI) / 180)

/** Rows and columns of which at least a part is in the window; `last` is inside. Empty: last < first. */
export function visibleCells(layout: MatrixLayout, scroll: MatrixScroll) {
  const range = (from: number, room: number, pitch: number, count: number) => ({
    first: clamp(Math.floor(from / pitch), 0, count),
    last: clamp(Math.ceil((from + room) / pitch) - 1, -1, count - 1),
  })
  return {
    rows: range(scroll.top, layout.height - layout.header, layout.pitchY, layout.rows),
    columns: range(scroll.left, layout.width - layout.gutter, layout.pitchX, layout.columns),
  }
}

/** Every how many rows or columns a name has room. */
export const nameStep = (layout: MatrixLayout) => Math.max(1, Math.ceil(15 / layout.pitchY))
export const labelStep = (layout: MatrixLayout) => Math.max(1, Math.ceil(14 / layout.pitchX))

/** The nearest scroll position that the drawing has. */
export function clampScroll(layout: MatrixLayout, { left, top }: MatrixScroll): MatrixScroll {
  return {
    left: clamp(Math.round(left), 0, Math.max(0, layout.contentWidth - layout.width)),
    top: clamp(Math.round(top), 0, Math.max(0, layout.contentHeight - layout.height)),
  }
}

/** Scrolled as little as needed to have a cell in the window, not behind names and labels. */
export function scrollTo(layout: MatrixLayout, scroll: MatrixScroll, place: MatrixPlace): MatrixScroll {
  const along = (from: number, at: number, pitch: number, room: number) =>
    clamp(from, Math.min((at + 1) * pitch + foot - room, at * pitch), at * pitch)
  const { row, column } = place
  return clampScroll(layout, {
    left: column < 0 ? scroll.left : along(scroll.left, column, layout.pitchX, layout.width - layout.gutter),
    top: row < 0 ? scroll.top : along(scroll.top, row, layout.pitchY, layout.height - layout.header),
  })
}

/** Scrolled so that what lay at a point of the window lies there still, after the zoom changed from one to the other. */
export function scrollKeeping(
  before: MatrixLayout,
  after: MatrixLayout,
  scroll: MatrixScroll,
  point: { x: number; y: number },
): MatrixScroll {
  const x = Math.max(point.x, before.gutter)
  const y = Math.max(point.y, before.header)
  return clampScroll(after, {
    left: ((x - before.gutter + scroll.left) / before.pitchX) * after.pitchX - (x - after.gutter),
    top: ((y - before.header + scroll.top) / before.pitchY) * after.pitchY - (y - after.header),
  })
}

/**
 * Where a key leads, or null for keys that don't move. Arrows reach the names and labels too; `isFar` (with Ctrl) leads
 * to the ends of the cells.
 */
export function moveInMatrix(
  key: string,
  from: MatrixPlace,
  layout: Pick<MatrixLayout, 'rows' | 'columns'> & { page: number },
  isFar = false,
): MatrixPlace | null {
  const last = { row: layout.rows - 1, column: layout.columns - 1 }
  const to = (row: number, column: number): MatrixPlace => {
    const place = { row: clamp(row, -1, last.row), column: clamp(column, -1, last.column) }
    // There is nothing in the corner.
    return place.row < 0 && place.column < 0 ? from : place
  }
  switch (key) {
    case 'ArrowLeft':
      return to(from.row, isFar ? 0 : from.column - 1)
    case 'ArrowRight':
      return to(from.row, isFar ? last.column : from.column + 1)
    case 'ArrowUp':
      return to(isFar ? 0 : from.row - 1, from.column)
    case 'ArrowDown':
      return to(isFar ? last.row : from.row + 1, from.column)
    case 'Home':
      return to(isFar ? 0 : from.row, 0)
    case 'End':
      return to(isFar ? last.row : from.row, last.column)
    case 'PageUp':
      return to(Math.max(0, from.row - layout.page), from.column)
    case 'PageDown':
      return to(from.row + layout.page, from.column)
    default:
      return null
  }
}
