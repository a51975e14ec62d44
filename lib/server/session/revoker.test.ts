import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemChance } from '../clock'
import { CloudError } from '../cloud/cloud-error'
import type { CloudClients } from '../runtime'
import { token } from '../store/schema'
import type { Store } from '../store/store'
import { FakeClock } from '../testing/fake-clock'
import { stores, type TestStore } from '../testing/stores'
import { revokeDueTokens } from './revoker'
import { secretsFrom } from './secrets'
import { endSession } from './session-rows'
import { keepToken } from './token-rows'

const secrets = secretsFrom(['a secret of tests, long enough to be taken'], systemChance)
const minute = 60_000

/** A Keystone that notes what it is asked to revoke. */
function keystone() {
  const asked: string[] = []
  const fate = { down: false }
  const revoke = async (text: string) => {
    asked.push(text)
    if (fate.down) throw new CloudError('upstream_unavailable')
  }
  const clouds = new Map([['openstack', { identity: { revoke } }]]) as unknown as CloudClients
  return { asked, fate, clouds }
}

describe.each(stores)('[S7] revoking on $name', ({ open, isShared }) => {
  let place: TestStore
  let store: Store
  let clock: FakeClock

  beforeAll(async () => {
    place = await open()
    store = place.store
  })
  afterAll(() => place.close())
  beforeEach(async () => {
    clock = new FakeClock()
    await store.db.delete(token)
  })

  /** Tokens of a session that has just ended. */
  async function ended(count: number, lifeMs = 60 * minute, cloud = 'openstack') {
    for (let at = 0; at < count; at += 1) {
      const scope = {
        projectId: `p${at}`,
        projectName: '',
        domainId: '',
        region: 'north',
        imageEndpoint: '',
        roles: [],
      }
      await keepToken(
        store.db,
        { secrets, chance: systemChance },
        { cloud, sessionIdHash: 'hash', jobId: null, scope },
        { text: `token-${at}`, expiresAt: new Date(clock.now() + lifeMs) },
      )
    }
    await endSession(store.db, 'hash', clock.now())
  }
  const run = (clouds: CloudClients, on = store) =>
    revokeDueTokens({ store: on, secrets, clouds }, clock.now())
  const left = async () => (await store.db.select().from(token)).length

  test('[row 47] every token is revoked once and its row is gone', async () => {
    const { asked, clouds } = keystone()
    await ended(3)
    expect(await run(clouds)).toBe(3)
    expect(asked.sort()).toEqual(['token-0', 'token-1', 'token-2'])
    expect(await left()).toBe(0)
    expect(await run(clouds)).toBe(0)
    expect(asked).toHaveLength(3)
  })

  test('a token of a session that goes on is left alone', async () => {
    const { asked, clouds } = keystone()
    await keepToken(
      store.db,
      { secrets, chance: systemChance },
      { cloud: 'openstack', sessionIdHash: 'alive', jobId: null, scope: null },
      { text: 'alive', expiresAt: new Date(clock.now() + minute) },
    )
    await clock.advance(20 * minute)
    expect(await run(clouds)).toBe(0)
    expect([asked.length, await left()]).toEqual([0, 1])
  })

  test('while Keystone is down it is tried again, less and less often, for ten minutes', async () => {
    const { asked, fate, clouds } = keystone()
    fate.down = true
    await ended(1)
    const tries: number[] = []
    const start = clock.now()
    while ((await left()) > 0) {
      const before = asked.length
      await run(clouds)
      if (asked.length > before) tries.push((clock.now() - start) / 1_000)
      await clock.advance(2_000)
    }
    expect(tries).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242, 302, 362, 422, 482, 542])
    expect((clock.now() - start) / minute).toBeCloseTo(10, 0)
  })

  test('when Keystone comes back the rest is done', async () => {
    const { asked, fate, clouds } = keystone()
    fate.down = true
    await ended(2)
    expect(await run(clouds)).toBe(0)
    fate.down = false
    expect(await run(clouds)).toBe(0)
    await clock.advance(2_000)
    expect(await run(clouds)).toBe(2)
    expect([asked.length, await left()]).toEqual([4, 0])
  })

  test('a token that has ended by itself is not asked about', async () => {
    const { asked, clouds } = keystone()
    await ended(1, 5 * minute)
    await clock.advance(5 * minute)
    expect(await run(clouds)).toBe(1)
    expect([asked.length, await left()]).toEqual([0, 0])
  })

  test('one that can’t be opened any more, or whose cloud is gone, stops nobody else', async () => {
    const { asked, clouds } = keystone()
    await ended(1, 60 * minute, 'gone')
    await ended(1)
    const [row] = await store.db.select().from(token)
    await store.db
      .insert(token)
      .values({ ...(row as typeof token.$inferSelect), cloud: 'openstack', id: systemChance.uuid() })
    expect(await run(clouds)).toBe(2)
    expect(asked).toEqual(['token-0'])
    expect(await left()).toBe(1)
    await clock.advance(10 * minute)
    expect(await run(clouds)).toBe(1)
    expect([asked.length, await left()]).toEqual([1, 0])
  })

  test('many are taken in handfuls', async () => {
    const { asked, clouds } = keystone()
    await ended(45)
    expect([await run(clouds), await run(clouds), await run(clouds), await run(clouds)]).toEqual([
      20, 20, 5, 0,
    ])
    expect(new Set(asked).size).toBe(45)
  })

  if (isShared) {
    test('what another revoker has in hand is passed over, not waited for', async () => {
      const { asked, clouds } = keystone()
      const second = await place.another()
      await ended(3)
      await second.db.transaction(async (tx) => {
        await tx.select().from(token).limit(2).for('update')
        expect(await run(clouds)).toBe(1)
      })
      expect([await run(clouds), asked.length]).toEqual([2, 3])
      await second.close()
    })
  }

  test('several revokers share the work and double nothing', async () => {
    const { asked, clouds } = keystone()
    const second = isShared ? await place.another() : null
    await ended(60)
    const everybody = [store, second ?? store, store, second ?? store]
    const done = await Promise.all(everybody.map((on) => run(clouds, on)))
    await second?.close()
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(asked.length)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).toHaveLength(60)
  })
})
