import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ItemCounts, itemStates, type JobState } from '../../contracts/jobs'
import { systemChance } from '../clock'
import { secretsFrom } from '../session/secrets'
import { keepToken } from '../session/token-rows'
import { activity, job, jobItem, token } from '../store/schema'
import type { Store } from '../store/store'
import { stores, type TestStore } from '../testing/stores'
import { jobNow, outcomeFor as outcome, storeJob, threeByFour } from '../testing/test-jobs'
import { recordOutcomes, skipWaiting, takeItems } from './item-rows'
import {
  claimJob,
  finalState,
  findJobByKey,
  finishRun,
  insertJob,
  isCancelled,
  type JobRecord,
  listJobs,
  noItems,
  pauseRun,
} from './job-rows'

const counts = (some: Partial<ItemCounts>): ItemCounts => ({ ...noItems(), ...some })

describe('[Q8] the state a job ends in', () => {
  test.each<[Partial<ItemCounts>, boolean, JobState]>([
    [{ done: 3 }, false, 'succeeded'],
    [{ done: 2, already: 1 }, false, 'succeeded'],
    [{ already: 3 }, false, 'succeeded'],
    [{ done: 1, failed: 1 }, false, 'partly_failed'],
    [{ already: 1, failed: 1 }, false, 'partly_failed'],
    [{ failed: 3 }, false, 'failed'],
    [{ done: 1, skipped: 2 }, true, 'cancelled'],
    [{ failed: 1, skipped: 2 }, true, 'cancelled'],
    [{ skipped: 3 }, true, 'cancelled'],
    // Cancelled when nothing was left to leave out.
    [{ done: 3 }, true, 'succeeded'],
    [{ done: 2, failed: 1 }, true, 'partly_failed'],
    [{ failed: 3 }, true, 'failed'],
  ])('%o, cancelled: %s, is %s', (some, cancelled, state) => {
    expect(finalState(counts(some), cancelled)).toBe(state)
  })
})

