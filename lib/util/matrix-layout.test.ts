import { describe, expect, test } from 'vitest'
import {
  cellCorner,
  clampScroll,
  labelStep,
  layoutMatrix,
  matrixZooms,
  moveInMatrix,
  nameStep,
  nextZoom,
  placeAt,
  scrollKeeping,
  scrollTo,
  visibleCells,
  zoomsFor,
} from './matrix-layout'

const size = { rows: 1000, columns: 200, width: 1100, height: 640 }
const huge = { ...size, rows: 10_000, columns: 500 }
const start = { left: 0, top: 0 }

describe('layoutMatrix', () => {
  test.each([size, huge, { ...size, width: 358 }, { ...size, rows: 1, columns: 1 }])(
    'the whole has room in its window: %o',
    (all) => {
      const layout = layoutMatrix('whole', all)
      expect(layout.contentWidth).toBeLessThanOrEqual(all.width)
      expect(layout.contentHeight).toBeLessThanOrEqual(all.height)
    },
  )

  test('every zoom but the whole has cells that are shapes, however many there are', () => {
    expect(layoutMatrix('whole', huge).isSummed).toBe(true)
    for (const zoom of ['small', 'normal', 'large'] as const) {
      const layout = layoutMatrix(zoom, huge)
      expect(layout.isSummed).toBe(false)
      expect(Math.min(layout.cellWidth, layout.cellHeight)).toBeGreaterThanOrEqual(3)
    }
  })

  test('nearer is larger, and the largest is wide enough for a finger', () => {
    const pitches = matrixZooms.map((zoom) => layoutMatrix(zoom, huge).pitchY)
    expect(pitches.toSorted((a, b) => a - b)).toEqual(pitches)
    const large = layoutMatrix('large', size)
    expect(Math.min(large.cellWidth, large.cellHeight)).toBeGreaterThanOrEqual(24)
  })

  test('names stand at least a line apart', () => {
    for (const zoom of matrixZooms) {
      const layout = layoutMatrix(zoom, huge)
      expect(nameStep(layout) * layout.pitchY).toBeGreaterThanOrEqual(15)
      expect(labelStep(layout) * layout.pitchX).toBeGreaterThanOrEqual(14)
    }
    expect(nameStep(layoutMatrix('normal', size))).toBe(1)
  })
})

test('the whole is offered where the small zoom does not show it', () => {
  expect(zoomsFor(size)).toEqual(['whole', 'small', 'normal', 'large'])
  expect(zoomsFor({ ...size, rows: 20, columns: 36 })).toEqual(['small', 'normal', 'large'])
})

test('zooming ends at both ends', () => {
  const zooms = zoomsFor({ ...size, rows: 20, columns: 36 })
  expect(nextZoom(zooms, 'small', 1)).toBe('normal')
  expect(nextZoom(zooms, 'small', -1)).toBeNull()
  expect(nextZoom(zooms, 'large', 1)).toBeNull()
  // From an address of a larger audit.
  expect(nextZoom(zooms, 'whole', 1)).toBe('normal')
})

describe('placeAt', () => {
  const layout = layoutMatrix('normal', size)
  const scroll = { left: 517, top: 1303 }

  test('a cell is found where it is drawn', () => {
    const { x, y } = cellCorner(layout, scroll, { row: 70, column: 30 })
    expect(placeAt(layout, scroll, x + 1, y + 1)).toEqual({ row: 70, column: 30 })
  })

  test('names and labels too, and nothing in the corner or beyond the last', () => {
    expect(placeAt(layout, start, 10, layout.header + 1)).toEqual({ row: 0, column: -1 })
    expect(placeAt(layout, start, layout.gutter + 30, layout.header - 1)).toEqual({ row: -1, column: 1 })
    expect(placeAt(layout, start, 10, 10)).toBeNull()
    const few = layoutMatrix('normal', { ...size, rows: 2, columns: 2 })
    expect(placeAt(few, start, few.gutter + 3 * few.pitchX, few.header + 5)).toBeNull()
    expect(placeAt(few, start, few.gutter + 5, few.header + 3 * few.pitchY)).toBeNull()
  })

  test('a label is found along its slant', () => {
    const high = 80
    const x = layout.gutter + 5.5 * layout.pitchX + high / Math.tan((62 * Math.PI) / 180)
    expect(placeAt(layout, start, x, layout.header - high)).toEqual({ row: -1, column: 5 })
  })
})

