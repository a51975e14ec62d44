import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activity, job } from '../store/schema'
import type { Store } from '../store/store'
import { stores, type TestStore } from '../testing/stores'
import { jobNow, outcomeFor as outcome, storeJob, threeByFour } from '../testing/test-jobs'
import { readInterrupted, recordOutcomes, skipWaiting, takeItems } from './item-rows'
import { claimJob, finishRun, isCancelled, type JobRecord, LostLease, pauseRun } from './job-rows'

describe.each(stores)('on $name', ({ open, isShared }) => {
  let place: TestStore
  let store: Store
  const now = Date.UTC(2026, 10, 20, 12)

  beforeAll(async () => {
    place = await open()
    store = place.store
  })
  afterAll(() => place.close())

  async function claimed(): Promise<JobRecord> {
    const run = await claimJob(store.db, (await storeJob(store, threeByFour)).id, now)
    if (!run) throw new Error('not claimed')
    return run
  }
  const patient = { timeout: 10_000, interval: 20 }
  const take = (run: JobRecord, count = 5, after = -1) =>
    takeItems(store.db, run, { count, after, now, intents: true })

  describe('the pairs of a run', () => {
    test('are taken in order, each with its intent stored', async () => {
      const run = await claimed()
      expect((await take(run)).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
      expect((await jobNow(store, run.id)).counts).toMatchObject({ running: 5, waiting: 7 })
      expect((await take(run, 50, 4)).map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11])
      expect(await take(run, 5, 11)).toEqual([])
    })

    test('without intents are only read: the switch that proves they are needed', async () => {
      const run = await claimed()
      const items = await takeItems(store.db, run, { count: 5, after: -1, now, intents: false })
      expect([items.length, (await jobNow(store, run.id)).counts.running]).toEqual([5, 0])
    })

    test('that an earlier run left are found, and marked so', async () => {
      const run = await claimed()
      await take(run, 3)
      await recordOutcomes(store.db, run, [outcome(0), { ...outcome(1, 'unknown'), finishedAt: null }])
      expect(await readInterrupted(store.db, run)).toEqual([
        { seq: 1, image: 0, project: 1, mayHaveHappened: true },
        { seq: 2, image: 0, project: 2, mayHaveHappened: true },
      ])
    })

    test('keep their outcome; the job’s revision grows with every chunk', async () => {
      const run = await claimed()
      await take(run)
      const values = { limit: 128 }
      expect(await recordOutcomes(store.db, run, [outcome(0), { ...outcome(1, 'failed'), values }])).toBe(2)
      expect(await recordOutcomes(store.db, run, [outcome(2, 'already')])).toBe(3)
      const { items } = await jobNow(store, run.id)
      expect(items[1]).toMatchObject({
        state: 'failed',
        code: 'forbidden',
        values,
        upstreamRequestId: 'req-1',
        startedAt: new Date(now),
        finishedAt: new Date(now),
      })
      expect(items.slice(0, 4).map(({ state }) => state)).toEqual(['done', 'failed', 'already', 'running'])
    })
  })

  describe('[Q7] [matrix 24] a run that lost its job', () => {
    test('writes nothing any more, whatever it tries', async () => {
      const old = await claimed()
      await take(old, 2)
      const current = await claimJob(store.db, old.id, now)
      const before = await jobNow(store, old.id)
      expect(await take(old)).toEqual([])
      await expect(recordOutcomes(store.db, old, [outcome(0)])).rejects.toThrow(LostLease)
      await skipWaiting(store.db, old, now)
      await expect(isCancelled(store.db, old)).rejects.toThrow(LostLease)
      await expect(pauseRun(store, old, 'upstream')).rejects.toThrow(LostLease)
      await expect(finishRun(store, old, false, now)).rejects.toThrow(LostLease)
      expect(await jobNow(store, old.id)).toEqual(before)
      expect(await store.db.select().from(activity).where(eq(activity.jobId, old.id))).toEqual([])
      expect(await recordOutcomes(store.db, current ?? old, [outcome(0)])).toBe(3)
    })

    test('by a pause or an end that somebody else made stops as well', async () => {
      for (const state of ['paused', 'cancelled'] as const) {
        const run = await claimed()
        await store.db.update(job).set({ state }).where(eq(job.id, run.id))
        expect(await take(run)).toEqual([])
        await expect(recordOutcomes(store.db, run, [outcome(0)])).rejects.toThrow(LostLease)
        await expect(isCancelled(store.db, run)).rejects.toThrow(LostLease)
      }
    })

    if (isShared) {
      test('takes nothing while another one is taking the job: it waits, and then sees that it is too late', async () => {
        const second = await place.another()
        const old = await claimed()
        const waiting = () =>
          second.db.execute(
            sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        let taking: ReturnType<typeof take> = Promise.resolve([])
        await second.db.transaction(async (tx) => {
          await claimJob(tx, old.id, now)
          taking = take(old)
          await expect.poll(async () => (await waiting()).rows.length, patient).toBe(1)
        })
        expect(await taking).toEqual([])
        expect((await jobNow(store, old.id)).counts).toMatchObject({ running: 0, waiting: 12 })
        await second.close()
      })
    }
  })
})