describe.each(stores)('on $name', ({ open }) => {
  let place: TestStore
  let store: Store
  const now = Date.UTC(2026, 10, 20, 12)

  beforeAll(async () => {
    place = await open()
    store = place.store
  })
  afterAll(() => place.close())

  const fresh = (more?: Partial<JobRecord>) => storeJob(store, { ...threeByFour, more })
  async function claimed(more?: Partial<JobRecord>): Promise<JobRecord> {
    const run = await claimJob(store.db, (await fresh(more)).id, now)
    if (!run) throw new Error('not claimed')
    return run
  }
  const take = (run: JobRecord, count = 5, after = -1) =>
    takeItems(store.db, run, { count, after, now, intents: true })

  describe('a job', () => {
    test('is stored with its pairs in order, holes left out', async () => {
      const { id } = await storeJob(store, {
        images: ['i0', 'i1'],
        projects: ['p0', 'p1', 'p2'],
        pairs: [
          [0, 0],
          [0, 2],
          [1, 1],
        ],
      })
      const { items } = await jobNow(store, id)
      expect(items.map(({ seq, image, project, state }) => [seq, image, project, state])).toEqual([
        [0, 0, 0, 'waiting'],
        [1, 0, 2, 'waiting'],
        [2, 1, 1, 'waiting'],
      ])
    })

    test('[Q6] of the same click is stored once, also when both come at the same time', async () => {
      const row = await fresh()
      const again = { ...row, id: systemChance.uuid() }
      expect(await insertJob(store.db, again, [[0, 0]])).toBe(false)
      expect(await store.db.select().from(jobItem).where(eq(jobItem.jobId, again.id))).toEqual([])
      expect((await findJobByKey(store.db, row, row.idempotencyKey))?.id).toBe(row.id)
      const key = systemChance.uuid()
      const both = await Promise.all(
        [1, 2].map(() =>
          insertJob(store.db, { ...row, id: systemChance.uuid(), idempotencyKey: key }, [[0, 0]]),
        ),
      )
      expect(both.sort()).toEqual([false, true])
      const other = { ...row, id: systemChance.uuid(), userId: 'bob' }
      expect(await insertJob(store.db, other, [[0, 0]])).toBe(true)
    })

    test('[L1] is listed for its cloud and project, newest first', async () => {
      const mine = { projectId: systemChance.uuid() }
      const older = await fresh({ ...mine, createdAt: new Date(now) })
      const newer = await fresh({ ...mine, createdAt: new Date(now + 1) })
      await fresh({ ...mine, cloud: 'other' })
      const ids = async (cloud: string, projects: string[]) =>
        (await listJobs(store.db, cloud, projects, 10)).map(({ id }) => id)
      expect(await ids('openstack', [mine.projectId])).toEqual([newer.id, older.id])
      expect(await ids('openstack', [])).toEqual([])
    })

    test('is claimed again by every run, and by none once it is over or resting', async () => {
      const { id } = await fresh()
      expect(await claimJob(store.db, id, now)).toMatchObject({ attempt: 1, revision: 1, state: 'running' })
      const second = await claimJob(store.db, id, now + 1_000)
      expect(second).toMatchObject({ attempt: 2, startedAt: new Date(now) })
      await store.db.update(job).set({ state: 'paused' }).where(eq(job.id, id))
      expect(await claimJob(store.db, id, now)).toBeNull()
      await store.db.update(job).set({ state: 'cancelled' }).where(eq(job.id, id))
      expect(await claimJob(store.db, id, now)).toBeNull()
      expect(await claimJob(store.db, systemChance.uuid(), now)).toBeNull()
    })
  })

  describe('a run', () => {
    async function withToken(run: JobRecord) {
      const vault = {
        secrets: secretsFrom(['a secret of tests, long enough to be taken'], systemChance),
        chance: systemChance,
      }
      const issued = { text: 't', expiresAt: new Date(now + 60_000) }
      return keepToken(
        store.db,
        vault,
        { cloud: 'openstack', sessionIdHash: null, jobId: run.id, scope: null },
        issued,
      )
    }
    const tokenOf = async (id: string) => (await store.db.select().from(token).where(eq(token.id, id)))[0]

    test('[S16] that ends leaves an activity row and the order to revoke its token', async () => {
      const run = await claimed()
      const { id } = await withToken(run)
      await take(run, 12)
      await recordOutcomes(
        store.db,
        run,
        itemsOf(12).map((seq) => outcome(seq, seq < 10 ? 'done' : 'failed')),
      )
      await finishRun(store, run, false, now)
      const { row } = await jobNow(store, run.id)
      expect(row).toMatchObject({ state: 'partly_failed', finishedAt: new Date(now), revision: 3 })
      expect(await tokenOf(id)).toMatchObject({ jobId: null, revokeDueAt: new Date(now) })
      const acts = await store.db.select().from(activity).where(eq(activity.jobId, run.id))
      expect(acts).toMatchObject([
        {
          phase: 'outcome',
          verb: 'share.share',
          outcome: 'partly_failed',
          targets: { counts: { done: 10, failed: 2 } },
        },
      ])
    })

    test('that ends with pairs nobody saw the end of says so, and leaves none running', async () => {
      const run = await claimed({ cancelRequested: true })
      await take(run, 4)
      await recordOutcomes(store.db, run, [outcome(0), { ...outcome(1, 'unknown'), finishedAt: null }])
      await skipWaiting(store.db, run, now)
      await finishRun(store, run, true, now)
      const { row, counts: now1, items } = await jobNow(store, run.id)
      expect([row.state, now1]).toEqual(['cancelled', counts({ done: 1, failed: 3, skipped: 8 })])
      expect(items.filter(({ state }) => state === 'failed').map(({ code }) => code)).toEqual([
        'outcome_unknown',
        'outcome_unknown',
        'outcome_unknown',
      ])
    })

    test('that rests for a sign-in throws its dead token away; one that rests for the cloud keeps it', async () => {
      for (const [reason, left] of [
        ['sign_in', 0],
        ['upstream', 1],
        ['throttled', 1],
      ] as const) {
        const run = await claimed()
        const { id } = await withToken(run)
        expect(await pauseRun(store, run, reason)).toBe(2)
        expect((await jobNow(store, run.id)).row).toMatchObject({ state: 'paused', pauseReason: reason })
        expect(await store.db.select().from(token).where(eq(token.id, id))).toHaveLength(left)
      }
    })

    test('hears that it is cancelled', async () => {
      const run = await claimed()
      expect(await isCancelled(store.db, run)).toBe(false)
      await store.db.update(job).set({ cancelRequested: true }).where(eq(job.id, run.id))
      expect(await isCancelled(store.db, run)).toBe(true)
    })
  })

  const itemsOf = (count: number) => Array.from({ length: count }, (_, seq) => seq)
  test('counts have every state, and none below nothing', async () => {
    const run = await claimed()
    await take(run, 6)
    await recordOutcomes(store.db, run, [
      outcome(0),
      outcome(1, 'failed'),
      outcome(2, 'already'),
      outcome(3, 'skipped'),
    ])
    const { counts: found } = await jobNow(store, run.id)
    expect(Object.keys(found).sort()).toEqual([...itemStates].sort())
    expect(Object.values(found).reduce((sum, count) => sum + count, 0)).toBe(12)
    expect(Math.min(...Object.values(found))).toBeGreaterThanOrEqual(0)
  })
})
