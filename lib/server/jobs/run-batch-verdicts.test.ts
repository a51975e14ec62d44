import { beforeEach, describe, expect, test } from 'vitest'
import { FakeClock } from '../testing/fake-clock'
import { fastClock } from '../testing/fast-clock'
import { imsFamily } from '../testing/image-access'
import { batchCalls, changesPerPair } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import { failuresOf, summary } from '../testing/job-world'
import { stores } from '../testing/stores'
import { listCalls } from './call-rows'

describe.each(stores)('what a batch job is judged by on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)

  beforeEach(() => ground.begin({ images: 6, projects: 8 }))

  const sent = () => batchCalls(ground.fake)
  const run = (id: string) => ground.world.run(id, { clock: fastClock(50) })
  const image = (at: number) => ground.world.images[at] ?? ''
  const project = (at: number) => ground.world.projects[at] ?? ''
  const membersOf = (at: number) => [...ground.fake.members(image(at)).keys()].sort()
  const everybody = (status?: 'accepted' | 'rejected') =>
    ground.fake.mint({
      members: ground.world.images.flatMap((one) =>
        ground.world.projects.map((to) => ({ image: one, project: to, ...(status ? { status } : {}) })),
      ),
    })

  test('[row 19] SUCCESS with a pair missing: the members decide, and that pair fails alone', async () => {
    await ground.begin({ images: 3, projects: 4 })
    await ground.fake.control.planJobs({ outcome: 'SUCCESS', skipPairs: [[image(1), project(2)]] })
    const { id } = await ground.world.store()
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 11, failed: 1 }])
    expect(await failuresOf(ground.store, id)).toEqual([[1, 2, 'left_out']])
  })

  test('[row 20] FAIL with every pair there is a success, and the call says how it ended', async () => {
    await ground.fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0108', skipPairs: 0 })
    const { id } = await ground.world.store()
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([
      { state: 'failed', code: 'project_unknown' },
    ])
    expect(sent()).toHaveLength(1)
  })

  test('a job that fails without effect gives its reason to its pairs alone', async () => {
    await ground.fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0061' })
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await failuresOf(ground.store, id)).toEqual([[0, 0, 'upstream_unavailable']])
  })

  test('[row 21] stopping succeeds when the rows are gone, although the job names no results', async () => {
    everybody()
    const { id } = await ground.world.store({ more: { kind: 'stop' } })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect([sent().map(({ method }) => method), membersOf(0)]).toEqual([['DELETE'], []])
  })

  test('[row 22] a job that never leaves RUNNING is given up after five minutes, and the members decide', async () => {
    await ground.fake.control.planJobs({ never: true })
    const { id } = await ground.world.store({
      pairs: [
        [0, 0],
        [0, 1],
      ],
    })
    const clock = new FakeClock()
    const running = ground.world.run(id, { clock })
    await clock.whenSleeping((ms) => ms === 500)
    // Somebody else shares one of the two meanwhile.
    ground.fake.mint({ members: [{ image: image(0), project: project(0) }] })
    await clock.leap(300_000)
    // Then the members are looked at again for ten seconds.
    for (const ms of [1_000, 2_000, 3_000, 4_000]) {
      await clock.whenSleeping((left) => left === ms)
      await clock.leap(ms)
    }
    await running
    expect(await failuresOf(ground.store, id)).toEqual([[0, 1, 'timeout']])
    expect(await listCalls(ground.store.db, id, 10)).toMatchObject([{ state: 'timed_out' }])
  })

  test.each([400, 403, 404] as const)(
    '[row 22] a job that answers %i is judged by the members',
    async (status) => {
      await ground.fake.control.planJobs({ unreadable: status, skipPairs: [[image(0), project(1)]] })
      const { id } = await ground.world.store({
        pairs: [
          [0, 0],
          [0, 1],
        ],
      })
      await run(id)
      expect(await failuresOf(ground.store, id)).toEqual([[0, 1, 'job_lost']])
      expect(await listCalls(ground.store.db, id, 10)).toMatchObject([
        { state: 'unreadable', code: 'job_lost' },
      ])
    },
  )

  test.each([
    ['in small letters, without entities', { status: 'success', entities: null, end_time: '' }],
    ['with results in capitals', { entities: { results: [{ image_id: 'x', status: 'SUCCESS' }, null] } }],
    ['with a time of its own', { begin_time: '04-Jun-2031 18:11:06:586', end_time: null, error_code: '' }],
    ['with results of another shape', { entities: { results: 'none' }, fail_reason: 7 }],
  ])('[row 23] an answer %s means the same', async (_how, fields) => {
    await ground.fake.control.planJobs({ fields })
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 1 }])
  })

  test('an unknown state counts as running', async () => {
    ground.fake.fault({
      path: '/jobs/',
      times: 2,
      fault: { kind: 'answer', status: 200, body: '{"status":"WAITING_FOR_TEA"}' },
    })
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 1 }])
  })

  test('one image that cannot be shared does not take the others of its call with it', async () => {
    await ground.fake.control.changeImage(image(4), { status: 'queued' })
    const { id } = await ground.world.store()
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 40, failed: 8 }])
    expect(new Set((await failuresOf(ground.store, id)).map(([at, , code]) => `${at} ${code}`))).toEqual(
      new Set(['4 image_not_ready']),
    )
    expect(changesPerPair(ground.fake)).toEqual(Array(40).fill(1))
  })

  test.each([true, false])(
    '[row 12] nor does one unknown project, whether found at once (%s) or by the job',
    async (atOnce) => {
      ground.fake.cloud.settings.imsFaultsInJob = atOnce ? [] : ['IMG.0108']
      ground.fake.cloud.projects.delete(project(3))
      const { id } = await ground.world.store()
      await run(id)
      expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 42, failed: 6 }])
      expect(new Set((await failuresOf(ground.store, id)).map(([, to, code]) => `${to} ${code}`))).toEqual(
        new Set(['3 project_unknown']),
      )
    },
  )

  test('[row 13] a project of another region is not known in this one, and fails alone', async () => {
    const { regions } = ground.fake.cloud
    const elsewhere = ground.fake.cloud.projects.get(project(3))
    if (!elsewhere) throw new Error('the project was not made')
    ground.fake.cloud.regions = ['north', 'south']
    elsewhere.name = 'south_lab'
    const { id } = await ground.world.store()
    await run(id)
    ground.fake.cloud.regions = regions
    expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 42, failed: 6 }])
    expect(new Set((await failuresOf(ground.store, id)).map(([, to, code]) => `${to} ${code}`))).toEqual(
      new Set(['3 project_unknown']),
    )
  })

  test('[row 13] a cloud that tells the two regions apart is quoted', async () => {
    await ground.fake.control.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0177' })
    const { id } = await ground.world.store({ pairs: [[0, 0]] })
    await run(id)
    expect(await failuresOf(ground.store, id)).toEqual([[0, 0, 'other_region']])
  })

  test('[row 41] whether an encrypted image may be shared is for the cloud to say', async () => {
    await ground.fake.control.changeImage(image(4), { ims: { encrypted: true } })
    ground.fake.cloud.settings.encryptedShares = false
    const refused = await ground.world.store()
    await run(refused.id)
    ground.fake.cloud.settings.encryptedShares = true
    expect(await summary(ground.store, refused.id)).toEqual(['partly_failed', { done: 40, failed: 8 }])
    expect(
      new Set((await failuresOf(ground.store, refused.id)).map(([at, , code]) => `${at} ${code}`)),
    ).toEqual(new Set(['4 image_encrypted']))
    const shared = await ground.world.store({ pairs: [[4, 0]] })
    await run(shared.id)
    expect(await summary(ground.store, shared.id)).toEqual(['succeeded', { done: 1 }])
  })

  test('[row 42] a full image takes what fits; the others fail with the limit', async () => {
    ground.fake.cloud.settings.memberQuota = 5
    const { id } = await ground.world.store({ pairs: ground.world.projects.map((_, to) => [0, to]) })
    await run(id)
    expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 5, failed: 3 }])
    expect((await failuresOf(ground.store, id)).map(([, , code]) => code)).toEqual(
      Array(3).fill('member_limit'),
    )
  })
})
