import { expect, test } from 'vitest'
import { MembersSweep } from './members-sweep'

/** A reader whose calls are answered by hand. */
function harness() {
  const read = new Set<string>()
  const calls: { ids: string[]; answer: () => Promise<void>; fail: () => Promise<void> }[] = []
  const sweep = new MembersSweep({
    isRead: (id) => read.has(id),
    read: (ids) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const settled = async (act: () => void) => {
        act()
        await new Promise((done) => setImmediate(done))
      }
      calls.push({
        ids,
        answer: () =>
          settled(() => {
            for (const id of ids) read.add(id)
            resolve()
          }),
        fail: () => settled(() => reject(new Error('upstream'))),
      })
      return promise
    },
  })
  return { sweep, calls, read }
}

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `image-${index + from}`)

test('reads everything once, 25 images a call, two calls at a time', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(60))
  expect(calls.map((call) => call.ids.length)).toEqual([25, 25])
  await calls[0]?.answer()
  expect(calls.map((call) => call.ids.length)).toEqual([25, 25, 10])
  await calls[2]?.answer()
  expect(sweep.state().phase).toBe('running')
  await calls[1]?.answer()
  expect(sweep.state().phase).toBe('done')
  expect(new Set(calls.flatMap((call) => call.ids)).size).toBe(60)
})

test('takes in images that arrive while it runs, and after it was done', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(10))
  sweep.want(ids(12))
  sweep.want(ids(12))
  expect(calls.map((call) => call.ids.length)).toEqual([10, 2])
  await calls[0]?.answer()
  await calls[1]?.answer()
  expect(sweep.state().phase).toBe('done')
  sweep.want(ids(13))
  expect(sweep.state().phase).toBe('running')
  expect(calls[2]?.ids).toEqual(['image-12'])
})

test('what is read already is not asked for', () => {
  const { sweep, calls, read } = harness()
  for (const id of ids(5)) read.add(id)
  sweep.want(ids(5))
  expect(calls).toEqual([])
  expect(sweep.state().phase).toBe('done')
})

test('stops on command, keeps still, and goes on where it was', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(80))
  sweep.stop()
  await calls[0]?.answer()
  await calls[1]?.answer()
  sweep.want(ids(90))
  expect(calls).toHaveLength(2)
  expect(sweep.state().phase).toBe('stopped')
  sweep.resume()
  expect(calls.slice(2).map((call) => call.ids.length)).toEqual([25, 15])
})

test('stops at the first failure with its reason; resuming asks again for what failed', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(80))
  await calls[0]?.fail()
  expect(sweep.state()).toEqual({ phase: 'failed', error: new Error('upstream') })
  await calls[1]?.answer()
  expect(calls).toHaveLength(2)
  sweep.resume()
  expect(calls[2]?.ids).toEqual(calls[0]?.ids)
})

test('resuming while old calls are still out does not exceed two at a time', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(200))
  sweep.stop()
  sweep.resume()
  expect(calls).toHaveLength(2)
  await calls[0]?.answer()
  expect(calls).toHaveLength(3)
})

test('rest forgets what was wanted', async () => {
  const { sweep, calls } = harness()
  sweep.want(ids(80))
  sweep.rest()
  await calls[0]?.answer()
  await calls[1]?.answer()
  expect(calls).toHaveLength(2)
  expect(sweep.state().phase).toBe('idle')
})