test('only what the window shows is asked for', () => {
  const layout = layoutMatrix('normal', huge)
  const { rows, columns } = visibleCells(layout, { left: 260, top: 2300 })
  expect(rows.first).toBe(100)
  expect(rows.last - rows.first).toBeLessThan(640 / layout.pitchY)
  expect(columns.first).toBe(10)
  const end = visibleCells(layout, clampScroll(layout, { left: 1e9, top: 1e9 }))
  expect([end.rows.last, end.columns.last]).toEqual([9999, 499])
})

describe('scrollTo', () => {
  const layout = layoutMatrix('normal', size)

  test.each([
    [{ row: 999, column: 199 }, start],
    [
      { row: 0, column: 0 },
      { left: 3000, top: 9000 },
    ],
    [
      { row: 500, column: 3 },
      { left: 2000, top: 0 },
    ],
  ])('%o comes into the window', (place, scroll) => {
    const { x, y } = cellCorner(layout, scrollTo(layout, scroll, place), place)
    expect(x).toBeGreaterThanOrEqual(layout.gutter)
    expect(x + layout.cellWidth).toBeLessThanOrEqual(layout.width)
    expect(y).toBeGreaterThanOrEqual(layout.header)
    expect(y + layout.cellHeight).toBeLessThanOrEqual(layout.height)
  })

  test('what is in the window stays where it is; names and labels always are', () => {
    const scroll = { left: 700, top: 900 }
    expect(scrollTo(layout, scroll, { row: 45, column: 35 })).toEqual(scroll)
    expect(scrollTo(layout, scroll, { row: -1, column: 35 })).toEqual(scroll)
  })
})

test('zooming keeps what is under the pointer there', () => {
  const point = { x: 700, y: 400 }
  const near = layoutMatrix('normal', size)
  const far = layoutMatrix('small', size)
  const scroll = { left: 2000, top: 9000 }
  const under = placeAt(near, scroll, point.x, point.y)
  const after = scrollKeeping(near, far, scroll, point)
  const then = placeAt(far, after, point.x, point.y)
  // All columns are in the window then: only rows can be kept.
  expect(Math.abs((then?.row ?? -9) - (under?.row ?? 0))).toBeLessThanOrEqual(2)
  const back = scrollKeeping(far, near, after, point)
  expect(Math.abs(back.top - scroll.top)).toBeLessThanOrEqual(near.pitchY)
})

describe('moveInMatrix', () => {
  const layout = { rows: 20, columns: 10, page: 5 }
  const from = { row: 5, column: 5 }
  test.each([
    ['ArrowLeft', false, { row: 5, column: 4 }],
    ['ArrowUp', false, { row: 4, column: 5 }],
    ['ArrowUp', true, { row: 0, column: 5 }],
    ['ArrowRight', true, { row: 5, column: 9 }],
    ['Home', false, { row: 5, column: 0 }],
    ['End', true, { row: 19, column: 9 }],
    ['PageDown', false, { row: 10, column: 5 }],
    ['PageUp', false, { row: 0, column: 5 }],
    ['a', false, null],
  ])('%s (far: %s)', (key, isFar, expected) => {
    expect(moveInMatrix(key, from, layout, isFar)).toEqual(expected)
  })

  test('arrows reach names and labels, but not the corner', () => {
    expect(moveInMatrix('ArrowLeft', { row: 5, column: 0 }, layout)).toEqual({ row: 5, column: -1 })
    expect(moveInMatrix('ArrowUp', { row: 0, column: 5 }, layout)).toEqual({ row: -1, column: 5 })
    expect(moveInMatrix('ArrowUp', { row: 0, column: -1 }, layout)).toEqual({ row: 0, column: -1 })
    expect(moveInMatrix('ArrowDown', { row: 19, column: 5 }, layout)).toEqual({ row: 19, column: 5 })
  })
})
