import { isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionContext } from '../context'
import { jobCall } from '../store/schema'
import { inTestProject, onJob, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { batchCalls } from '../testing/ims-calls'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { ended } from './job-waiting'
import { cancelJob, getJob, resumeJob, startJob } from './jobs'
import { letGoOfJobs } from './session-jobs'

const polls = { method: 'GET', path: '/jobs/' }

describe.each(stores)('batch jobs and the sign-out of who started them, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let alice: SessionContext
  let images: string[]
  let alpha = ''
  let beta = ''

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud({ flavour: 'otc' }), open()])
    // Nothing here is about signing in.
    fake.cloud.settings.identity = 'keystone'
    runtime = await testRuntime({ fake, store: place.store, engine: 'real' })
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }] }],
    })
    ;[alpha, beta] = [projects.alpha ?? '', projects.beta ?? '']
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    alice = await signedIn(runtime, 'alice')
    images = fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 3 }] }).imageIds
    fake.cloud.settings.imsJobSeconds = 0.02
    fake.cloud.ledger.clear()
  })
  afterEach(() => {
    fake.heal()
    fake.cloud.holds.clear()
  })

  /** A job whose call the cloud has taken on, and whose first look at it has not been answered. */
  async function underWay() {
    const hold = await fake.control.hold(polls)
    const { id } = await inTestProject(alice, alpha, (ctx) =>
      startJob(ctx, {
        ...ctx.scope,
        kind: 'share',
        images,
        projects: [beta],
        except: [],
        idempotencyKey: runtime.chance.uuid(),
      }),
    )
    await hold.waitFor(1)
    return { id, hold }
  }
  const openCalls = () => place.store.db.select().from(jobCall).where(isNull(jobCall.finishedAt))

  test('left to finish, it finishes', async () => {
    const { id, hold } = await underWay()
    await letGoOfJobs(runtime, alice.session, 'finish')
    await hold.remove()
    await ended(runtime, id, 20_000)
    expect(await getJob(alice, { id })).toMatchObject({ state: 'succeeded', counts: { done: 3 } })
  })

  test('paused, it is followed and not sent again when somebody goes on with it', async () => {
    const { id, hold } = await underWay()
    await letGoOfJobs(runtime, alice.session, 'pause')
    await hold.remove()
    expect(await getJob(alice, { id })).toMatchObject({ state: 'paused', pauseReason: 'sign_in' })
    await onJob(alice, resumeJob, { id })
    await ended(runtime, id, 20_000)
    expect(await getJob(alice, { id })).toMatchObject({ state: 'succeeded', counts: { done: 3 } })
    expect([batchCalls(fake).length, await openCalls()]).toEqual([1, []])
  })

  test('paused and then cancelled, no pair and no call stays open', async () => {
    const { id, hold } = await underWay()
    await letGoOfJobs(runtime, alice.session, 'pause')
    expect(await onJob(alice, cancelJob, { id })).toMatchObject({
      counts: { failed: 3, running: 0, unknown: 0 },
    })
    await hold.remove()
    expect(await openCalls()).toEqual([])
    const again = await getJob(alice, { id })
    expect(again.failures).toMatchObject([{ code: 'outcome_unknown' }])
  })
})
