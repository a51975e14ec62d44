import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemChance, systemClock } from './clock'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the system’s clock', () => {
  test('sleeps as long as it is told to', async () => {
    let awake = false
    const asleep = systemClock.sleep(1_000).then(() => {
      awake = true
    })
    await vi.advanceTimersByTimeAsync(999)
    expect(awake).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await asleep
    expect(awake).toBe(true)
  })

  test('wakes by a signal, with its reason, and leaves no timer behind', async () => {
    const over = new AbortController()
    const asleep = systemClock.sleep(1_000, over.signal)
    over.abort(new Error('enough'))
    await expect(asleep).rejects.toThrow('enough')
    expect(vi.getTimerCount()).toBe(0)
    await expect(systemClock.sleep(1_000, over.signal)).rejects.toThrow('enough')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not keep listening to a signal that was not needed', async () => {
    const over = new AbortController()
    const removed = vi.spyOn(over.signal, 'removeEventListener')
    const asleep = systemClock.sleep(10, over.signal)
    await vi.advanceTimersByTimeAsync(10)
    await asleep
    expect(removed).toHaveBeenCalledOnce()
  })
})

test('chance stays below its bound, and a bound of nothing is nothing', () => {
  for (let round = 0; round < 200; round += 1) {
    const ms = systemChance.jitterMs(3)
    expect([0, 1, 2]).toContain(ms)
  }
  expect(systemChance.jitterMs(0)).toBe(0)
  expect(systemChance.bytes(32)).toHaveLength(32)
})
