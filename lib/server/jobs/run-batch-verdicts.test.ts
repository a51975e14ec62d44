import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { jobCall } from '../store/schema'
import type { Store } from '../store/store'
import { FakeClock } from '../testing/fake-clock'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { fastClock } from '../testing/fast-clock'
import { hastyHttp } from '../testing/image-access'
import { batchCalls, changesPerPair, imsFamily } from '../testing/ims-calls'
import { type JobWorld, jobWorld, summary } from '../testing/job-world'
import { stores, type TestStore } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { listCalls } from './call-rows'

const _refusal = (code: string, status = 400) => ({
  kind: 'answer' as const,
  status,
  body: JSON.stringify({ error: { code, message: 'no' } }),
})

describe.each(stores)('what a batch job is judged by on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let store: Store
  let http: CloudHttp
  let world: JobWorld

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud({ flavour: 'otc' }), open()])
    // Nothing here is about signing in.
    fake.cloud.settings.identity = 'keystone'
    store = place.store
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    world = await jobWorld(fake, http, store, { images: 6, projects: 8 }, imsFamily)
    fake.cloud.ledger.clear()
  })
  afterEach(async () => {
    fake.heal()
    fake.cloud.settings.jobEndpoints = ['project']
    fake.cloud.settings.memberQuota = 256
    await store.db.delete(jobCall)
  })

  const sent = () => batchCalls(fake)
  const run = (id: string) => world.run(id, { clock: fastClock(50) })
  const image = (at: number) => world.images[at] ?? ''
  const project = (at: number) => world.projects[at] ?? ''
  const membersOf = (at: number) => [...fake.members(image(at)).keys()].sort()
  const everybody = (status?: 'accepted' | 'rejected') =>
    fake.mint({
      members: world.images.flatMap((one) =>
        world.projects.map((to) => ({ image: one, project: to, ...(status ? { status } : {}) })),
      ),
    })
  const failuresOf = async (id: string) =>
    (await jobNow(store, id)).items
      .filter(({ state }) => state === 'failed')
      .map((item) => [item.image, item.project, item.code])

  test('[row 19] SUCCESS with a pair missing: the members decide, and that pair fails alone', async () => {
    world = await jobWorld(fake, http, store, { images: 3, projects: 4 }, imsFamily)
    await fake.control.planJobs({ outcome: 'SUCCESS', skipPairs: [[image(1), project(2)]] })
    const { id } = await world.store()
    await run(id)
    expect(await summary(store, id)).toEqual(['partly_failed', { done: 11, failed: 1 }])
    expect(await failuresOf(id)).toEqual([[1, 2, 'left_out']])
  })

  test('[row 20] FAIL with every pair there is a success, and the call says how it ended', async () => {
    await fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0108', skipPairs: 0 })
    const { id } = await world.store()
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 48 }])
    expect(await listCalls(store.db, id, 10)).toMatchObject([{ state: 'failed', code: 'project_unknown' }])
    expect(sent()).toHaveLength(1)
  })

  test('a job that fails without effect gives its reason to its pairs alone', async () => {
    await fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0061' })
    const { id } = await world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await failuresOf(id)).toEqual([[0, 0, 'upstream_unavailable']])
  })

  test('[row 21] stopping succeeds when the rows are gone, although the job names no results', async () => {
    everybody()
    const { id } = await world.store({ more: { kind: 'stop' } })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 48 }])
    expect([sent().map(({ method }) => method), membersOf(0)]).toEqual([['DELETE'], []])
  })

  test('[row 22] a job that never leaves RUNNING is given up after five minutes, and the members decide', async () => {
    await fake.control.planJobs({ never: true })
    const { id } = await world.store({
      pairs: [
        [0, 0],
        [0, 1],
      ],
    })
    const clock = new FakeClock()
    const running = world.run(id, { clock })
    await clock.whenSleeping((ms) => ms === 500)
    // Somebody else shares one of the two meanwhile.
    fake.mint({ members: [{ image: image(0), project: project(0) }] })
    await clock.leap(300_000)
    // Then the members are looked at again for ten seconds.
    for (const ms of [1_000, 2_000, 3_000, 4_000]) {
      await clock.whenSleeping((left) => left === ms)
      await clock.leap(ms)
    }
    await running
    expect(await failuresOf(id)).toEqual([[0, 1, 'timeout']])
    expect(await listCalls(store.db, id, 10)).toMatchObject([{ state: 'timed_out' }])
  })

  test.each([400, 403, 404] as const)(
    '[row 22] a job that answers %i is judged by the members',
    async (status) => {
      await fake.control.planJobs({ unreadable: status, skipPairs: [[image(0), project(1)]] })
      const { id } = await world.store({
        pairs: [
          [0, 0],
          [0, 1],
        ],
      })
      await run(id)
      expect(await failuresOf(id)).toEqual([[0, 1, 'job_lost']])
      expect(await listCalls(store.db, id, 10)).toMatchObject([{ state: 'unreadable', code: 'job_lost' }])
    },
  )

  test.each([
    ['in small letters, without entities', { status: 'success', entities: null, end_time: '' }],
    ['with results in capitals', { entities: { results: [{ image_id: 'x', status: 'SUCCESS' }, null] } }],
    ['with a time of its own', { begin_time: '04-Jun-2031 18:11:06:586', end_time: null, error_code: '' }],
    ['with results of another shape', { entities: { results: 'none' }, fail_reason: 7 }],
  ])('[row 23] an answer %s means the same', async (_how, fields) => {
    await fake.control.planJobs({ fields })
    const { id } = await world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 1 }])
  })

  test('an unknown state counts as running', async () => {
    fake.fault({
      path: '/jobs/',
      times: 2,
      fault: { kind: 'answer', status: 200, body: '{"status":"WAITING_FOR_TEA"}' },
    })
    const { id } = await world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 1 }])
  })

  test('one image that cannot be shared does not take the others of its call with it', async () => {
    await fake.control.changeImage(image(4), { status: 'queued' })
    const { id } = await world.store()
    await run(id)
    expect(await summary(store, id)).toEqual(['partly_failed', { done: 40, failed: 8 }])
    expect(new Set((await failuresOf(id)).map(([at, , code]) => `${at} ${code}`))).toEqual(
      new Set(['4 image_not_ready']),
    )
    expect(changesPerPair(fake)).toEqual(Array(40).fill(1))
  })

  test.each([true, false])(
    '[row 12] nor does one unknown project, whether found at once (%s) or by the job',
    async (atOnce) => {
      const before = fake.cloud.settings.imsFaultsInJob
      fake.cloud.settings.imsFaultsInJob = atOnce ? [] : ['IMG.0108']
      fake.cloud.projects.delete(project(3))
      const { id } = await world.store()
      await run(id)
      fake.cloud.settings.imsFaultsInJob = before
      expect(await summary(store, id)).toEqual(['partly_failed', { done: 42, failed: 6 }])
      expect(new Set((await failuresOf(id)).map(([, to, code]) => `${to} ${code}`))).toEqual(
        new Set(['3 project_unknown']),
      )
    },
  )

  test('[row 13] a project of another region is not known in this one, and fails alone', async () => {
    const { regions } = fake.cloud
    const elsewhere = fake.cloud.projects.get(project(3))
    if (!elsewhere) throw new Error('the project was not made')
    fake.cloud.regions = ['north', 'south']
    elsewhere.name = 'south_lab'
    const { id } = await world.store()
    await run(id)
    fake.cloud.regions = regions
    expect(await summary(store, id)).toEqual(['partly_failed', { done: 42, failed: 6 }])
    expect(new Set((await failuresOf(id)).map(([, to, code]) => `${to} ${code}`))).toEqual(
      new Set(['3 project_unknown']),
    )
  })

  test('[row 13] a cloud that tells the two regions apart is quoted', async () => {
    await fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0177' })
    const { id } = await world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await failuresOf(id)).toEqual([[0, 0, 'other_region']])
  })

  test('[row 41] whether an encrypted image may be shared is for the cloud to say', async () => {
    await fake.control.changeImage(image(4), { ims: { encrypted: true } })
    fake.cloud.settings.encryptedShares = false
    const refused = await world.store()
    await run(refused.id)
    fake.cloud.settings.encryptedShares = true
    expect(await summary(store, refused.id)).toEqual(['partly_failed', { done: 40, failed: 8 }])
    expect(new Set((await failuresOf(refused.id)).map(([at, , code]) => `${at} ${code}`))).toEqual(
      new Set(['4 image_encrypted']),
    )
    const shared = await world.store({ pairs: [[4, 0]] })
    await run(shared.id)
    expect(await summary(store, shared.id)).toEqual(['succeeded', { done: 1 }])
  })

  test('[row 42] a full image takes what fits; the others fail with the limit', async () => {
    fake.cloud.settings.memberQuota = 5
    const { id } = await world.store({ pairs: world.projects.map((_, to) => [0, to]) })
    await run(id)
    expect(await summary(store, id)).toEqual(['partly_failed', { done: 5, failed: 3 }])
    expect((await failuresOf(id)).map(([, , code]) => code)).toEqual(Array(3).fill('member_limit'))
  })
})
