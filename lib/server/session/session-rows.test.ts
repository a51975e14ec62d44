import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemChance } from '../clock'
import { session, token } from '../store/schema'
import type { Store } from '../store/store'
import { FakeClock } from '../testing/fake-clock'
import { stores, type TestStore } from '../testing/stores'
import { secretsFrom } from './secrets'
import {
  endExpiredSessions,
  endSession,
  findSession,
  hashOf,
  holdSession,
  type SessionRecord,
  sessionLimits,
  touchSession,
} from './session-rows'
import { findToken, keepToken, openToken, projectTokens } from './token-rows'

const secrets = secretsFrom(['a secret of tests, long enough to be taken'], systemChance)
const vault = { secrets, chance: systemChance }
const hour = 3_600_000

describe.each(stores)('on $name', ({ open }) => {
  let place: TestStore
  let store: Store
  let clock: FakeClock
  let sid: string

  beforeAll(async () => {
    place = await open()
    store = place.store
  })
  afterAll(() => place.close())
  beforeEach(async () => {
    clock = new FakeClock()
    sid = systemChance.bytes(32).toString('base64url')
    await store.db.delete(session)
    await store.db.delete(token)
  })

  async function begin(id = sid, endsInMs: number = sessionLimits.absoluteMs): Promise<SessionRecord> {
    const now = new Date(clock.now())
    const [record] = await store.db
      .insert(session)
      .values({
        idHash: hashOf(id),
        cloud: 'openstack',
        userId: 'u1',
        userName: 'alice',
        domainId: 'default',
        domainName: 'Default',
        projects: [],
        projectsReadAt: now,
        regions: [],
        createdAt: now,
        lastSeenAt: now,
        endsAt: new Date(clock.now() + endsInMs),
      })
      .returning()
    if (!record) throw new Error('not stored')
    return record
  }
  const find = (id = sid) => findSession(store, id, clock.now())
  const act = async () => {
    const record = await find()
    if (record) await touchSession(store, record, clock.now())
  }
  const keep = (sessionIdHash: string, scope: { region: string; project: string } | null, text = 'token') =>
    keepToken(
      store.db,
      vault,
      {
        cloud: 'openstack',
        sessionIdHash,
        jobId: null,
        scope: scope && {
          projectId: scope.project,
          projectName: 'alpha',
          domainId: 'default',
          region: scope.region,
          imageEndpoint: 'http://x',
          roles: ['member'],
        },
      },
      { text, expiresAt: new Date(clock.now() + hour) },
    )

  describe('[S5] a session', () => {
    test('is known by the hash of its id alone', async () => {
      await begin()
      expect(await find()).toMatchObject({ userName: 'alice', idHash: hashOf(sid) })
      expect(await find(hashOf(sid))).toBeNull()
      const dump = JSON.stringify((await store.db.execute(sql`select * from session`)).rows)
      expect(dump).not.toContain(sid)
    })

    test('ends for lack of use', async () => {
      await begin()
      await clock.advance(sessionLimits.idleMs - 1)
      expect(await find()).not.toBeNull()
      await clock.advance(1)
      expect(await find()).toBeNull()
    })

    test('goes on while somebody acts, until its absolute end', async () => {
      await begin()
      for (let at = 0; at < 8 * 3 - 1; at += 1) {
        await clock.advance(20 * 60_000)
        await act()
        expect(await find(), `${at}`).not.toBeNull()
      }
      await clock.advance(20 * 60_000)
      expect(await find()).toBeNull()
    })

    test('ends with its token, however busy', async () => {
      await begin(sid, 10 * 60_000)
      await clock.advance(10 * 60_000 - 1)
      await act()
      expect(await find()).not.toBeNull()
      await clock.advance(1)
      expect(await find()).toBeNull()
    })

    test('[S6] does not go on by being looked at', async () => {
      await begin()
      for (let minute = 0; minute < 30; minute += 1) {
        expect(await find()).not.toBeNull()
        await clock.advance(60_000)
      }
      expect(await find()).toBeNull()
    })

    test('is written to once in half a minute, not with every act', async () => {
      await begin()
      const seen: number[] = []
      for (let second = 0; second < 90; second += 5) {
        await clock.advance(5_000)
        await act()
        seen.push((await find())?.lastSeenAt.getTime() ?? 0)
      }
      expect(new Set(seen).size).toBe(4)
    })

    test('that has ended cannot be woken by a late act', async () => {
      const record = await begin()
      await endSession(store.db, record.idHash, clock.now())
      await clock.advance(sessionLimits.touchEveryMs)
      await touchSession(store, record, clock.now())
      expect(await store.db.select().from(session)).toEqual([])
    })
  })

  test('[S9] a thousand unknown ids leave nothing behind', async () => {
    await begin()
    const snapshot = async () => (await store.db.execute(sql`select count(*) from session, token`)).rows
    const before = await snapshot()
    for (let at = 0; at < 1_000; at += 1) {
      expect(
        await find(at % 2 ? systemChance.bytes(32).toString('base64url') : `'; drop table session; --${at}`),
      ).toBeNull()
    }
    expect(await snapshot()).toEqual(before)
    expect(await find()).not.toBeNull()
  })

  describe('[S7] ending', () => {
    test('takes the row at once and leaves every token to be revoked', async () => {
      const { idHash } = await begin()
      const other = await begin('another browser')
      await keep(idHash, null)
      await keep(idHash, { region: 'north', project: 'p1' })
      await keep(other.idHash, null)
      await endSession(store.db, idHash, clock.now())
      expect(await find()).toBeNull()
      const rows = await store.db.select().from(token)
      const due = rows.filter((row) => row.revokeDueAt !== null)
      expect(due).toHaveLength(2)
      for (const row of due) {
        expect(row).toMatchObject({
          sessionIdHash: null,
          revokeDueAt: new Date(clock.now()),
          revokeUntil: new Date(clock.now() + 10 * 60_000),
        })
      }
      expect(await find('another browser')).not.toBeNull()
    })

    test('of what is over ends those and no others', async () => {
      await begin('idle')
      await begin('short', 20 * 60_000)
      await clock.advance(21 * 60_000)
      await begin('fresh')
      expect(await endExpiredSessions(store, clock.now())).toBe(1)
      await clock.advance(10 * 60_000)
      expect(await endExpiredSessions(store, clock.now())).toBe(1)
      const left = await store.db.select({ idHash: session.idHash }).from(session)
      expect(left).toEqual([{ idHash: hashOf('fresh') }])
    })
  })

  describe('tokens of a session', () => {
    const north = { region: 'north', project: 'p1' }

    test('[S2] are stored sealed, for their row alone', async () => {
      const { idHash } = await begin()
      const first = await keep(idHash, null, 'gAAAAAcanary')
      const second = await keep(idHash, north, 'gAAAAAother')
      const dump = JSON.stringify((await store.db.execute(sql`select * from token`)).rows)
      expect(dump).not.toMatch(/gAAAAA/)
      expect(openToken(secrets, first)).toBe('gAAAAAcanary')
      expect(() => openToken(secrets, { id: first.id, sealed: second.sealed })).toThrow()
    })

    test('are one per region and project; a newer one takes the place, under a seal of its own', async () => {
      const { idHash } = await begin()
      await keep(idHash, north, 'old')
      const kept = await keep(idHash, north, 'new')
      await keep(idHash, { ...north, region: 'south' }, 'south')
      expect((await projectTokens(store, idHash)).map((row) => openToken(secrets, row)).sort()).toEqual([
        'new',
        'south',
      ])
      expect((await findToken(store, idHash, north, clock.now()))?.id).toBe(kept.id)
    })

    test('that are over are not found', async () => {
      const { idHash } = await begin()
      await keep(idHash, null)
      expect(await findToken(store, idHash, null, clock.now())).not.toBeNull()
      expect(await findToken(store, idHash, null, clock.now() + hour)).toBeNull()
      expect(await findToken(store, idHash, north, clock.now())).toBeNull()
    })
  })

  test('a session that is held cannot end before the transaction does', async () => {
    const { idHash } = await begin()
    const order: string[] = []
    let ending: Promise<unknown> = Promise.resolve()
    await store.db.transaction(async (tx) => {
      expect(await holdSession(tx, idHash)).toBe(true)
      ending = endSession(store.db, idHash, clock.now()).then(() => order.push('ended'))
      await tx.select().from(session).where(eq(session.idHash, idHash))
      order.push('kept')
    })
    await ending
    expect(order).toEqual(['kept', 'ended'])
    await store.db.transaction(async (tx) => expect(await holdSession(tx, idHash)).toBe(false))
  })
})
