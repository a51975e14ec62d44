import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionContext } from '../context'
import { ended } from '../services/job-waiting'
import { cancelJob, startJob } from '../services/jobs'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { summary } from '../testing/job-world'
import { stores, type TestStore } from '../testing/stores'
import { jobNow, storeJob, threeByFour } from '../testing/test-jobs'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'

const posts = { method: 'POST', path: '/members$' }

describe.each(stores)('the queue on $name', ({ open, isShared }) => {
  let fake: FakeCloud
  let place: TestStore
  let alpha = ''
  let images: string[] = []
  let recipients: string[] = []
  const running: TestRuntime[] = []

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, ...Array.from({ length: 10 }, (_, at) => ({ name: `r${at}` }))],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
    })
    alpha = projects.alpha ?? ''
    recipients = Object.values(projects).filter((id) => id !== alpha)
  })
  afterAll(async () => {
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(() => {
    images = fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 4 }] }).imageIds
    fake.cloud.ledger.clear()
  })
  afterEach(async () => {
    fake.heal()
    for (const hold of fake.cloud.holds.list()) fake.cloud.holds.remove(hold.id)
    for (const runtime of running.splice(0)) await runtime.close()
  })

  async function process(store = place.store): Promise<TestRuntime> {
    const runtime = await testRuntime({ fake, store, engine: 'real' })
    running.push(runtime)
    return runtime
  }
  const share = (ctx: SessionContext, some = images, projects = recipients) =>
    inTestProject(ctx, alpha, (project) =>
      startJob(project, {
        ...project.scope,
        kind: 'share',
        images: some,
        projects,
        except: [],
        idempotencyKey: ctx.runtime.chance.uuid(),
      }),
    )
  const eachOnce = () => {
    const pairs = fake.effects().map(({ path, member }) => `${path} ${member}`)
    expect(new Set(pairs).size).toBe(pairs.length)
    return pairs.length
  }

  test('runs a job to its end, which the one who started it sees at once', async () => {
    const runtime = await process()
    const job = await share(await signedIn(runtime, 'alice'))
    await ended(runtime, job.id, 10_000)
    expect([await summary(place.store, job.id), eachOnce()]).toEqual([['succeeded', { done: 40 }], 40])
    expect((await jobNow(place.store, job.id)).row.attempt).toBe(1)
  })

  test('never runs a job whose storing was taken back', async () => {
    const runtime = await process()
    const ctx = await signedIn(runtime, 'alice')
    const id = runtime.chance.uuid()
    await place.store.db
      .transaction(async (tx) => {
        await runtime.engine.submit(tx, 'bulk-act', id)
        throw new Error('taken back')
      })
      .catch(() => {})
    const job = await share(ctx)
    await ended(runtime, job.id, 10_000)
    const queued = await place.store.db.execute(
      `select count(*)::int as count from pgboss.job where data->>'jobId' = '${id}'`,
    )
    expect(queued.rows).toEqual([{ count: 0 }])
  })

  test('gives a job back when the process goes down; the next process ends it, and no pair is done twice', async () => {
    const first = await process()
    const hold = await fake.control.hold(posts)
    const job = await share(await signedIn(first, 'alice'))
    await hold.waitFor(8)
    const closing = first.close()
    await hold.release(3)
    await hold.remove()
    await closing
    running.length = 0
    const { row, counts } = await jobNow(place.store, job.id)
    expect([row.state, counts.running, counts.waiting > 0]).toEqual(['running', 0, true])
    const second = await process()
    await ended(second, job.id, 10_000)
    expect([await summary(place.store, job.id), eachOnce()]).toEqual([['succeeded', { done: 40 }], 40])
    expect((await jobNow(place.store, job.id)).row.attempt).toBe(2)
  })

  test('a job that comes again to the process that still runs it waits for the older run', async () => {
    const runtime = await process()
    const hold = await fake.control.hold(posts)
    const job = await share(await signedIn(runtime, 'alice'))
    await hold.waitFor(16)
    // What the queue sees after a stall that lost it the heartbeat.
    await place.store.db.execute(
      `update pgboss.job set heartbeat_on = now() - interval '1 minute' where data->>'jobId' = '${job.id}'`,
    )
    const queueState = async () =>
      (
        await place.store.db.execute(
          `select state::text || retry_count as now from pgboss.job where data->>'jobId' = '${job.id}'`,
        )
      ).rows[0]?.now
    await expect.poll(queueState, { timeout: 10_000 }).toBe('active1')
    await hold.remove()
    await ended(runtime, job.id, 10_000)
    expect([await summary(place.store, job.id), eachOnce()]).toEqual([['succeeded', { done: 40 }], 40])
    expect([fake.calls(posts).length, (await jobNow(place.store, job.id)).row.attempt]).toEqual([40, 2])
  })

  test('[Q11] sends nothing more from the moment in which a cancelling is told', async () => {
    const runtime = await process()
    const ctx = await signedIn(runtime, 'alice')
    const hold = await fake.control.hold(posts)
    const job = await share(ctx)
    await hold.waitFor(16)
    const told = new Promise<void>((resolve) => {
      runtime.bus.hear(({ jobId, cancelled }) => {
        if (jobId === job.id && cancelled) resolve()
      })
    })
    const cancelling = inTestProject(ctx, alpha, (project) => cancelJob(project, { id: job.id }))
    await told
    await hold.remove()
    expect(await cancelling).toMatchObject({ state: 'cancelled', counts: { done: 16, skipped: 24 } })
    expect([fake.calls(posts).length, eachOnce()]).toEqual([16, 16])
  })

  test('tells of a job that waits behind others as soon as it is stored', async () => {
    const runtime = await process()
    const ctx = await signedIn(runtime, 'alice')
    const told: [string, number][] = []
    runtime.bus.hear(({ jobId, revision }) => told.push([jobId, revision]))
    const hold = await fake.control.hold(posts)
    const { imageIds } = fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 5 }] })
    const jobs = await Promise.all(imageIds.map((id) => share(ctx, [id], recipients.slice(0, 3))))
    await hold.waitFor(12)
    const waiting = jobs.filter((job) => job.state === 'queued').map((job) => job.id)
    expect(waiting.length).toBe(1)
    await expect.poll(() => told).toContainEqual([waiting[0], 0])
    await hold.remove()
    for (const { id } of jobs) await ended(runtime, id, 10_000)
    // The news of a job's storing never comes after that of its start.
    for (const { id } of jobs) {
      const revisions = told.filter(([jobId]) => jobId === id).map(([, revision]) => revision)
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
    }
  })

  test('puts a job without a token to rest', async () => {
    const runtime = await process()
    const { id } = await storeJob(place.store, threeByFour)
    const told = new Promise<void>((resolve) => {
      runtime.bus.hear(({ jobId, revision }) => {
        if (jobId === id && revision === 2) resolve()
      })
    })
    await runtime.engine.submit(place.store.db, 'bulk-act', id)
    await told
    expect((await jobNow(place.store, id)).row).toMatchObject({ state: 'paused', pauseReason: 'sign_in' })
    expect(fake.calls(posts)).toEqual([])
  })

  if (isShared) {
    test('shares the jobs of one database between processes', async () => {
      const other = await place.another()
      const [one, two] = [await process(), await process(other)]
      const ctx = await signedIn(one, 'alice')
      const hold = await fake.control.hold(posts)
      const { imageIds } = fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 6 }] })
      // One process runs four jobs at a time; all six can only be under way when both take part.
      const starting = imageIds.map((id) => share(ctx, [id], recipients.slice(0, 3)))
      await hold.waitFor(18)
      await hold.remove()
      for (const { id } of await Promise.all(starting)) {
        await ended(two, id, 10_000)
        expect(await summary(place.store, id)).toEqual(['succeeded', { done: 3 }])
      }
      expect(eachOnce()).toBe(18)
      await two.close()
      running.splice(running.indexOf(two), 1)
      await other.close()
    })
  }
})
