import { describe, expect, test } from 'vitest'
import { FakeClock } from '../testing/fake-clock'
import type { Outcome } from './item-rows'
import { createOutcomeWriter } from './outcome-writer'

const outcome = (seq: number): Outcome => ({
  seq,
  state: 'done',
  code: null,
  values: null,
  upstreamRequestId: null,
  finishedAt: null,
})

/** A writer whose store keeps what it is given until it is let go. */
function writing(pace?: { chunk?: number; gatherMs?: number }) {
  const clock = new FakeClock()
  const batches: number[][] = []
  const waiting: { resolve(): void; reject(error: Error): void }[] = []
  const writer = createOutcomeWriter(
    (outcomes) => {
      batches.push(outcomes.map(({ seq }) => seq))
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    clock,
    pace,
  )
  const add = (from: number, to: number) => {
    for (let seq = from; seq <= to; seq += 1) writer.add(outcome(seq))
  }
  const store = async (error?: Error) => {
    const next = waiting.shift()
    if (error) next?.reject(error)
    else next?.resolve()
    await clock.advance(0)
  }
  return { clock, writer, batches, add, store }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('outcomes', () => {
  test('are stored after a moment, together', async () => {
    const { clock, batches, add } = writing()
    add(1, 3)
    await clock.advance(49)
    expect(batches).toEqual([])
    await clock.advance(1)
    expect(batches).toEqual([[1, 2, 3]])
    expect(clock.sleeping()).toEqual([])
  })

  test('after the first ones are gathered for as long as was asked', async () => {
    const { clock, batches, add, store } = writing({ gatherMs: 400 })
    add(1, 2)
    await clock.advance(50)
    await store()
    add(3, 4)
    await clock.advance(399)
    expect(batches).toEqual([[1, 2]])
    await clock.advance(1)
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('are stored at once when sixteen are there', async () => {
    const { clock, batches, add, store } = writing()
    add(1, 16)
    expect(batches).toEqual([range(1, 16)])
    await store()
    expect([batches.length, clock.sleeping()]).toEqual([1, []])
  })

  test('that come while one write is under way wait for it, and go together', async () => {
    const { batches, add, store } = writing()
    add(1, 16)
    add(17, 60)
    expect(batches).toHaveLength(1)
    await store()
    expect(batches).toEqual([range(1, 16), range(17, 60)])
  })

  test('are all stored, in order and once, by a flush', async () => {
    const { writer, batches, add, store } = writing()
    add(1, 20)
    const flushed = writer.flush()
    add(21, 22)
    await store()
    await store()
    await flushed
    expect(batches.flat()).toEqual(range(1, 22))
    await writer.flush()
    expect(batches.flat()).toEqual(range(1, 22))
  })

  test('that can’t be stored break the writer: nothing more is written, and the flush says why', async () => {
    const { clock, writer, batches, add, store } = writing()
    add(1, 16)
    expect(writer.broken()).toBe(false)
    await store(new Error('disk full'))
    expect(writer.broken()).toBe(true)
    add(17, 40)
    await clock.advance(1_000)
    await expect(writer.flush()).rejects.toThrow('disk full')
    await expect(writer.flush()).rejects.toThrow('disk full')
    expect(batches).toHaveLength(1)
  })

  test('that come after a write of nothing are stored like all others', async () => {
    const { clock, writer, batches, add, store } = writing()
    await writer.flush()
    add(1, 1)
    await clock.advance(50)
    // These go with the write under way; the moment they waited for then finds nothing left.
    add(2, 3)
    await store()
    await store()
    await clock.advance(100)
    add(4, 5)
    const flushed = writer.flush()
    await store()
    await flushed
    expect(batches).toEqual([[1], [2, 3], [4, 5]])
  })

  test('that nobody has are flushed without a write', async () => {
    const { writer, batches } = writing()
    await writer.flush()
    expect(batches).toEqual([])
  })
})
