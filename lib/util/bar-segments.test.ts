import { describe, expect, test } from 'vitest'
import { layoutBar } from './bar-segments'

const parts = (accepted: number, pending: number, rejected: number) => [
  { key: 'accepted', value: accepted },
  { key: 'pending', value: pending },
  { key: 'rejected', value: rejected },
]
const frame = { span: 132, gap: 2, min: 5 }

test('parts lie in order, in proportion, with gaps', () => {
  const { segments, end } = layoutBar(parts(50, 25, 0), { ...frame, total: 100 })
  expect(segments).toEqual([
    { key: 'accepted', x: 0, width: 64 },
    { key: 'pending', x: 66, width: 32 },
  ])
  expect(end).toBe(100)
})

describe('whatever the numbers are', () => {
  test.each([
    [0, 0, 0, 128],
    [1, 1, 1, 128],
    [400, 1, 1, 402],
    [127, 1, 0, 128],
    [9, 9, 9, 1],
    [100_000, 1, 1, null],
    [0, 0, 1, null],
  ])('%i, %i, %i of %s stay inside and are seen', (accepted, pending, rejected, total) => {
    const { segments, end } = layoutBar(parts(accepted, pending, rejected), { ...frame, total })
    let x = 0
    for (const segment of segments) {
      expect(segment.x).toBeGreaterThanOrEqual(x)
      expect(segment.width).toBeGreaterThanOrEqual(frame.min - 0.001)
      x = segment.x + segment.width
    }
    expect(x).toBeLessThanOrEqual(frame.span + 0.001)
    expect(end).toBeLessThanOrEqual(frame.span)
    expect(segments).toHaveLength([accepted, pending, rejected].filter((value) => value > 0).length)
  })
})

test('what is left of the limit is never drawn as full', () => {
  const { end } = layoutBar(parts(9999, 0, 0), { ...frame, total: 10_000 })
  expect(end).toBeLessThan(frame.span)
})

test('a full bar reaches the end', () => {
  const { segments } = layoutBar(parts(100, 27, 1), { ...frame, total: 128 })
  const last = segments.at(-1)
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(frame.span)
})
