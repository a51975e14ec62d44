import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { job } from '../store/schema'
import { FakeClock } from '../testing/fake-clock'
import { fastClock } from '../testing/fast-clock'
import { imsFamily } from '../testing/image-access'
import { batchCalls, changesPerPair } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import { summary } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { listCalls } from './call-rows'
import type { FaultPoint } from './fault-points'
import { LostLease } from './job-rows'
import { Stopping } from './run-job'

const starts = { path: '^/v1/cloudimages/members$' }
const polls = { method: 'GET', path: '/jobs/' }

describe.each(stores)('how a batch job ends on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)

  beforeEach(async () => {
    await ground.begin({ images: 4, projects: 6 })
    // A job gets on by being followed, and by nothing else.
    ground.fake.cloud.settings.imsJobSeconds = 3_600
    ground.fake.cloud.settings.imsJobPolls = 2
  })

  /** A job that nobody follows is over before the run looks at the members for the last time. */
  const jobsEndAlone = () => {
    ground.fake.cloud.settings.imsJobSeconds = 0.02
  }
  const sent = () => batchCalls(ground.fake)
  const clock = () => fastClock(50)
  const once = Array(24).fill(1)
  const pausedFor = async (id: string) => {
    const { row, counts } = await jobNow(ground.store, id)
    return [row.state, row.pauseReason, counts.running]
  }
  const cancel = (id: string) =>
    ground.store.db.update(job).set({ cancelRequested: true }).where(eq(job.id, id))
  /** Dies at one of the points, as a killed process does: nothing of the run is stored after it. */
  const dyingAt = (point: FaultPoint, time = 1) => {
    let left = time
    return {
      intents: true,
      pass(passed: FaultPoint) {
        if (passed === point) left -= 1
        if (passed === point && left === 0) throw new Error('killed')
      },
    }
  }

  test.each<FaultPoint>(['before-intent', 'after-intent', 'after-call', 'after-outcome'])(
    'killed %s: the next run ends the job, each pair changes once, and nothing is sent twice',
    async (point) => {
      jobsEndAlone()
      const { id } = await ground.world.store()
      await expect(ground.world.run(id, { clock: clock(), faults: dyingAt(point) })).rejects.toThrow('killed')
      await ground.world.run(id, { clock: clock() })
      expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
      expect([changesPerPair(ground.fake), sent().length]).toEqual([once, 1])
      expect((await listCalls(ground.store.db, id, 10)).every((call) => call.finishedAt !== null)).toBe(true)
    },
  )

  test.each([1, 2])('killed after outcome %i of offering again: who was removed is offered', async (time) => {
    jobsEndAlone()
    ground.fake.mint({
      members: ground.world.images.flatMap((image) =>
        ground.world.projects.map((project) => ({ image, project })),
      ),
    })
    const { id } = await ground.world.store({ more: { kind: 'offer_again' } })
    const faults = dyingAt('after-outcome', time)
    await expect(ground.world.run(id, { clock: clock(), faults })).rejects.toThrow('killed')
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
    expect([changesPerPair(ground.fake), sent().length]).toEqual([Array(24).fill(2), 2])
  })

  test('a lost answer to the start is looked up; what happened is not sent again', async () => {
    jobsEndAlone()
    ground.fake.fault({ ...starts, times: 1, fault: { kind: 'reset', effect: true } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
    expect([changesPerPair(ground.fake), sent().length]).toEqual([once, 1])
  })

  test('a start that was lost without effect is sent again, three times in all', async () => {
    jobsEndAlone()
    ground.fake.fault({ ...starts, times: 1, fault: { kind: 'reset' } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect([await summary(ground.store, id), sent().length]).toEqual([['succeeded', { done: 24 }], 2])
    ground.fake.fault({ ...starts, fault: { kind: 'reset' } })
    const stop = await ground.world.store({ more: { kind: 'stop' } })
    await ground.world.run(stop.id, { clock: clock() })
    expect([await summary(ground.store, stop.id), sent().length]).toEqual([['failed', { failed: 24 }], 5])
    expect((await jobNow(ground.store, stop.id)).items[0]?.code).toBe('upstream_unavailable')
  })

  test('a token that dies while a job is followed lets it rest; resumed, the job is followed and not sent again', async () => {
    ground.fake.fault({ ...polls, after: 1, fault: { kind: 'answer', status: 401 } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await pausedFor(id)).toEqual(['paused', 'sign_in', 0])
    expect((await jobNow(ground.store, id)).counts.unknown).toBe(24)
    ground.fake.heal()
    await ground.world.resume(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
    expect([changesPerPair(ground.fake), sent().length]).toEqual([once, 1])
  })

  test('[row 26] a token that is dead at the start leaves every pair waiting', async () => {
    ground.fake.fault({ ...starts, fault: { kind: 'answer', status: 401 } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['paused', { waiting: 24 }])
    ground.fake.heal()
    await ground.world.resume(id, { clock: clock() })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
  })

  test('a cloud that is away while a job is followed lets it rest, and fails no pair', async () => {
    ground.fake.fault({ ...polls, fault: { kind: 'answer', status: 503 } })
    const { id } = await ground.world.store()
    await ground.world.run(id, { clock: clock() })
    expect(await pausedFor(id)).toEqual(['paused', 'upstream', 0])
    ground.fake.heal()
    await ground.world.resume(id, { clock: clock() })
    expect([await summary(ground.store, id), sent().length]).toEqual([['succeeded', { done: 24 }], 1])
  })

  test.each([
    ['429 with a time', { status: 429, headers: { 'Retry-After': '300' } }, 300_000],
    [
      'APIGW.0308',
      { status: 429, headers: { 'Retry-After': '60' }, body: '{"error_code":"APIGW.0308"}' },
      60_000,
    ],
    [
      'IMG.0060',
      { status: 400, headers: { 'Retry-After': '90' }, body: '{"error":{"code":"IMG.0060"}}' },
      90_000,
    ],
  ])('[row 28] %s is waited for', async (_how, fault, ms) => {
    const waits = new FakeClock()
    ground.fake.cloud.settings.imsJobPolls = 0
    ground.fake.fault({ ...starts, times: 1, fault: { kind: 'answer', ...fault } })
    const { id } = await ground.world.store()
    const running = ground.world.run(id, { clock: waits })
    await waits.whenSleeping((left) => left === ms)
    await waits.leap(ms - 1)
    expect(sent()).toHaveLength(1)
    await waits.leap(1)
    await waits.whenSleeping((left) => left === 500)
    await waits.leap(500)
    await running
    expect([await summary(ground.store, id), sent().length]).toEqual([['succeeded', { done: 24 }], 2])
  })

  test('[Q11] cancelled: what was sent is followed to its end, what was not is left out', async () => {
    await ground.begin({ images: 1, projects: 250 })
    const { id } = await ground.world.store()
    const hold = await ground.fake.control.hold(polls)
    const running = ground.world.run(id, { clock: clock() })
    await hold.waitFor(1)
    await cancel(id)
    await hold.remove()
    await running
    const [first] = sent()
    const done = first?.projects?.length ?? 0
    expect([sent().length, done > 0]).toEqual([1, true])
    expect(await summary(ground.store, id)).toEqual(['cancelled', { done, skipped: 250 - done }])
  })

  test('[Q11] cancelled while nobody ran it: what may have been sent is looked up, and nothing is sent again', async () => {
    jobsEndAlone()
    const { id } = await ground.world.store()
    const faults = dyingAt('after-intent')
    await expect(ground.world.run(id, { clock: clock(), faults })).rejects.toThrow('killed')
    await cancel(id)
    await ground.world.run(id, { clock: clock() })
    expect([await summary(ground.store, id), sent()]).toEqual([['cancelled', { skipped: 24 }], []])
  })

  test('[Q11] cancelled between removing and offering again: nobody is left without the offer', async () => {
    ground.fake.mint({
      members: ground.world.images.flatMap((image) =>
        ground.world.projects.map((project) => ({ image, project })),
      ),
    })
    const { id } = await ground.world.store({ more: { kind: 'offer_again' } })
    const hold = await ground.fake.control.hold(polls)
    const running = ground.world.run(id, { clock: clock() })
    await hold.waitFor(1)
    await cancel(id)
    await hold.remove()
    await running
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 24 }])
    expect(ground.world.images.map((image) => ground.fake.members(image).size)).toEqual([6, 6, 6, 6])
  })

  test('a process that goes down leaves its job to the next run, which does not send it again', async () => {
    const { id } = await ground.world.store()
    const stopping = new AbortController()
    const hold = await ground.fake.control.hold(polls)
    const stopped = ground.world
      .run(id, { clock: clock(), signal: stopping.signal })
      .catch((error: unknown) => error)
    await hold.waitFor(1)
    stopping.abort()
    await hold.remove()
    expect(await stopped).toBeInstanceOf(Stopping)
    await ground.world.run(id, { clock: clock() })
    expect([await summary(ground.store, id), sent().length]).toEqual([['succeeded', { done: 24 }], 1])
  })

  test('[matrix 24] two runs of one job: the older one’s writes are refused, and nothing is done twice', async () => {
    const { id } = await ground.world.store()
    const hold = await ground.fake.control.hold({ ...polls, times: 1 })
    const older = ground.world.run(id, { clock: clock() }).catch((error: unknown) => error)
    await hold.waitFor(1)
    await ground.world.run(id, { clock: clock() })
    const ended = await jobNow(ground.store, id)
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(await jobNow(ground.store, id)).toEqual(ended)
    expect([changesPerPair(ground.fake), sent().length]).toEqual([once, 1])
  })

  test('polls twice a second for ten seconds, then more and more rarely', async () => {
    const waits = new FakeClock()
    await ground.fake.control.planJobs({ never: true })
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    const running = ground.world.run(id, { clock: waits })
    for (const [ms, times] of [
      [500, 20],
      [1_000, 20],
      [2_000, 15],
      [5_000, 3],
    ] as const) {
      for (let time = 0; time < times; time += 1) {
        // A run that breaks off says why instead of being waited for.
        await Promise.race([running, waits.whenSleeping((left) => left === ms)])
        await waits.leap(ms)
      }
    }
    expect(ground.fake.calls(polls).length).toBeGreaterThanOrEqual(57)
    await ground.fake.control.releaseJobs()
    await waits.whenSleeping((left) => left === 5_000)
    await waits.leap(5_000)
    await running
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 1 }])
  })
})
