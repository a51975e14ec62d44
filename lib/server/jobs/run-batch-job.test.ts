import { beforeEach, describe, expect, test } from 'vitest'
import { findCapabilities } from '../store/capability-rows'
import { fastClock } from '../testing/fast-clock'
import { imsFamily } from '../testing/image-access'
import { batchCalls, changesPerPair, imsRefusal } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import { failuresOf, summary } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { listCalls } from './call-rows'

describe.each(stores)('a batch job on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)

  beforeEach(() => ground.begin({ images: 6, projects: 8 }))

  const sent = () => batchCalls(ground.fake)
  const run = (id: string) => ground.world.run(id, { clock: fastClock(50) })
  const image = (at: number) => ground.world.images[at] ?? ''
  const project = (at: number) => ground.world.projects[at] ?? ''
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
    ground.fake.mint({
      members: ground.world.images.flatMap((one) =>
        ground.world.projects.map((to) => ({ image: one, project: to, ...(status ? { status } : {}) })),
      ),
    })

  test('shares every image with every project in one call, and reads its members once before and once after', async () => {
    const { id } = await ground.world.store()
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect(changesPerPair(ground.fake)).toEqual(Array(48).fill(1))
    expect(sent()).toHaveLength(1)
    expect(ground.fake.calls({ method: 'GET', path: '^/v2/images/[^/]+/members$' })).toHaveLength(12)
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([
      { id: sent()[0]?.jobId, state: 'succeeded', pairs: 48, code: null },
    ])
    expect(ground.world.told.at(-1)).toEqual([(await jobNow(ground.store, id)).row.revision, true])
  })

  test('holes stay holes, and no call is too large', async () => {
    await ground.begin({ images: 23, projects: 12 })
    const pairs = ground.world.images.flatMap((_, at) =>
      ground.world.projects.flatMap((_to, to): [number, number][] =>
        (at * 7 + to * 5) % 11 < 3 ? [] : [[at, to]],
      ),
    )
    const { id } = await ground.world.store({ pairs })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: pairs.length }])
    expect(changesPerPair(ground.fake)).toEqual(Array(pairs.length).fill(1))
    for (const call of sent()) {
      expect((call.images?.length ?? 0) * (call.projects?.length ?? 0)).toBeLessThanOrEqual(100)
    }
  })

  test('an image with more projects than a call holds has its calls one after the other', async () => {
    await ground.begin({ images: 2, projects: 250 })
    const { id } = await ground.world.store()
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 500 }])
    expect([sent().length, overlaps()]).toEqual([5, []])
  })

  test('[row 24] a DELETE that loses its body becomes single native calls', async () => {
    everybody()
    ground.fake.fault({ method: 'DELETE', path: '^/v1/', fault: imsRefusal('IMG.0007') })
    const { id } = await ground.world.store({ more: { kind: 'stop' } })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect(changesPerPair(ground.fake)).toEqual(Array(48).fill(1))
    expect(ground.fake.calls({ method: 'DELETE', path: '^/v2/images/' })).toHaveLength(48)
    // What is lost once is lost again: the batch call is not tried for every part.
    expect(sent()).toHaveLength(1)
  })

  test('[row 46] what is there already is not sent, and what another tab did meanwhile is no failure', async () => {
    ground.fake.mint({ members: [{ image: image(0), project: project(0) }] })
    const hold = await ground.fake.control.hold({ method: 'POST', path: '^/v1/cloudimages/members$' })
    const { id } = await ground.world.store({
      pairs: [
        [0, 0],
        [0, 1],
        [1, 1],
      ],
    })
    const running = run(id)
    await hold.waitFor(1)
    ground.fake.mint({ members: [{ image: image(1), project: project(1) }] })
    await hold.remove()
    await running
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 2, already: 1 }])
    expect(sent().flatMap(({ projects }) => projects)).not.toContain(project(0))
  })

  test('[row 46] [row 16] an image deleted meanwhile is gone for sharing, and all the better for stopping', async () => {
    await ground.fake.control.deleteImage(image(2))
    const share = await ground.world.store({
      pairs: [
        [1, 0],
        [2, 0],
      ],
    })
    await run(share.id)
    expect(await failuresOf(ground.store, share.id)).toEqual([[2, 0, 'image_not_found']])
    const stop = await ground.world.store({
      pairs: [
        [1, 0],
        [2, 0],
      ],
      more: { kind: 'stop' },
    })
    await run(stop.id)
    expect(await summary(ground.store, stop.id)).toEqual(['succeeded', { done: 1, already: 1 }])
  })

  test('[row 11] offering again removes and adds, and every pair is pending anew', async () => {
    everybody('rejected')
    await ground.fake.control.removeMember(image(0), project(0))
    ground.fake.cloud.ledger.clear()
    const { id } = await ground.world.store({ more: { kind: 'offer_again' } })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect(ground.world.images.flatMap((one) => [...ground.fake.members(one).values()])).toEqual(
      Array(48).fill('pending'),
    )
  })

  test('the other address of jobs is found out, kept, and used from then on', async () => {
    ground.fake.cloud.settings.jobEndpoints = ['progress']
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 1 }])
    expect(ground.fake.calls({ path: '^/v1/[0-9a-f]+/jobs/' })).toHaveLength(1)
    const found = await findCapabilities(ground.store.db, { cloud: 'openstack', region: 'north' })
    expect(found.job_endpoint).toMatchObject({ value: 'progress', source: 'learnt' })
  })

  test('an image waits for the call that another job has on it', async () => {
    const hold = await ground.fake.control.hold({ method: 'GET', path: '/jobs/' })
    const first = await ground.world.store({
      pairs: [
        [0, 0],
        [1, 0],
      ],
    })
    const second = await ground.world.store({
      pairs: [
        [1, 1],
        [2, 1],
      ],
    })
    const running = run(first.id)
    await hold.waitFor(1)
    const waiting = run(second.id)
    await ground.fake.control.waitForCalls({ path: '/members$', method: 'GET' }, 4, { answered: true })
    expect(sent()).toHaveLength(1)
    await hold.remove()
    await Promise.all([running, waiting])
    const [one, two] = sent()
    expect(two?.seq).toBeGreaterThan(one?.changedAfter ?? Number.POSITIVE_INFINITY)
    expect(await summary(ground.store, second.id)).toEqual(['succeeded', { done: 2 }])
  })
})
