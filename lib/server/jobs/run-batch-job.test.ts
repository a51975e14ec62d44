import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { findCapabilities } from '../store/capability-rows'
import { jobCall } from '../store/schema'
import type { Store } from '../store/store'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { fastClock } from '../testing/fast-clock'
import { hastyHttp } from '../testing/image-access'
import { batchCalls, changesPerPair, imsFamily } from '../testing/ims-calls'
import { type JobWorld, jobWorld, summary } from '../testing/job-world'
import { stores, type TestStore } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { listCalls } from './call-rows'

const refusal = (code: string, status = 400) => ({
  kind: 'answer' as const,
  status,
  body: JSON.stringify({ error: { code, message: 'no' } }),
})

describe.each(stores)('a batch job on $name', ({ open }) => {
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
  const _membersOf = (at: number) => [...fake.members(image(at)).keys()].sort()
  /** Calls that came before an earlier one on one of their images had changed anything, by number. */
  const overlaps = () =>
    sent().flatMap((call) => {
      const before = sent().filter(
        ({ seq, images }) => seq < call.seq && images?.some((one) => call.images?.includes(one)),
      )
      return before.flatMap((earlier) =>
        (earlier.changedAfter ?? call.seq) >= call.seq ? [[earlier.seq, call.seq]] : [],
      )
    })
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

  test('shares every image with every project in one call, and reads its members once before and once after', async () => {
    const { id } = await world.store()
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 48 }])
    expect(changesPerPair(fake)).toEqual(Array(48).fill(1))
    expect(sent()).toHaveLength(1)
    expect(fake.calls({ method: 'GET', path: '^/v2/images/[^/]+/members$' })).toHaveLength(12)
    expect(await listCalls(store.db, id, 10)).toMatchObject([
      { id: sent()[0]?.jobId, state: 'succeeded', pairs: 48, code: null },
    ])
    expect(world.told.at(-1)).toEqual([(await jobNow(store, id)).row.revision, true])
  })

  test('holes stay holes, and no call is too large', async () => {
    world = await jobWorld(fake, http, store, { images: 23, projects: 12 }, imsFamily)
    fake.cloud.ledger.clear()
    const pairs = world.images.flatMap((_, at) =>
      world.projects.flatMap((_to, to): [number, number][] => ((at * 7 + to * 5) % 11 < 3 ? [] : [[at, to]])),
    )
    const { id } = await world.store({ pairs })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: pairs.length }])
    expect(changesPerPair(fake)).toEqual(Array(pairs.length).fill(1))
    for (const call of sent()) {
      expect((call.images?.length ?? 0) * (call.projects?.length ?? 0)).toBeLessThanOrEqual(100)
    }
  })

  test('an image with more projects than a call holds has its calls one after the other', async () => {
    world = await jobWorld(fake, http, store, { images: 2, projects: 250 }, imsFamily)
    fake.cloud.ledger.clear()
    const { id } = await world.store()
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 500 }])
    expect([sent().length, overlaps()]).toEqual([5, []])
  })

  test('[row 24] a DELETE that loses its body becomes single native calls', async () => {
    everybody()
    fake.fault({ method: 'DELETE', path: '^/v1/', fault: refusal('IMG.0007') })
    const { id } = await world.store({ more: { kind: 'stop' } })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 48 }])
    expect(changesPerPair(fake)).toEqual(Array(48).fill(1))
    expect(fake.calls({ method: 'DELETE', path: '^/v2/images/' })).toHaveLength(48)
    // What is lost once is lost again: the batch call is not tried for every part.
    expect(sent()).toHaveLength(1)
  })

  test('[row 46] what is there already is not sent, and what another tab did meanwhile is no failure', async () => {
    fake.mint({ members: [{ image: image(0), project: project(0) }] })
    const hold = await fake.control.hold({ method: 'POST', path: '^/v1/cloudimages/members$' })
    const { id } = await world.store({
      pairs: [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
    })
    const running = run(id)
    await hold.waitFor(1)
    fake.mint({ members: [{ image: image(1), project: project(1) }] })
    await hold.remove()
    await running
    expect(await summary(store, id)).toEqual(['succeeded', { done: 2, already: 1 }])
    expect(sent().flatMap(({ projects }) => projects)).not.toContain(project(0))
  })

  test('[row 46] [row 16] an image deleted meanwhile is gone for sharing, and all the better for stopping', async () => {
    await fake.control.deleteImage(image(2))
    const share = await world.store({
      pairs: [
        [1, 0],
        [2, 0],
      ],
    })
    await run(share.id)
    expect(await failuresOf(share.id)).toEqual([[2, 0, 'image_not_found']])
    const stop = await world.store({
      pairs: [
        [1, 0],
        [2, 0],
      ],
      more: { kind: 'stop' },
    })
    await run(stop.id)
    expect(await summary(store, stop.id)).toEqual(['succeeded', { done: 1, already: 1 }])
  })

  test('[row 11] offering again removes and adds, and every pair is pending anew', async () => {
    everybody('rejected')
    await fake.control.removeMember(image(0), project(0))
    fake.cloud.ledger.clear()
    const { id } = await world.store({ more: { kind: 'offer_again' } })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 48 }])
    expect(world.images.flatMap((one) => [...fake.members(one).values()])).toEqual(Array(48).fill('pending'))
  })

  test('the other address of jobs is found out, kept, and used from then on', async () => {
    fake.cloud.settings.jobEndpoints = ['progress']
    const { id } = await world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(store, id)).toEqual(['succeeded', { done: 1 }])
    expect(fake.calls({ path: '^/v1/[0-9a-f]+/jobs/' })).toHaveLength(1)
    const found = await findCapabilities(store.db, { cloud: 'openstack', region: 'north' })
    expect(found.job_endpoint).toMatchObject({ value: 'progress', source: 'learnt' })
  })

  test('an image waits for the call that another job has on it', async () => {
    const hold = await fake.control.hold({ method: 'GET', path: '/jobs/' })
    const first = await world.store({
      pairs: [
        [0, 0],
        [1, 0],
      ],
    })
    const second = await world.store({
      pairs: [
        [1, 1],
        [2, 1],
      ],
    })
    const running = run(first.id)
    await hold.waitFor(1)
    const waiting = run(second.id)
    await fake.control.waitForCalls({ path: '/members$', method: 'GET' }, 4, { answered: true })
    expect(sent()).toHaveLength(1)
    await hold.remove()
    await Promise.all([running, waiting])
    const [one, two] = sent()
    expect(two?.seq).toBeGreaterThan(one?.changedAfter ?? Number.POSITIVE_INFINITY)
    expect(await summary(store, second.id)).toEqual(['succeeded', { done: 2 }])
  })
})
