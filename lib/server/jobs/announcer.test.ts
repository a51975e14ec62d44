import { describe, expect, test } from 'vitest'
import type { Bus, JobChange } from '../bus'
import { FakeClock } from '../testing/fake-clock'
import '../testing/quiet-log'
import { createAnnouncer } from './announcer'

const job = { id: 'j1', cloud: 'openstack', projectId: 'p1' }

function announcing(tell?: Bus['tell']) {
  const clock = new FakeClock()
  const told: JobChange[] = []
  const bus = {
    tell:
      tell ??
      (async (change: JobChange) => {
        told.push(change)
      }),
  } as Bus
  return { clock, told, announcer: createAnnouncer(bus, clock, job) }
}
const revisions = (told: JobChange[]) => told.map(({ revision }) => revision)

describe('changes of a job', () => {
  test('are told at once, with what they belong to', async () => {
    const { clock, told, announcer } = announcing()
    announcer.changed(1, false)
    await clock.advance(0)
    expect(told).toEqual([{ jobId: 'j1', cloud: 'openstack', projectId: 'p1', revision: 1, finished: false }])
  })

  test('are told ten times a second at most, the last one always', async () => {
    const { clock, told, announcer } = announcing()
    for (let revision = 1; revision <= 200; revision += 1) {
      announcer.changed(revision, false)
      await clock.advance(5)
    }
    await clock.advance(100)
    expect(told.length).toBeGreaterThanOrEqual(10)
    expect(told.length).toBeLessThanOrEqual(11)
    expect(revisions(told)).toEqual([...revisions(told)].sort((a, b) => a - b))
    expect(told.at(-1)?.revision).toBe(200)
  })

  test('end with the finished one, which settles without waiting', async () => {
    const { clock, told, announcer } = announcing()
    announcer.changed(1, false)
    announcer.changed(2, true)
    announcer.changed(3, false)
    await clock.advance(100)
    expect(told.map(({ revision, finished }) => [revision, finished])).toEqual([
      [1, false],
      [3, true],
    ])
    expect(clock.sleeping()).toEqual([])
    await announcer.settle()
  })

  test('that can’t be told do not stop the job, nor the next one', async () => {
    let calls = 0
    const { clock, announcer } = announcing(async () => {
      calls += 1
      throw new Error('no connection')
    })
    announcer.changed(1, false)
    await clock.advance(100)
    announcer.changed(2, true)
    await announcer.settle()
    expect(calls).toBe(2)
  })

  test('that never were settle at once', async () => {
    await announcing().announcer.settle()
  })
})
