import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { LostLease } from '../jobs/job-rows'
import { Stopping } from '../jobs/run-job'
import { activity, auditSnapshot } from '../store/schema'
import type { Store } from '../store/store'
import { type AuditWorld, auditNow, auditWorld } from '../testing/audit-world'
import { FakeClock } from '../testing/fake-clock'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { hastyHttp } from '../testing/image-access'
import { stores, type TestStore } from '../testing/stores'
import { claimAudit } from './audit-rows'

const memberReads = { method: 'GET', path: '/members$' }
const lists = { method: 'GET', path: '/v2/images$' }

describe.each(stores)('how an audit ends and goes on, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let store: Store
  let http: CloudHttp
  let world: AuditWorld
  let ids: Record<string, string>
  let root: { user: string; project: string; isAdmin: true }

  beforeAll(async () => {
    place = await open()
    store = place.store
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await place.close()
  })
  beforeEach(async () => {
    fake = await startFakeCloud()
    ids = fake.mint({
      projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
    }).projects
    root = { user: 'root', project: ids.ops ?? '', isAdmin: true }
    world = auditWorld(fake, http, store)
  })
  afterEach(() => fake.stop())

  const mintShared = (count: number) =>
    fake.mint({ images: [{ project: 'alpha', name: 'Debian', count }] }).imageIds
  const readsPerImage = () => {
    const counts = new Map<string, number>()
    for (const { path } of fake.calls(memberReads)) counts.set(path, (counts.get(path) ?? 0) + 1)
    return [...counts.values()]
  }

  test('a process that goes down gives it back, and the next run reads what is left, nothing twice', async () => {
    mintShared(250)
    const stopping = new AbortController()
    const hold = await fake.control.hold({ ...memberReads, after: 40 })
    const id = await world.store([root])
    const stopped = world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(16)
    stopping.abort()
    expect(await stopped).toBeInstanceOf(Stopping)
    const { row, images } = await auditNow(store, id)
    const read = images.filter(({ state }) => state === 'read').length
    expect([row.state, row.imagesRead, read]).toEqual(['running', 40, 40])
    await hold.remove()
    fake.cloud.ledger.clear()
    await world.run(id)
    const after = await auditNow(store, id)
    expect(after.row).toMatchObject({ state: 'complete', imagesListed: 250, imagesRead: 250 })
    expect(after.images.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, at) => at + 1))
    expect(readsPerImage()).toEqual(Array(210).fill(1))
  })

  test('goes on with a list where it was left off', async () => {
    mintShared(400)
    const id = await world.store([root])
    const stopping = new AbortController()
    // Its second page is read, the third one is not answered.
    const hold = await fake.control.hold({ ...lists, query: 'visibility=shared.*marker=', after: 1 })
    const stopped = world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(1)
    stopping.abort()
    await stopped
    await hold.remove()
    const { row } = await auditNow(store, id)
    const left = row.markers[`${ids.ops} shared`]
    expect(left).toEqual(expect.any(String))
    fake.cloud.ledger.clear()
    await world.run(id)
    const shared = fake.calls({ ...lists, query: 'visibility=shared' }).map(({ query }) => query)
    expect(shared[0]).toContain(`marker=${left}`)
    expect((await auditNow(store, id)).row).toMatchObject({
      state: 'complete',
      imagesListed: 400,
      imagesRead: 400,
    })
  })

  test.each([
    ['is gone', (image: string) => fake.removeImage(image)],
    [
      'is refused',
      (image: string) =>
        fake.fault({ ...lists, query: `marker=${image}`, times: 1, fault: { kind: 'answer', status: 403 } }),
    ],
  ])('begins a list again when the image it was left off at %s, and has each image once', async (_, lose) => {
    mintShared(150)
    const id = await world.store([root])
    const stopping = new AbortController()
    const hold = await fake.control.hold({ ...lists, query: 'visibility=shared.*marker=' })
    const stopped = world.run(id, { signal: stopping.signal }).catch((error: unknown) => error)
    await hold.waitFor(1)
    stopping.abort()
    await stopped
    await hold.remove()
    const { row } = await auditNow(store, id)
    const marker = row.markers[`${ids.ops} shared`] ?? ''
    lose(marker)
    await world.run(id)
    const after = await auditNow(store, id)
    expect(after.row).toMatchObject({ state: 'complete', imagesListed: 150, imagesRead: 150 })
    expect(new Set(after.images.map(({ seq }) => seq)).size).toBe(150)
  })

  test('cancelling reads nothing more, and keeps what was read', async () => {
    mintShared(60)
    const hold = await fake.control.hold({ ...memberReads, after: 20 })
    const id = await world.store([root])
    const running = world.run(id)
    await hold.waitFor(16)
    await store.db.update(auditSnapshot).set({ cancelRequested: true }).where(eq(auditSnapshot.id, id))
    await running
    await hold.remove()
    const { row, images } = await auditNow(store, id)
    expect(row).toMatchObject({ state: 'cancelled', imagesRead: 20 })
    expect(images.filter(({ state }) => state === 'waiting')).toHaveLength(40)
    expect(fake.calls(memberReads)).toHaveLength(36)
  })

  test('two runs of one audit: the older one’s writes are refused', async () => {
    mintShared(60)
    const hold = await fake.control.hold({ ...memberReads, times: 4 })
    const id = await world.store([root])
    const older = world.run(id).catch((error: unknown) => error)
    await hold.waitFor(4)
    await world.run(id)
    const ended = await auditNow(store, id)
    expect(ended.row).toMatchObject({ state: 'complete', imagesRead: 60 })
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(await auditNow(store, id)).toEqual(ended)
  })

  test('a run that another one overtook stops reading', async () => {
    mintShared(200)
    const hold = await fake.control.hold(memberReads)
    const id = await world.store([root])
    const older = world.run(id).catch((error: unknown) => error)
    await hold.waitFor(16)
    await claimAudit(store.db, id, Date.now())
    await hold.remove()
    expect(await older).toBeInstanceOf(LostLease)
    expect(fake.calls(memberReads).length).toBeLessThan(200)
  })

  test('says how it ended in the log', async () => {
    mintShared(2)
    const id = await world.store([root])
    await world.run(id)
    const rows = await store.db.select().from(activity).where(eq(activity.act, id))
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
      mintShared(60)
      fake.fault({
        ...memberReads,
        times: 1,
        after: 10,
        fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '30' } },
      })
      const id = await world.store([root])
      const running = world.run(id, { clock })
      // Those that were on their way have come by then.
      await expect
        .poll(() => clock.sleeping().filter((ms) => ms > 29_000).length, { timeout: 10_000 })
        .toBe(16)
      await expect.poll(async () => (await auditNow(store, id)).row.waitUntil).not.toBeNull()
      const before = fake.calls(memberReads).length
      await clock.advance(20_000)
      expect([before < 60, fake.calls(memberReads).length]).toEqual([true, before])
      await clock.advance(11_000)
      await moving(clock, running)
      expect((await auditNow(store, id)).row).toMatchObject({
        state: 'complete',
        imagesRead: 60,
        imagesRefused: 0,
      })
    })

    test('a cloud that asks again and again lets it rest', async () => {
      const clock = new FakeClock()
      mintShared(3)
      fake.fault({ ...memberReads, fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } } })
      const id = await world.store([root])
      await moving(clock, world.run(id, { clock }))
      expect((await auditNow(store, id)).row).toMatchObject({ state: 'paused', pauseReason: 'throttled' })
    })

    test('no more calls in a second than it may make', async () => {
      const clock = new FakeClock()
      mintShared(40)
      const id = await world.store([root], { callsPerSecond: 5 })
      const at = clock.now()
      const running = world.run(id, { clock })
      await moving(clock, running, 50)
      const { row } = await auditNow(store, id)
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
