import { describe, expect, test } from 'vitest'
import { cellAt, cellOrigin, layoutGrid, moveInGrid } from './grid-layout'

describe('layoutGrid', () => {
  test.each([
    [3, 4, 1100, 'roomy'],
    [12, 11, 800, 'roomy'],
    [3, 11, 358, 'compact'],
    [20, 40, 800, 'compact'],
    [120, 40, 1100, 'compact'],
    [121, 40, 1100, 'overview'],
    [200, 200, 1100, 'overview'],
  ] as const)('%i × %i in %i px is %s', (rows, columns, width, density) => {
    expect(layoutGrid(rows, columns, width).density).toBe(density)
  })

  test.each([
    [3, 11, 800],
    [20, 40, 800],
    [3, 11, 358],
    [200, 200, 1100],
  ])('%i × %i fits in %i px', (rows, columns, width) => {
    const layout = layoutGrid(rows, columns, width)
    expect(layout.gutter + layout.width).toBeLessThanOrEqual(width)
  })

  test('cells never vanish, however many there are', () => {
    const layout = layoutGrid(1000, 1000, 390)
    expect(layout.cellWidth).toBeGreaterThanOrEqual(3)
    expect(layout.width).toBe(1000 * layout.pitchX)
  })

  test('an empty grid has no size', () => {
    expect(layoutGrid(0, 0, 800)).toMatchObject({ height: expect.any(Number), pitchX: 52 })
  })
})

test('a cell is found where it is drawn', () => {
  const layout = layoutGrid(20, 40, 900)
  const { x, y } = cellOrigin(layout, 7, 23)
  expect(cellAt(layout, x + 1, y + 1, 20, 40)).toEqual({ row: 7, column: 23 })
  expect(cellAt(layout, x, layout.header - 1, 20, 40)).toBeNull()
  expect(cellAt(layout, 40 * layout.pitchX + 1, y, 20, 40)).toBeNull()
})

describe('moveInGrid', () => {
  const from = { row: 5, column: 5 }
  const size = { rows: 20, columns: 10 }
  test.each([
    ['ArrowLeft', false, { row: 5, column: 4 }],
    ['ArrowRight', false, { row: 5, column: 6 }],
    ['ArrowUp', false, { row: 4, column: 5 }],
    ['ArrowDown', false, { row: 6, column: 5 }],
    ['ArrowDown', true, { row: 19, column: 5 }],
    ['Home', false, { row: 5, column: 0 }],
    ['End', false, { row: 5, column: 9 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 19, column: 9 }],
    ['PageUp', false, { row: 0, column: 5 }],
    ['PageDown', false, { row: 15, column: 5 }],
    ['a', false, null],
  ])('%s (far: %s)', (key, isFar, expected) => {
    expect(moveInGrid(key, from, size, isFar)).toEqual(expected)
  })

  test('it stops at the edges', () => {
    expect(moveInGrid('ArrowRight', { row: 0, column: 9 }, size)).toEqual({ row: 0, column: 9 })
    expect(moveInGrid('ArrowUp', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 })
  })
})
