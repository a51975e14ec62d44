import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { job, jobCall } from '../store/schema'
import { FakeClock } from '../testing/fake-clock'
import { fastClock } from '../testing/fast-clock'
import { imsFamily } from '../testing/image-access'
import { batchCalls } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import { summary } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow, noFaultPoints } from '../testing/test-jobs'
import { beginCall, listCalls } from './call-rows'
import type { FaultPoint } from './fault-points'
import { claimJob, noteWait } from './job-rows'

const starts = { path: '^/v1/cloudimages/members$' }
const polls = { method: 'GET', path: '/jobs/' }

describe.each(stores)('what a batch job must survive on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)

  beforeEach(async () => {
    await ground.begin({ images: 2, projects: 3 })
    ground.fake.cloud.settings.imsJobSeconds = 0.02
  })

  const clock = () => fastClock(50)
  const cancel = (id: string) =>
    ground.store.db.update(job).set({ cancelRequested: true }).where(eq(job.id, id))

  test.each([
    ['no JSON', '<html>busy</html>'],
    ['no status', '{"job_id":"1","status":null}'],
    ['a list', '[[[[[]]]]]'],
  ])('a job that is told of with %s lets the members decide, and not a person', async (_what, body) => {
    ground.fake.fault({ ...polls, fault: { kind: 'answer', status: 200, body } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([{ state: 'unreadable' }])
  })

  test('an answer about a job that makes no sense once is asked for again', async () => {
    ground.fake.fault({
      ...polls,
      times: 1,
      fault: { kind: 'answer', status: 200, body: '<html>busy</html>' },
    })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([{ state: 'succeeded' }])
  })

  test('a job whose time is over and whose address is broken for good ends by its members', async () => {
    ground.fake.fault({ ...polls, fault: { kind: 'answer', status: 500 } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect((await jobNow(ground.store, id)).row).toMatchObject({ state: 'paused', pauseReason: 'upstream' })
    await ground.store.db.update(jobCall).set({ startedAt: new Date(Date.now() - 3_600_000) })
    await ground.store.db.update(job).set({ state: 'queued', pauseReason: null }).where(eq(job.id, id))
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([{ state: 'timed_out' }])
  })

  test('cancelled after a kill between removing and offering again: nobody is left without the offer', async () => {
    ground.fake.mint({
      members: ground.world.images.flatMap((image) =>
        ground.world.projects.map((project) => ({ image, project })),
      ),
    })
    const { id } = await ground.world.store({ more: { kind: 'offer_again' } })
    let left = 1
    const faults = {
      ...noFaultPoints,
      pass(point: FaultPoint) {
        if (point === 'after-outcome' && left-- === 1) throw new Error('killed')
      },
    }
    await expect(ground.world.run(id, { clock: clock(), faults })).rejects.toThrow('killed')
    expect(ground.world.images.map((image) => ground.fake.members(image).size)).toEqual([0, 0])
    await cancel(id)
    await ground.world.run(id, { clock: clock() })
    expect(ground.world.images.map((image) => ground.fake.members(image).size)).toEqual([3, 3])
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
  })

  test('an image that is gone, told with 404, fails alone and brings no single calls', async () => {
    ground.fake.fault({
      ...starts,
      times: 1,
      fault: { kind: 'answer', status: 404, body: '{"error":{"code":"IMG.0027","message":"no"}}' },
    })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(batchCalls(ground.fake)).toHaveLength(3)
    expect(ground.fake.calls({ method: 'POST', path: '/v2/images/' })).toEqual([])
  })

  test('a call that waits long for the cloud’s patience still keeps other jobs off its image', async () => {
    const first = await ground.world.store()
    const held = await claimJob(ground.store.db, first.id, Date.now())
    const second = await ground.world.store()
    const other = await claimJob(ground.store.db, second.id, Date.now())
    if (!held || !other) throw new Error('there is nothing to run')
    const call = { seq: 0, images: [0], projects: [0], pairs: [0] }
    const now = Date.now()
    expect(await beginCall(ground.store, held, call, { now, intents: true })).toBe(true)
    expect(await beginCall(ground.store, other, call, { now: now + 600_000, intents: true })).toBe(false)
    // A job that rests sends nothing, and is not waited for for ever.
    await ground.store.db.update(job).set({ state: 'paused' }).where(eq(job.id, first.id))
    expect(await beginCall(ground.store, other, call, { now: now + 600_000, intents: true })).toBe(true)
  })

  test('a job that is taken up again does not say that it still waits', async () => {
    const { id } = await ground.world.store()
    const run = await claimJob(ground.store.db, id, Date.now())
    if (!run) throw new Error('there is nothing to run')
    await noteWait(ground.store.db, run, Date.now() + 600_000)
    await claimJob(ground.store.db, id, Date.now())
    expect((await jobNow(ground.store, id)).row.waitUntil).toBeNull()
  })

  test('cancelled while another job has its image: nothing is sent', async () => {
    const first = await ground.world.store()
    const held = await claimJob(ground.store.db, first.id, Date.now())
    if (!held) throw new Error('there is nothing to run')
    const waits = new FakeClock()
    const call = { seq: 0, images: [0, 1], projects: [0], pairs: [0, 3] }
    await beginCall(ground.store, held, call, { now: waits.now(), intents: true })
    const second = await ground.world.store()
    const running = ground.world.run(second.id, { clock: waits })
    await waits.whenSleeping((left) => left === 500)
    await cancel(second.id)
    await waits.leap(500)
    await running
    expect(await summary(ground.store, second.id)).toEqual(['cancelled', { skipped: 6 }])
    expect(batchCalls(ground.fake)).toEqual([])
  })
})
