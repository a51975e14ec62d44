import { describe, expect, test } from 'vitest'
import { cellCode, filledNear, firstFrom, itemsAt, type LooseCells, matrixCells } from './matrix-cells'

const loose = (list: readonly (readonly [row: number, column: number])[]): LooseCells => ({
  size: list.length,
  row: Uint32Array.from(list, ([row]) => row),
  column: Uint32Array.from(list, ([, column]) => column),
  code: Uint8Array.from(list, () => cellCode('accepted')),
  item: Uint32Array.from(list, (_, at) => at),
})

const cells = matrixCells(
  4,
  5,
  loose([
    [2, 4],
    [0, 3],
    [2, 0],
    [2, 4],
    [0, 1],
  ]),
)

test('cells are found by their place, with all that lies on it', () => {
  expect(itemsAt(cells, 0, 1)).toEqual([4])
  expect(itemsAt(cells, 0, 3)).toEqual([1])
  expect(itemsAt(cells, 2, 4)).toEqual([0, 3])
  for (const [row, column] of [
    [0, 0],
    [1, 3],
    [3, 4],
    [-1, 0],
    [4, 0],
  ] as const) {
    expect(itemsAt(cells, row, column)).toEqual([])
  }
})

test('a row is read from a column on', () => {
  expect(cells.column[firstFrom(cells, 0, 2)]).toBe(3)
  expect(firstFrom(cells, 0, 4)).toBe(cells.starts[1])
})

test('every cell of many is where it was put', () => {
  const list = Array.from({ length: 5000 }, (_, at) => [(at * 7919) % 300, (at * 104_729) % 90] as const)
  const many = matrixCells(300, 90, loose(list))
  list.forEach(([row, column], at) => {
    expect(itemsAt(many, row, column)).toContain(at)
  })
  expect(many.starts[300]).toBe(5000)
})

describe('filledNear', () => {
  test('the nearest within reach, else the place itself', () => {
    expect(filledNear(cells, { row: 1, column: 1 }, { rows: 1, columns: 1 })).toEqual({ row: 0, column: 1 })
    expect(filledNear(cells, { row: 3, column: 2 }, { rows: 1, columns: 1 })).toEqual({ row: 3, column: 2 })
    expect(filledNear(cells, { row: 3, column: 2 }, { rows: 3, columns: 5 })).toEqual({ row: 2, column: 0 })
  })
})

test('no cells at all', () => {
  expect(itemsAt(matrixCells(0, 0, loose([])), 0, 0)).toEqual([])
})
