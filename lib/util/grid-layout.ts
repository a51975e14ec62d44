type GridDensity = 'roomy' | 'compact' | 'overview'

export type GridLayout = {
  density: GridDensity
  /** Distance from one cell to the next, in pixels. */
  pitchX: number
  pitchY: number
  cellWidth: number
  cellHeight: number
  /** Room above the cells for slanted column labels; 0 when there is none. */
  header: number
  /** Room before the cells for row names; 0 when there is none. */
  gutter: number
  /** Of the drawing, without the gutter. */
  width: number
  height: number
}

const HEADER = 108
const OVERHANG = 56
const GUTTER = { wide: 224, narrow: 120 }

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/**
 * Sizes of a grid of pairs. Few pairs get cells with a glyph and two-line names, hundreds get rows of
 * small cells with names, thousands an overview without words. In: counts, and the width there is in pixels;
 * the drawing may come out wider, then it is scrolled.
 */
export function layoutGrid(rows: number, columns: number, available: number): GridLayout {
  const gutter = available < 560 ? GUTTER.narrow : GUTTER.wide
  const share = (room: number) => Math.floor(room / Math.max(1, columns))
  const withLabels = share(available - gutter - OVERHANG)

  if (rows <= 12 && columns <= 24 && withLabels >= 30) {
    const pitchX = clamp(withLabels, 30, 52)
    return sized(
      { density: 'roomy', pitchX, pitchY: 52, cellWidth: pitchX - 5, cellHeight: 32 },
      HEADER,
      gutter,
    )
  }
  if (rows <= 120 && columns <= 120) {
    const isLabelled = withLabels >= 13
    const pitchX = clamp(isLabelled ? withLabels : share(available - gutter), 12, 28)
    const gap = pitchX < 16 ? 2 : 3
    const header = isLabelled ? HEADER : 0
    return sized(
      { density: 'compact', pitchX, pitchY: 23, cellWidth: pitchX - gap, cellHeight: 17 },
      header,
      gutter,
    )
  }
  const pitch = clamp(share(available), 4, 12)
  return sized(
    { density: 'overview', pitchX: pitch, pitchY: pitch, cellWidth: pitch - 1, cellHeight: pitch - 1 },
    0,
    0,
  )

  function sized(
    base: Pick<GridLayout, 'density' | 'pitchX' | 'pitchY' | 'cellWidth' | 'cellHeight'>,
    header: number,
    gutterWidth: number,
  ): GridLayout {
    return {
      ...base,
      header,
      gutter: gutterWidth,
      width: columns * base.pitchX + (header > 0 ? OVERHANG : 0),
      height: header + rows * base.pitchY,
    }
  }
}

/** Upper left corner of a cell within the drawing. Cells stand in the middle of their row. */
export function cellOrigin(layout: GridLayout, row: number, column: number): { x: number; y: number } {
  return {
    x: column * layout.pitchX,
    y: layout.header + row * layout.pitchY + Math.floor((layout.pitchY - layout.cellHeight) / 2),
  }
}

export type GridPosition = { row: number; column: number }

/** The cell under a point of the drawing, or null outside of all. */
export function cellAt(
  layout: GridLayout,
  x: number,
  y: number,
  rows: number,
  columns: number,
): GridPosition | null {
  const row = Math.floor((y - layout.header) / layout.pitchY)
  const column = Math.floor(x / layout.pitchX)
  return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null
}

/** Where a key leads from a cell, or null for keys that do not move. Home and End keep the row unless `isFar` (with Ctrl). */
export function moveInGrid(
  key: string,
  from: GridPosition,
  size: { rows: number; columns: number },
  isFar = false,
): GridPosition | null {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const to = (row: number, column: number) => ({
    row: clamp(row, 0, Math.max(0, lastRow)),
    column: clamp(column, 0, Math.max(0, lastColumn)),
  })
  switch (key) {
    case 'ArrowLeft':
      return to(from.row, isFar ? 0 : from.column - 1)
    case 'ArrowRight':
      return to(from.row, isFar ? lastColumn : from.column + 1)
    case 'ArrowUp':
      return to(isFar ? 0 : from.row - 1, from.column)
    case 'ArrowDown':
      return to(isFar ? lastRow : from.row + 1, from.column)
    case 'Home':
      return to(isFar ? 0 : from.row, 0)
    case 'End':
      return to(isFar ? lastRow : from.row, lastColumn)
    case 'PageUp':
      return to(from.row - 10, from.column)
    case 'PageDown':
      return to(from.row + 10, from.column)
    default:
      return null
  }
}
