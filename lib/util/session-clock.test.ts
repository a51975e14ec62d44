import { expect, test } from 'vitest'
import { leftOf } from './session-clock'

const minutes = (count: number) => count * 60_000

test.each([
  [60, 30, 0, { state: 'calm', leftMs: minutes(60) }],
  [60, 30, 24, { state: 'calm', leftMs: minutes(36) }],
  [60, 30, 26, { state: 'idle', leftMs: minutes(4) }],
  [60, 30, 30, { state: 'ended', leftMs: 0 }],
  [4, 30, 0, { state: 'ending', leftMs: minutes(4) }],
  [4, 3, 0, { state: 'idle', leftMs: minutes(3) }],
  [4, 4, 0, { state: 'ending', leftMs: minutes(4) }],
  [4, 30, 4, { state: 'ended', leftMs: 0 }],
])('ends in %d min, idle in %d, told %d min ago', (ends, idle, passed, expected) => {
  expect(leftOf({ endsInMs: minutes(ends), idleEndsInMs: minutes(idle) }, minutes(passed))).toEqual(expected)
})

test('nothing is said of a session that was not told', () => {
  expect(leftOf(undefined, 0).state).toBe('unknown')
})
