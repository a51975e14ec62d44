import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../contracts/audits'
import { auditImage, auditPolicy, auditProject, auditSnapshot } from '../store/schema'
import { stores, type TestStore } from '../testing/stores'
import { storeAudit } from '../testing/test-audits'
import { dropOldAudit } from './retention'

const now = Date.UTC(2026, 10, 21, 12)
const dayMs = 86_400_000
const daysAgo = (days: number, moreMs = 0) => new Date(now - days * dayMs - moreMs)

describe.each(stores)('retention on $name', ({ open }) => {
  let place: TestStore

  beforeAll(async () => {
    place = await open()
  })
  afterAll(() => place.close())
  beforeEach(async () => {
    const { db } = place.store
    for (const table of [auditImage, auditProject, auditPolicy, auditSnapshot]) await db.delete(table)
  })

  const keep = (keeper: string, keepDays: number | null) =>
    place.store.db.insert(auditPolicy).values({
      cloud: 'openstack',
      keeper,
      policy: { ...defaultPolicy, keepDays },
      changedBy: 'tom',
      changedAt: new Date(now),
    })
  const dropAll = async () => {
    const gone: string[] = []
    for (
      let id = await dropOldAudit(place.store, now);
      id !== null;
      id = await dropOldAudit(place.store, now)
    )
      gone.push(id)
    return gone
  }

  test('an audit goes with its images and projects a moment after its time, not before', async () => {
    const images = [{ id: 'i-1', members: [{ project: 'p-1' }] }]
    const old = await storeAudit(place.store, { finishedAt: daysAgo(400, 1), images })
    const young = await storeAudit(place.store, { finishedAt: daysAgo(400), images })
    expect(await dropAll()).toEqual([old])
    const left = async (table: typeof auditImage | typeof auditProject) => [
      ...new Set((await place.store.db.select().from(table)).map(({ auditId }) => auditId)),
    ]
    expect(await left(auditImage)).toEqual([young])
    expect(await left(auditProject)).toEqual([young])
  })

  test('what is signed off or not over stays for ever', async () => {
    const old = { createdAt: daysAgo(900), finishedAt: daysAgo(900) }
    await storeAudit(place.store, { ...old, signedOffBy: 'tom', signedOffAt: daysAgo(899) })
    for (const state of ['queued', 'running', 'paused'] as const)
      await storeAudit(place.store, { createdAt: daysAgo(900), finishedAt: null, state })
    expect(await dropAll()).toEqual([])
    const ended = [
      await storeAudit(place.store, { ...old, state: 'cancelled', finishedAt: null }),
      await storeAudit(place.store, { ...old, state: 'failed' }),
    ]
    expect((await dropAll()).sort()).toEqual(ended.sort())
  })

  test('each keeper has a time of its own, or none', async () => {
    await keep('', 10)
    await keep('user-a', null)
    await keep('user-b', 30)
    const age = { finishedAt: daysAgo(20) }
    const cloud = await storeAudit(place.store, { ...age, reach: 'cloud', userId: 'user-b' })
    await storeAudit(place.store, { finishedAt: daysAgo(9_000), userId: 'user-a' })
    await storeAudit(place.store, { ...age, userId: 'user-b' })
    await storeAudit(place.store, { ...age, userId: 'user-c' })
    // The same user of another cloud has said nothing there.
    await storeAudit(place.store, { ...age, reach: 'cloud', cloud: 'other' })
    expect(await dropAll()).toEqual([cloud])
  })

  test('one is dropped at a time, the oldest first', async () => {
    const second = await storeAudit(place.store, { createdAt: daysAgo(500), finishedAt: daysAgo(500) })
    const first = await storeAudit(place.store, { createdAt: daysAgo(600), finishedAt: daysAgo(600) })
    expect(await dropOldAudit(place.store, now)).toBe(first)
    expect(await dropOldAudit(place.store, now)).toBe(second)
    expect(await dropOldAudit(place.store, now)).toBeNull()
  })
})
