import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { job } from '../store/schema'
import { FakeClock } from '../testing/fake-clock'
import type { FaultKind } from '../testing/fake-cloud'
import { jobGround } from '../testing/job-ground'
import { summary, watched } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { Stopping } from './run-job'

const posts = { method: 'POST', path: '/members$' }
const gets = { method: 'GET', path: '/members' }
const answer = (status: number, headers: Record<string, string> = {}): FaultKind => ({
  kind: 'answer',
  status,
  headers,
})

describe.each(stores)('on $name', ({ open }) => {
  const ground = jobGround(open)

  beforeEach(() => ground.begin({ images: 5, projects: 12 }))

  const sent = () => ground.fake.calls(posts).length
  const effects = () => ground.fake.effects().length
  const paused = async (id: string) => {
    const { row, counts } = await jobNow(ground.store, id)
    return [row.state, row.pauseReason, counts.running, counts.failed]
  }

  describe('[S16] [matrix 1] a token that dies', () => {
    test('puts the job to rest for a sign-in, fails no pair, and the rest is done afterwards', async () => {
      const { id } = await ground.world.store()
      ground.fake.fault({ ...posts, after: 20, fault: answer(401) })
      await ground.world.run(id)
      expect(await paused(id)).toEqual(['paused', 'sign_in', 0, 0])
      expect(ground.world.told.at(-1)?.[1]).toBe(false)
      const { counts } = await jobNow(ground.store, id)
      expect([counts.done, counts.waiting]).toEqual([effects(), 60 - effects()])
      ground.fake.heal()
      await ground.world.resume(id)
      expect([await summary(ground.store, id), effects()]).toEqual([['succeeded', { done: 60 }], 60])
    })

    test('after a lost answer leaves that pair unknown; resumed, it counts as done by us', async () => {
      const { id } = await ground.world.store()
      ground.fake.fault({ ...posts, after: 5, times: 1, fault: { kind: 'reset', effect: true } })
      ground.fake.fault({ ...gets, fault: answer(401) })
      await ground.world.run(id)
      expect(await paused(id)).toEqual(['paused', 'sign_in', 0, 0])
      expect((await jobNow(ground.store, id)).counts.unknown).toBe(1)
      ground.fake.heal()
      await ground.world.resume(id)
      expect([await summary(ground.store, id), effects()]).toEqual([['succeeded', { done: 60 }], 60])
    })

    test('while more pairs are being fetched leaves none of them running', async () => {
      const { id } = await ground.world.store()
      let fetches = 0
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const slow = watched(ground.store, async (text) => {
        if (!text.includes("set state = 'running'")) return
        fetches += 1
        if (fetches === 2) await released
      })
      ground.fake.fault({ ...posts, fault: answer(401) })
      const running = ground.world.run(id, { through: slow })
      await ground.fake.control.waitForCalls(posts, 16, { answered: true })
      // Every pair in flight is refused by now; the fetch comes back after all of them.
      setImmediate(() => setImmediate(release))
      await running
      expect(await paused(id)).toEqual(['paused', 'sign_in', 0, 0])
      expect((await jobNow(ground.store, id)).counts.waiting).toBe(60)
    })
  })

  describe('[Q2] [matrix 6] a cloud that asks to wait', () => {
    test('[row 28] is waited for as long as it asked, without a call before', async () => {
      const { id } = await ground.world.store({
        pairs: [
          [0, 0],
          [1, 1],
        ],
      })
      const clock = new FakeClock()
      ground.fake.fault({ ...posts, times: 2, fault: answer(429, { 'Retry-After': '300' }) })
      const running = ground.world.run(id, { clock })
      await ground.fake.control.waitForCalls(posts, 2, { answered: true })
      await clock.whenSleeping((ms) => ms === 300_000)
      // Whoever watches the job is told that it waits, and until when; the pair that does not tell may sleep before.
      await expect.poll(() => ground.world.told.length).toBe(1)
      expect((await jobNow(ground.store, id)).row.waitUntil).toEqual(new Date(clock.now() + 300_000))
      expect(ground.world.told.length).toBe(1)
      await clock.leap(299_999)
      expect(sent()).toBe(2)
      await clock.leap(1)
      await running
      expect([await summary(ground.store, id), sent()]).toEqual([['succeeded', { done: 2 }], 4])
    })

    test.each([
      ['429 without a time', answer(429), 1_000],
      ['429 of a whole day', answer(429, { 'Retry-After': '86400' }), 900_000],
      ['503 with a time', answer(503, { 'Retry-After': '120' }), 120_000],
    ])('%s', async (_how, fault, ms) => {
      const { id } = await ground.world.store({ pairs: [[0, 0]] })
      const clock = new FakeClock()
      // Where no time is given the client itself has tried three times.
      ground.fake.fault({ ...posts, times: ms === 1_000 ? 3 : 1, fault })
      const running = ground.world.run(id, { clock })
      await clock.whenSleeping((left) => left === ms)
      await clock.leap(ms)
      await running
      expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 1 }])
    })

    test('again and again lets the job rest, with every pair waiting and none failed', async () => {
      const { id } = await ground.world.store()
      const clock = new FakeClock()
      ground.fake.fault({ ...posts, fault: answer(429, { 'Retry-After': '900' }) })
      const running = ground.world.run(id, { clock })
      let over = false
      void running.then(() => {
        over = true
      })
      for (let round = 0; round < 12 && !over; round += 1) {
        await Promise.race([running, clock.whenSleeping((ms) => ms === 900_000)])
        await clock.leap(900_000)
      }
      await running
      expect(await paused(id)).toEqual(['paused', 'throttled', 0, 0])
      expect((await jobNow(ground.store, id)).counts.waiting).toBe(60)
      ground.fake.heal()
      await ground.world.resume(id)
      expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 60 }])
    })

    test('does not keep a cancelled job, nor a process that goes down', async () => {
      const cancelled = await ground.world.store()
      const clock = new FakeClock()
      ground.fake.fault({ ...posts, fault: answer(429, { 'Retry-After': '900' }) })
      const running = ground.world.run(cancelled.id, { clock })
      await clock.whenSleeping((ms) => ms > 100_000)
      await ground.store.db.update(job).set({ cancelRequested: true }).where(eq(job.id, cancelled.id))
      await clock.advance(250)
      await running
      expect(await summary(ground.store, cancelled.id)).toEqual(['cancelled', { skipped: 60 }])

      const stopped = await ground.world.store()
      const stopping = new AbortController()
      const other = ground.world
        .run(stopped.id, { clock, signal: stopping.signal })
        .catch((error: unknown) => error)
      await clock.whenSleeping((ms) => ms > 100_000)
      stopping.abort()
      expect(await other).toBeInstanceOf(Stopping)
      expect(await summary(ground.store, stopped.id)).toEqual(['running', { waiting: 60 }])
    })
  })

  describe('[matrix 8, 9, 10] a cloud that is away', () => {
    test('puts the job to rest after some pairs without an answer; the others still wait', async () => {
      const { id } = await ground.world.store()
      ground.fake.fault({ path: '/members', fault: { kind: 'reset' } })
      await ground.world.run(id)
      const { row, counts } = await jobNow(ground.store, id)
      expect([row.state, row.pauseReason, counts.running, effects()]).toEqual(['paused', 'upstream', 0, 0])
      expect(counts.failed).toBeLessThanOrEqual(32)
      expect(counts.waiting + counts.unknown).toBe(60 - counts.failed)
    })

    test('for one pair alone fails that pair and does not stop the job', async () => {
      const { id } = await ground.world.store()
      ground.fake.fault({
        ...posts,
        member: ground.world.projects[3],
        path: ground.world.images[2],
        fault: { kind: 'reset' },
      })
      await ground.world.run(id)
      expect([await summary(ground.store, id), effects()]).toEqual([
        ['partly_failed', { done: 59, failed: 1 }],
        59,
      ])
      expect((await jobNow(ground.store, id)).items.find(({ state }) => state === 'failed')?.code).toBe(
        'upstream_unavailable',
      )
    })

    test('[matrix 7, 11] after it acted never makes a failure of what happened: the job rests until it is known', async () => {
      const { id } = await ground.world.store()
      const lostPair = { path: ground.world.images[2] ?? '' }
      ground.fake.fault({ ...posts, ...lostPair, times: 1, fault: { kind: 'reset', effect: true } })
      ground.fake.fault({ method: 'GET', ...lostPair, fault: answer(503) })
      await ground.world.run(id)
      expect(await paused(id)).toEqual(['paused', 'upstream', 0, 0])
      const { counts } = await jobNow(ground.store, id)
      expect([counts.done, counts.unknown]).toEqual([59, 1])
      ground.fake.heal()
      await ground.world.resume(id)
      expect([await summary(ground.store, id), effects(), sent()]).toEqual([
        ['succeeded', { done: 60 }],
        60,
        60,
      ])
    })
  })
})
