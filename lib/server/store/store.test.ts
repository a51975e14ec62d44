import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBus } from '../bus'
import { stores, type TestStore } from '../testing/stores'
import { addActivity } from './activity-rows'
import { findFact, keepFact } from './fact-rows'
import { activity } from './schema'
import { openStore, type Store } from './store'

describe.each(stores)('a store on $name', ({ open, isShared }) => {
  let place: TestStore
  let store: Store

  beforeAll(async () => {
    place = await open()
    store = place.store
  })
  afterAll(() => place.close())

  test('has every table, and answers', async () => {
    await store.ping()
    const found = await store.db.execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    )
    expect(found.rows.map(({ name }) => name)).toEqual([
      'activity',
      'audit_image',
      'audit_policy',
      'audit_project',
      'audit_snapshot',
      'cloud_fact',
      'job',
      'job_call',
      'job_item',
      'preference',
      'session',
      'sign_in_failure',
      'sign_in_step',
      'token',
    ])
  })

  test('takes a whole transaction back when a part of it fails', async () => {
    const place = { cloud: 'openstack', region: 'north' }
    const failing = store.db.transaction(async (tx) => {
      await keepFact(tx, place, 'lost', 1, 0)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await findFact(store.db, place, 'lost')).toBeUndefined()
  })

  test('keeps what was learnt about a cloud, the newest of it, per region', async () => {
    const north = { cloud: 'openstack', region: 'north' }
    await keepFact(store.db, north, 'member-limit', 64, 1)
    await keepFact(store.db, north, 'member-limit', 128, 2)
    expect(await findFact(store.db, north, 'member-limit')).toBe(128)
    expect(await findFact(store.db, { ...north, region: 'south' }, 'member-limit')).toBeUndefined()
  })

  test('[K6] keeps text as it is, whatever it looks like', async () => {
    const odd = `'; drop table activity; -- "\\ $1 {} ü 😀 \u202e`
    await addActivity(store.db, {
      at: new Date(0),
      act: crypto.randomUUID(),
      phase: 'intent',
      verb: odd,
      cloud: odd,
      domainId: odd,
      userId: odd,
      userName: odd,
      targets: { [odd]: odd },
    })
    expect(await store.db.select().from(activity)).toMatchObject([
      { verb: odd, userName: odd, targets: { [odd]: odd } },
    ])
  })

  test('tells everybody who listens, every replica, until they stop', async () => {
    const replica = isShared ? await place.another() : store
    const [one, two] = [await openBus(store), await openBus(replica)]
    const heard: string[] = []
    const stop = one.hear(({ jobId }) => heard.push(`one ${jobId}`))
    const arrived = new Promise<void>((resolve) => {
      two.hear(({ jobId }) => {
        heard.push(`two ${jobId}`)
        if (jobId === 'last') resolve()
      })
    })
    const change = { cloud: 'openstack', projectId: 'p', revision: 1, finished: false }
    await two.tell({ ...change, jobId: 'first' })
    await store.notify('shareboard_job', 'not JSON')
    await expect.poll(() => heard, { timeout: 10_000, interval: 20 }).toContain('one first')
    stop()
    await one.tell({ ...change, jobId: 'last' })
    await arrived
    expect(heard.sort()).toEqual(['one first', 'two first', 'two last'])
    await one.close()
    await two.close()
    if (replica !== store) await replica.close()
  })
})

describe('a data directory', () => {
  // Makes a database of its own, which takes a busy machine many seconds.
  test('is for one process: a second one is told in a sentence what to do', { timeout: 60_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-data-'))
    const first = await openStore({ databaseUrl: null, dataDir })
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toThrow(
      /^Another Shareboard process uses .*SHAREBOARD_DATA_DIR.*DATABASE_URL/,
    )
    await keepFact(first.db, { cloud: 'c', region: 'r' }, 'kept', true, 0)
    await first.close()
    const again = await openStore({ databaseUrl: null, dataDir })
    expect(await findFact(again.db, { cloud: 'c', region: 'r' }, 'kept')).toBe(true)
    await again.close()
    rmSync(dataDir, { recursive: true })
  })
})
