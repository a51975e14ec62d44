import { CELL_CODES, type CellState } from './pair-cells'

/**
 * The filled cells of a matrix, row by row and within a row from left to right. Most cells are empty, and there can be
 * millions of them, so only filled ones are kept.
 */
export interface MatrixCells {
  rows: number
  columns: number
  /** Of each row, where its cells begin; one more than there are rows. */
  starts: Uint32Array
  column: Uint32Array
  /** Character codes of CELL_CODES; upper case with a finding. */
  code: Uint8Array
  /** What the caller knows the cell by. */
  item: Uint32Array
}

/** Cells in any order, `size` of them. */
export interface LooseCells {
  size: number
  row: Uint32Array
  column: Uint32Array
  code: Uint8Array
  item: Uint32Array
}

/** The character code of a state. */
export function cellCode(state: CellState, hasFinding = false): number {
  const code = CELL_CODES[state]
  return (hasFinding ? code.toUpperCase() : code).charCodeAt(0)
}

/** Sorts cells into rows. Two on the same place keep their order. Takes time in proportion to their number alone. */
export function matrixCells(rows: number, columns: number, loose: LooseCells): MatrixCells {
  const byColumn = sorted(loose.size, columns, (index) => loose.column[index] ?? 0)
  const byRow = sorted(loose.size, rows, (index) => loose.row[byColumn.order[index] ?? 0] ?? 0)
  const cells: MatrixCells = {
    rows,
    columns,
    starts: byRow.starts,
    column: new Uint32Array(loose.size),
    code: new Uint8Array(loose.size),
    item: new Uint32Array(loose.size),
  }
  for (let place = 0; place < loose.size; place += 1) {
    const from = byColumn.order[byRow.order[place] ?? 0] ?? 0
    cells.column[place] = loose.column[from] ?? 0
    cells.code[place] = loose.code[from] ?? 0
    cells.item[place] = loose.item[from] ?? 0
  }
  return cells
}

/** Counting sort: stable, and no comparisons. */
function sorted(size: number, keys: number, keyOf: (index: number) => number) {
  const starts = new Uint32Array(keys + 1)
  for (let index = 0; index < size; index += 1) {
    const key = keyOf(index)
    starts[key + 1] = (starts[key + 1] as number) + 1
  }
  for (let key = 0; key < keys; key += 1)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
  const next = starts.slice()
  const order = new Uint32Array(size)
  for (let index = 0; index < size; index += 1) {
    const key = keyOf(index)
    const place = next[key] as number
    next[key] = place + 1
    order[place] = index
  }
  return { starts, order }
}

/** Where, within the cells of a row, those from a column on begin. */
export function firstFrom(cells: MatrixCells, row: number, column: number): number {
  let low = cells.starts[row] ?? 0
  let high = cells.starts[row + 1] ?? low
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cells.column[middle] ?? 0) < column) low = middle + 1
    else high = middle
  }
  return low
}

/** The items of a cell: usually one or none. */
export function itemsAt(cells: MatrixCells, row: number, column: number): number[] {
  const items: number[] = []
  if (row < 0 || row >= cells.rows) return items
  const end = cells.starts[row + 1] ?? 0
  for (let place = firstFrom(cells, row, column); place < end; place += 1) {
    if (cells.column[place] !== column) break
    items.push(cells.item[place] ?? 0)
  }
  return items
}

/** The filled cell nearest to a place, at most so many rows and columns away; the place itself where there is none. */
export function filledNear(
  cells: MatrixCells,
  place: { row: number; column: number },
  reach: { rows: number; columns: number },
): { row: number; column: number } {
  let best = place
  let least = Number.POSITIVE_INFINITY
  const lastRow = Math.min(cells.rows - 1, place.row + reach.rows)
  for (let row = Math.max(0, place.row - reach.rows); row <= lastRow; row += 1) {
    const end = cells.starts[row + 1] ?? 0
    for (let at = firstFrom(cells, row, place.column - reach.columns); at < end; at += 1) {
      const column = cells.column[at] ?? 0
      if (column > place.column + reach.columns) break
      const distance = Math.abs(row - place.row) + Math.abs(column - place.column)
      if (distance < least) {
        best = { row, column }
        least = distance
      }
    }
  }
  return best
}
