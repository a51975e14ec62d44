import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { findFact } from '../store/fact-rows'
import { job } from '../store/schema'
import { FakeClock } from '../testing/fake-clock'
import { jobGround } from '../testing/job-ground'
import { summary, watched } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import { claimJob, LostLease } from './job-rows'
import { Stopping } from './run-job'

const posts = { method: 'POST', path: '/members$' }

describe.each(stores)('on $name', ({ open }) => {
  const ground = jobGround(open)

  beforeEach(() => ground.begin({ images: 6, projects: 8 }))

  const members = () => ground.world.images.reduce((sum, id) => sum + ground.fake.members(id).size, 0)
  const effectsPerPair = () => {
    const pairs = new Map<string, number>()
    for (const call of ground.fake.effects()) {
      const pair = `${call.path.split('/')[3]} ${call.member ?? call.path.split('/')[5]}`
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
    return [...pairs.values()]
  }

  test('a whole job shares every image with every project, once', async () => {
    const { id } = await ground.world.store()
    await ground.world.run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect([members(), ground.fake.effects().length, ground.fake.calls(posts).length]).toEqual([48, 48, 48])
    const { items } = await jobNow(ground.store, id)
    for (const item of items) {
      expect(item.upstreamRequestId).toMatch(/^req-/)
      expect(item.finishedAt?.getTime()).toBeGreaterThanOrEqual(item.startedAt?.getTime() ?? Number.NaN)
    }
  })

  test('what is told grows and ends with the end', async () => {
    const { id } = await ground.world.store()
    await ground.world.run(id)
    const revisions = ground.world.told.map(([revision]) => revision)
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
    expect(ground.world.told.map(([, finished]) => finished)).toEqual([
      ...ground.world.told.slice(1).map(() => false),
      true,
    ])
    expect(revisions.at(-1)).toBe((await jobNow(ground.store, id)).row.revision)
    // One write per chunk, not per pair.
    expect(ground.world.told.length).toBeLessThan(20)
  })

  test('holes stay holes', async () => {
    const pairs: [number, number][] = [
      [0, 0],
      [2, 3],
      [5, 7],
    ]
    const { id } = await ground.world.store({ pairs })
    await ground.world.run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 3 }])
    for (const [image, project] of pairs)
      expect([...ground.fake.members(ground.world.images[image] ?? '').keys()]).toEqual([
        ground.world.projects[project],
      ])
    expect(members()).toBe(3)
  })

  test('[matrix 2, 3, 5] a mixed job tells each pair its own end, and goes on after a failure', async () => {
    const [full = '', isPrivate = '', gone = '', there = ''] = ground.world.images
    ground.fake.cloud.settings.memberQuota = 8
    ground.fake.mint({ members: [{ image: full, project: 'somebody else' }] })
    await ground.fake.control.changeImage(isPrivate, { visibility: 'private' })
    await ground.fake.control.deleteImage(gone)
    ground.fake.mint({
      members: ground.world.projects.map((project) => ({
        image: there,
        project,
        status: 'rejected' as const,
      })),
    })
    const { id } = await ground.world.store()
    await ground.world.run(id)
    expect(await summary(ground.store, id)).toEqual(['partly_failed', { done: 23, already: 8, failed: 17 }])
    const { items } = await jobNow(ground.store, id)
    const codes = (image: number) =>
      new Set(items.filter((item) => item.image === image).map(({ code }) => code))
    expect([codes(0), codes(1), codes(2)]).toEqual([
      new Set([null, 'member_limit']),
      new Set(['not_shareable']),
      new Set(['image_not_found']),
    ])
    expect(items.find(({ code }) => code === 'member_limit')?.values).toEqual({ limit: 8 })
    expect(await findFact(ground.store.db, { cloud: 'openstack', region: 'north' }, 'member-limit')).toBe(8)
    expect([...ground.fake.members(there).values()]).toEqual(ground.world.projects.map(() => 'rejected'))
  })

  test('[Q5] no call is made before its intent is stored', async () => {
    const { id } = await ground.world.store()
    const hold = await ground.fake.control.hold(posts)
    const running = ground.world.run(id)
    await hold.waitFor(8)
    const { items } = await jobNow(ground.store, id)
    const held = ground.fake.calls(posts)
    for (const call of held) {
      const item = items.find(
        (one) =>
          call.path.includes(ground.world.images[one.image] ?? '-') &&
          call.member === ground.world.projects[one.project],
      )
      expect(item?.state).toBe('running')
    }
    await hold.remove()
    await running
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
  })

  test('[matrix 24] two runs of one job: the older one’s writes are refused, and nothing is done twice', async () => {
    const { id } = await ground.world.store()
    const hold = await ground.fake.control.hold({ ...posts, times: 4 })
    const older = ground.world.run(id).catch((error: unknown) => error)
    await hold.waitFor(4)
    await ground.world.run(id)
    const ended = await jobNow(ground.store, id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(await jobNow(ground.store, id)).toEqual(ended)
    expect(effectsPerPair()).toEqual(Array(48).fill(1))
  })

  test('a run that another one overtook stops sending', async () => {
    const { id } = await ground.world.store()
    const hold = await ground.fake.control.hold(posts)
    const older = ground.world.run(id).catch((error: unknown) => error)
    await hold.waitFor(8)
    await claimJob(ground.store.db, id, Date.now())
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(ground.fake.calls(posts).length).toBeLessThan(48)
    await ground.world.run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect(effectsPerPair()).toEqual(Array(48).fill(1))
  })

  test('a process that goes down gives back what it did not send, and the next run ends the job', async () => {
    const { id } = await ground.world.store()
    const stopping = new AbortController()
    const hold = await ground.fake.control.hold(posts)
    const stopped = ground.world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(8)
    stopping.abort()
    await hold.remove()
    expect(await stopped).toBeInstanceOf(Stopping)
    const { row, counts } = await jobNow(ground.store, id)
    expect([row.state, counts.running, counts.unknown]).toEqual(['running', 0, 0])
    expect(counts.done).toBe(ground.fake.effects().length)
    await ground.world.run(id)
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 48 }])
    expect([effectsPerPair(), ground.fake.calls(posts).length]).toEqual([Array(48).fill(1), 48])
  })

  test('a run that slept and lost its job meanwhile sends nothing more', async () => {
    const { id } = await ground.world.store()
    const clock = new FakeClock(Date.now())
    let asleepMs = 0
    const hold = await ground.fake.control.hold(posts)
    // Its timers are late: what it had ready is all that could still go out.
    const running = ground.world.run(id, { clock: { now: () => clock.now() + asleepMs, sleep: clock.sleep } })
    await hold.waitFor(16)
    await claimJob(ground.store.db, id, Date.now())
    asleepMs = 12_000
    await hold.remove()
    await expect(running).rejects.toBeInstanceOf(LostLease)
    expect(ground.fake.calls(posts).length).toBe(16)
  })

  test('[matrix 25] a database that fails stops the run before anything more is sent', async () => {
    const { id } = await ground.world.store()
    let writes = 0
    const failing = watched(ground.store, () => {
      writes += 1
      if (writes > 2) throw new Error('disk full')
    })
    await expect(ground.world.run(id, { through: failing })).rejects.toThrow('disk full')
    expect(ground.fake.calls(posts).length).toBeLessThanOrEqual(32)
    await ground.world.run(id)
    expect((await summary(ground.store, id))[0]).toBe('succeeded')
    expect([members(), effectsPerPair()]).toEqual([48, Array(48).fill(1)])
  })

  describe('[Q11] a cancelled job', () => {
    test('before it began sends nothing', async () => {
      const { id } = await ground.world.store({ more: { cancelRequested: true } })
      await ground.world.run(id)
      expect(await summary(ground.store, id)).toEqual(['cancelled', { skipped: 48 }])
      expect(ground.fake.calls(posts)).toEqual([])
    })

    test('ends what is in flight and records it; the rest is left out', async () => {
      const { id } = await ground.world.store()
      const clock = new FakeClock(Date.now())
      const hold = await ground.fake.control.hold(posts)
      const running = ground.world.run(id, { clock })
      await hold.waitFor(16)
      await ground.store.db.update(job).set({ cancelRequested: true }).where(eq(job.id, id))
      // It looks four times a second; once it sleeps again it has seen it.
      await clock.advance(250)
      await clock.whenSleeping((ms) => ms === 250)
      await hold.remove()
      await running
      const sent = ground.fake.calls(posts).length
      expect(sent).toBe(16)
      expect(await summary(ground.store, id)).toEqual(['cancelled', { done: sent, skipped: 48 - sent }])
      expect(members()).toBe(sent)
      expect(ground.world.told.at(-1)?.[1]).toBe(true)
    })
  })
})
