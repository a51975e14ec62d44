import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { recorded } from './activity'

describe.each(stores)('an act between its rows, on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())

  test('one that is done and can not be noted as done is open, and not failed', async () => {
    const { db } = people.store
    let rows = 0
    const insert: typeof db.insert = (table) => {
      rows += 1
      if (rows === 2) throw new Error('the database is away for a moment')
      return db.insert(table)
    }
    const flaky = {
      ...people.store,
      db: new Proxy(db, { get: (on, key) => (key === 'insert' ? insert : Reflect.get(on, key)) }),
    }
    const act = people.as('alice', 'alpha', (ctx) =>
      recorded(
        { ...ctx, runtime: { ...ctx.runtime, store: flaky } },
        { verb: 'image.set_visibility', targets: {} },
        async () => ({ value: 'done', upstreamRequestId: null }),
      ),
    )
    await expect(act).rejects.toThrow('the database is away')
    expect((await people.acts('image.set_visibility')).map(({ phase }) => phase)).toEqual(['intent'])
  })
})
