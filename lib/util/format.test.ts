import { describe, expect, test } from 'vitest'
import { formatBytes } from './format-bytes'
import { shortId } from './format-id'
import { formatDuration, formatRelative, formatUtc, parseTime } from './format-time'

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [612_000_000, '612 MB'],
    [999_600_000, '1 GB'],
    [1_800_000_000, '1.8 GB'],
    [14_100_000_000, '14.1 GB'],
    [99_960_000_000, '100 GB'],
    [2_500_000_000_000, '2.5 TB'],
    [null, null],
    [-1, null],
    [Number.NaN, null],
  ])('%s bytes', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected)
  })

  test('numbers follow the locale', () => {
    expect(formatBytes(1_800_000_000, 'de')).toMatch(/^1,8\sGB$/)
  })
})

describe('formatRelative', () => {
  const now = Date.UTC(2026, 10, 20, 12)
  const minute = 60_000
  const day = 24 * 60 * minute
  // The words are the runtime's; what is ours is the unit and the count.
  const words = new Intl.RelativeTimeFormat('en', { style: 'narrow', numeric: 'auto' })
  test.each([
    [0, 0, 'second'],
    [5_000, 0, 'second'],
    [-4_000, 0, 'second'],
    [42_000, -42, 'second'],
    [59_999, -59, 'second'],
    [5 * minute, -5, 'minute'],
    [47 * 60 * minute, -47, 'hour'],
    [49 * 60 * minute, -2, 'day'],
    [59 * day, -59, 'day'],
    [70 * day, -2, 'month'],
    [800 * day, -2, 'year'],
    [-10 * minute, 10, 'minute'],
  ] as const)('%i ms', (ago, count, unit) => {
    expect(formatRelative(now - ago, now)).toBe(words.format(count, unit))
  })
})

test('formatUtc', () => {
  const at = Date.UTC(2026, 10, 20, 9, 5, 7)
  expect(formatUtc(at)).toBe('2026-11-20 09:05 UTC')
  expect(formatUtc(at, true)).toBe('2026-11-20 09:05:07 UTC')
})

test.each([
  ['2026-11-20T19:52:00Z', Date.UTC(2026, 10, 20, 19, 52)],
  ['', null],
  [null, null],
  ['yesterday', null],
])('parseTime %s', (text, expected) => {
  expect(parseTime(text)).toBe(expected)
})

test.each([
  [-5, '0 sec'],
  [48_000, '48 sec'],
  [90_000, '1 min 30 sec'],
  [600_000, '10 min'],
  [6 * 3_600_000 + 12 * 60_000, '6 hr 12 min'],
  [72 * 3_600_000, '3 days'],
])('formatDuration %i', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected)
})

test.each([
  ['9c61004714024f9586705d090530f9fa', '9c61…f9fa'],
  ['demo', 'demo'],
])('shortId %s', (id, expected) => {
  expect(shortId(id)).toBe(expected)
})
