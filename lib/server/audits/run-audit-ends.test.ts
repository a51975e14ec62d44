import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { LostLease } from '../jobs/job-rows'
import { Stopping } from '../jobs/run-job'
import { activity, auditSnapshot } from '../store/schema'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import { FakeClock } from '../testing/fake-clock'
import { stores } from '../testing/stores'
import { claimAudit } from './audit-rows'

const memberReads = { method: 'GET', path: '/members$' }
const lists = { method: 'GET', path: '/v2/images$' }

describe.each(stores)('how an audit ends and goes on, on $name', ({ open }) => {
  const ground = auditGround(open)
  let ids: Record<string, string>
  let root: { user: string; project: string; isAdmin: true }

  beforeEach(async () => {
    const minted = await ground.begin({
      projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
    })
    ids = minted.projects
    root = { user: 'root', project: ids.ops ?? '', isAdmin: true }
  })

  const mintShared = (count: number) =>
    ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count }] }).imageIds
  /** Runs an audit, and stops it while a list waits for the page behind its first one and so many more. */
  const stopBeforePage = async (id: string, after: number) => {
    const stopping = new AbortController()
    const hold = await ground.fake.control.hold({ ...lists, query: 'visibility=shared.*marker=', after })
    const stopped = ground.world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(1)
    stopping.abort()
    await stopped
    await hold.remove()
  }
  const readsPerImage = () => {
    const counts = new Map<string, number>()
    for (const { path } of ground.fake.calls(memberReads)) counts.set(path, (counts.get(path) ?? 0) + 1)
    return [...counts.values()]
  }

  test('a process that goes down gives it back, and the next run reads what is left, nothing twice', async () => {
    mintShared(250)
    const stopping = new AbortController()
    const hold = await ground.fake.control.hold({ ...memberReads, after: 40 })
    const id = await ground.world.store([root])
    const stopped = ground.world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(16)
    stopping.abort()
    expect(await stopped).toBeInstanceOf(Stopping)
    const { row, images } = await auditNow(ground.store, id)
    const read = images.filter(({ state }) => state === 'read').length
    expect([row.state, row.imagesRead, read]).toEqual(['running', 40, 40])
    await hold.remove()
    ground.fake.cloud.ledger.clear()
    await ground.world.run(id)
    const after = await auditNow(ground.store, id)
    expect(after.row).toMatchObject({ state: 'complete', imagesListed: 250, imagesRead: 250 })
    expect(after.images.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, at) => at + 1))
    expect(readsPerImage()).toEqual(Array(210).fill(1))
  })

  test('goes on with a list where it was left off', async () => {
    mintShared(400)
    const id = await ground.world.store([root])
    // Its second page is read, the third one is not answered.
    await stopBeforePage(id, 1)
    const { row } = await auditNow(ground.store, id)
    const left = row.markers[`${ids.ops} shared`]
    expect(left).toEqual(expect.any(String))
    ground.fake.cloud.ledger.clear()
    await ground.world.run(id)
    const shared = ground.fake.calls({ ...lists, query: 'visibility=shared' }).map(({ query }) => query)
    expect(shared[0]).toContain(`marker=${left}`)
    expect((await auditNow(ground.store, id)).row).toMatchObject({
      state: 'complete',
      imagesListed: 400,
      imagesRead: 400,
    })
  })

  test.each([
    ['is gone', (image: string) => ground.fake.removeImage(image)],
    [
      'is refused',
      (image: string) =>
        ground.fake.fault({
          ...lists,
          query: `marker=${image}`,
          times: 1,
          fault: { kind: 'answer', status: 403 },
        }),
    ],
  ])('begins a list again when the image it was left off at %s, and has each image once', async (_, lose) => {
    mintShared(150)
    const id = await ground.world.store([root])
    await stopBeforePage(id, 0)
    const { row } = await auditNow(ground.store, id)
    const marker = row.markers[`${ids.ops} shared`] ?? ''
    lose(marker)
    await ground.world.run(id)
    const after = await auditNow(ground.store, id)
    expect(after.row).toMatchObject({ state: 'complete', imagesListed: 150, imagesRead: 150 })
    expect(new Set(after.images.map(({ seq }) => seq)).size).toBe(150)
  })

  test('cancelling reads nothing more, and keeps what was read', async () => {
    mintShared(60)
    const hold = await ground.fake.control.hold({ ...memberReads, after: 20 })
    const id = await ground.world.store([root])
    const running = ground.world.run(id)
    await hold.waitFor(16)
    await ground.store.db.update(auditSnapshot).set({ cancelRequested: true }).where(eq(auditSnapshot.id, id))
    await running
    await hold.remove()
    const { row, images } = await auditNow(ground.store, id)
    expect(row).toMatchObject({ state: 'cancelled', imagesRead: 20 })
    expect(images.filter(({ state }) => state === 'waiting')).toHaveLength(40)
    expect(ground.fake.calls(memberReads)).toHaveLength(36)
  })

  test('two runs of one audit: the older one’s writes are refused', async () => {
    mintShared(60)
    const hold = await ground.fake.control.hold({ ...memberReads, times: 4 })
    const id = await ground.world.store([root])
    const older = ground.world.run(id).catch((error: unknown) => error)
    await hold.waitFor(4)
    await ground.world.run(id)
    const ended = await auditNow(ground.store, id)
    expect(ended.row).toMatchObject({ state: 'complete', imagesRead: 60 })
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(await auditNow(ground.store, id)).toEqual(ended)
  })

  test('a run that another one overtook stops reading', async () => {
    mintShared(200)
    const hold = await ground.fake.control.hold(memberReads)
    const id = await ground.world.store([root])
    const older = ground.world.run(id).catch((error: unknown) => error)
    await hold.waitFor(16)
    await claimAudit(ground.store.db, id, Date.now())
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(ground.fake.calls(memberReads).length).toBeLessThan(200)
  })

  test('says how it ended in the log', async () => {
    mintShared(2)
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const rows = await ground.store.db.select().from(activity).where(eq(activity.act, id))
    expect(rows).toMatchObject([
      {
        phase: 'outcome',
        verb: 'audit.read',
        outcome: 'succeeded',
        targets: { reach: 'cloud', images: 2, members: 0 },
      },
    ])
  })

  describe('is polite', () => {
    test('a cloud that asks for patience gets it, from every reader at once, and the wait is told', async () => {
      const clock = new FakeClock()
      mintShared(100)
      ground.fake.fault({
        ...memberReads,
        times: 1,
        after: 40,
        fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '30' } },
      })
      const id = await ground.world.store([root])
      const running = ground.world.run(id, { clock })
      // Those that were on their way have come by then, and lists that were about to be asked for wait as well.
      await expect
        .poll(() => clock.sleeping().filter((ms) => ms > 29_000).length, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(16)
      await expect.poll(async () => (await auditNow(ground.store, id)).row.waitUntil).not.toBeNull()
      const before = ground.fake.calls(memberReads).length
      await clock.advance(20_000)
      expect([before < 100, ground.fake.calls(memberReads).length]).toEqual([true, before])
      await clock.advance(11_000)
      await moving(clock, running)
      expect((await auditNow(ground.store, id)).row).toMatchObject({
        state: 'complete',
        imagesRead: 100,
        imagesRefused: 0,
      })
    })

    test('a cloud that asks again and again lets it rest', async () => {
      const clock = new FakeClock()
      mintShared(3)
      ground.fake.fault({
        ...memberReads,
        fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } },
      })
      const id = await ground.world.store([root])
      await moving(clock, ground.world.run(id, { clock }))
      expect((await auditNow(ground.store, id)).row).toMatchObject({
        state: 'paused',
        pauseReason: 'throttled',
      })
    })

    test('no more calls in a second than it may make', async () => {
      const clock = new FakeClock()
      mintShared(40)
      const id = await ground.world.store([root], { callsPerSecond: 5 })
      const at = clock.now()
      const running = ground.world.run(id, { clock })
      await moving(clock, running, 50)
      const { row } = await auditNow(ground.store, id)
      expect(row).toMatchObject({ state: 'complete', imagesRead: 40 })
      // 40 members, seven pages of lists, domains and projects.
      expect(row.calls).toBe(49)
      expect(clock.now() - at).toBeGreaterThanOrEqual((48 / 5) * 1_000)
    })
  })
})

/** Moves the clock on until a run is over. */
async function moving(clock: FakeClock, running: Promise<unknown>, stepMs = 250): Promise<void> {
  let isOver = false
  const ended = running.finally(() => {
    isOver = true
  })
  while (!isOver) await clock.advance(stepMs)
  await ended
}
