import { eq, isNotNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StartJobInput } from '../../contracts/inputs/jobs'
import type { JobView } from '../../contracts/jobs'
import type { SessionContext } from '../context'
import { activity, job, token } from '../store/schema'
import { inTestProject, onJob, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { ended } from './job-waiting'
import { cancelJob, getJob, listJobItems, listJobs, resumeJob, retryJob, startJob } from './jobs'

const posts = { method: 'POST', path: '/members$' }

describe.each(stores)('bulk acts on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let ids: Record<string, string>
  let images: string[]
  let alice: SessionContext
  let bob: SessionContext

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    runtime = await testRuntime({ fake, store: place.store, engine: 'real' })
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }, { name: 'delta' }],
      users: [
        { name: 'alice', roles: [{ project: 'alpha' }] },
        { name: 'anna', roles: [{ project: 'alpha' }] },
        { name: 'bob', roles: [{ project: 'beta' }] },
      ],
    })
    ids = projects
    alice = await signedIn(runtime, 'alice')
    bob = await signedIn(runtime, 'bob')
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(() => {
    images = fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 3 }] }).imageIds
    fake.cloud.ledger.clear()
  })
  afterEach(() => {
    fake.heal()
    for (const { id } of fake.cloud.holds.list()) fake.cloud.holds.remove(id)
  })

  const id = (name: string) => ids[name] ?? ''
  const key = () => runtime.chance.uuid()
  const recipients = () => [id('beta'), id('gamma')]
  function start(wish: Partial<StartJobInput> = {}, ctx = alice, project = id('alpha')): Promise<JobView> {
    return inTestProject(ctx, project, (context) =>
      startJob(context, {
        ...context.scope,
        kind: 'share',
        images,
        projects: recipients(),
        except: [],
        idempotencyKey: key(),
        ...wish,
      }),
    )
  }
  async function done(starting: Promise<JobView>, ctx = alice): Promise<JobView> {
    const { id: jobId } = await starting
    await ended(runtime, jobId, 10_000)
    return getJob(ctx, { id: jobId })
  }
  const rows = async () => (await place.store.db.select().from(job)).length
  const jobTokens = (jobId: string) => place.store.db.select().from(token).where(eq(token.jobId, jobId))

  test('share, be rejected, be offered again, be accepted, stop: the whole way', async () => {
    const [image = ''] = images
    const status = () => fake.members(image).get(id('beta'))
    const pair = { images: [image], projects: [id('beta')] }
    const steps: [StartJobInput['kind'], SessionContext, string, string | undefined][] = [
      ['share', alice, 'alpha', 'pending'],
      ['reject', bob, 'beta', 'rejected'],
      ['offer_again', alice, 'alpha', 'pending'],
      ['accept', bob, 'beta', 'accepted'],
      ['stop', alice, 'alpha', undefined],
    ]
    for (const [kind, ctx, project, wanted] of steps) {
      const view = await done(start({ kind, ...pair }, ctx, id(project)), ctx)
      expect([kind, view.state, status()]).toEqual([kind, 'succeeded', wanted])
    }
    const verbs = await place.store.db.select().from(activity).where(eq(activity.verb, 'share.offer_again'))
    expect(verbs.map(({ phase, outcome, userName }) => [phase, outcome, userName])).toEqual([
      ['intent', null, 'alice'],
      ['outcome', 'succeeded', 'alice'],
    ])
  })

  test('a view has a letter per pair and the failures by reason', async () => {
    fake.fault({ ...posts, path: images[1], member: id('gamma'), fault: { kind: 'answer', status: 409 } })
    const view = await done(start({ except: [[images[0] ?? '', id('beta')]] }))
    expect(view).toMatchObject({
      state: 'partly_failed',
      mine: true,
      total: 5,
      cells: ['.d', 'df', 'dd'],
      counts: { done: 4, failed: 1 },
      failures: [{ code: 'conflict', pairs: [[1, 1]], retryable: true, requestIds: [] }],
    })
    expect(view.msPerPair).toBeGreaterThanOrEqual(0)
    const page = await listJobItems(alice, { id: view.id, offset: 0, state: 'failed' })
    expect(page).toMatchObject({ total: 1, next: null, items: [{ image: 1, project: 1, code: 'conflict' }] })
  })

  describe('[Q6] [matrix 32] the same click', () => {
    test('twenty times at once makes one job, and leaves no token behind', async () => {
      const idempotencyKey = key()
      const before = await rows()
      await inTestProject(alice, id('alpha'), async () => {})
      await place.store.db.delete(token).where(isNotNull(token.revokeDueAt))
      fake.cloud.ledger.clear()
      const views = await Promise.all(Array.from({ length: 20 }, () => start({ idempotencyKey })))
      expect(new Set(views.map((view) => view.id)).size).toBe(1)
      const view = await done(Promise.resolve(views[0] as JobView))
      expect([await rows(), view.counts.done, fake.effects().length]).toEqual([before + 1, 6, 6])
      expect(fake.calls(posts)).toHaveLength(6)
      const made = fake.calls({ method: 'POST', path: '/auth/tokens' }).length
      const due = (await place.store.db.select().from(token)).filter(
        ({ revokeDueAt }) => revokeDueAt !== null,
      )
      expect([made > 0, due.length]).toEqual([true, made])
    })

    test('later gets the job as it is by then; with another wish it is refused', async () => {
      const idempotencyKey = key()
      const first = await done(start({ idempotencyKey }))
      expect((await start({ idempotencyKey })).id).toBe(first.id)
      await expect(start({ idempotencyKey, projects: [id('beta')] })).rejects.toMatchObject({
        code: 'conflict',
      })
      const ofBob = start({ idempotencyKey, kind: 'accept', projects: [id('beta')] }, bob, id('beta'))
      expect((await ofBob).id).not.toBe(first.id)
    })
  })

  describe('[S16] the job’s own token', () => {
    test('is its own, one for all its pairs, and revoked with its end', async () => {
      fake.cloud.ledger.clear()
      const hold = await fake.control.hold(posts)
      const starting = start()
      await hold.waitFor(1)
      const [running] = await place.store.db.select().from(job).where(eq(job.state, 'running'))
      expect(await jobTokens(running?.id ?? '')).toMatchObject([{ sessionIdHash: null, revokeDueAt: null }])
      await hold.remove()
      const view = await done(starting)
      expect(await jobTokens(view.id)).toEqual([])
      expect(fake.calls({ method: 'POST', path: '/auth/tokens' }).length).toBeLessThanOrEqual(2)
    })
  })

  describe('[Q10] retrying', () => {
    test('runs the failed pairs alone, as a new job', async () => {
      fake.fault({ ...posts, member: id('gamma'), fault: { kind: 'answer', status: 409 } })
      const failed = await done(start())
      expect(failed.cells).toEqual(['df', 'df', 'df'])
      fake.heal()
      const idempotencyKey = key()
      const again = await done(onJob(alice, retryJob, { id: failed.id, idempotencyKey }))
      expect(again).toMatchObject({ state: 'succeeded', retryOf: failed.id, cells: ['d', 'd', 'd'] })
      expect(again.projects.map((project) => project.id)).toEqual([id('gamma')])
      expect((await onJob(alice, retryJob, { id: failed.id, idempotencyKey })).id).toBe(again.id)
      expect((await getJob(alice, { id: failed.id })).cells).toEqual(['df', 'df', 'df'])
    })

    test('of what did not fail, or still runs, is refused', async () => {
      const view = await done(start())
      await expect(onJob(alice, retryJob, { id: view.id, idempotencyKey: key() })).rejects.toMatchObject({
        code: 'conflict',
      })
    })
  })

  describe('a job that rests', () => {
    async function paused() {
      fake.fault({ ...posts, after: 2, fault: { kind: 'answer', status: 401 } })
      const { id: jobId } = await start()
      await expect
        .poll(async () => (await getJob(alice, { id: jobId })).state, { timeout: 10_000, interval: 20 })
        .toBe('paused')
      fake.heal()
      return jobId
    }

    test('goes on for the user who started it, and for nobody else', async () => {
      const jobId = await paused()
      const anna = await signedIn(runtime, 'anna')
      expect(await getJob(anna, { id: jobId })).toMatchObject({ mine: false, pauseReason: 'sign_in' })
      await expect(onJob(anna, resumeJob, { id: jobId })).rejects.toMatchObject({ code: 'forbidden' })
      const view = await done(onJob(alice, resumeJob, { id: jobId }))
      expect([view.state, view.counts.done, fake.effects().length]).toEqual(['succeeded', 6, 6])
      await expect(onJob(alice, resumeJob, { id: jobId })).rejects.toMatchObject({ code: 'conflict' })
    })

    test('goes on once, however often it is told to', async () => {
      const jobId = await paused()
      const results = await Promise.allSettled([1, 2, 3].map(() => onJob(alice, resumeJob, { id: jobId })))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      await ended(runtime, jobId, 10_000)
      expect(fake.effects()).toHaveLength(6)
      expect(await jobTokens(jobId)).toEqual([])
    })

    test('[Q11] can be cancelled by anybody of the project, and ends at once', async () => {
      const jobId = await paused()
      const view = await onJob(await signedIn(runtime, 'anna'), cancelJob, { id: jobId })
      expect(view).toMatchObject({
        state: 'cancelled',
        counts: { done: 2, skipped: 4, running: 0, waiting: 0 },
      })
      await expect(onJob(alice, resumeJob, { id: jobId })).rejects.toMatchObject({ code: 'conflict' })
      expect((await onJob(alice, cancelJob, { id: jobId })).state).toBe('cancelled')
      // The job and its end are alice's.
      const acts = await place.store.db
        .select()
        .from(activity)
        .where(eq(activity.jobId, jobId))
        .orderBy(activity.at, activity.id)
      expect(acts.map(({ verb, userName }) => [verb, userName])).toEqual([
        ['share.share', 'alice'],
        ['job.cancel', 'anna'],
        ['share.share', 'alice'],
      ])
    })
  })

  describe('[L1] a job', () => {
    test('of another project does not exist', async () => {
      const view = await done(start())
      await expect(getJob(bob, { id: view.id })).rejects.toMatchObject({ code: 'not_found' })
      for (const verb of [cancelJob, resumeJob]) {
        await expect(onJob(bob, verb, { id: view.id })).rejects.toMatchObject({ code: 'not_found' })
        // Nor from a project of one's own that is not the job's.
        const elsewhere = inTestProject(bob, id('beta'), (ctx) => verb(ctx, { id: view.id }))
        await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' })
      }
      const offset = { id: view.id, offset: 0, state: 'all' } as const
      await expect(listJobItems(bob, offset)).rejects.toMatchObject({ code: 'not_found' })
      const retry = onJob(bob, retryJob, { id: view.id, idempotencyKey: key() })
      await expect(retry).rejects.toMatchObject({ code: 'not_found' })
      expect((await listJobs(bob)).map((one) => one.id)).not.toContain(view.id)
      expect((await listJobs(alice))[0]).toMatchObject({ id: view.id, counts: { done: 6 }, total: 6 })
    })

    test('with an id that is none does not exist either', async () => {
      await expect(getJob(alice, { id: "x' or 1=1" })).rejects.toMatchObject({ code: 'not_found' })
    })
  })
})
