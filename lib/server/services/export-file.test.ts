import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { auditImage, auditSnapshot } from '../store/schema'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { exportAudit } from './audit-export'
import { auditImages } from './audit-images'
import { exportStream } from './export-file'

const images = Array.from({ length: 1_200 }, (_, at) => ({ id: `i-${at}`, members: [{ project: 'a' }] }))

describe.each(stores)('a file while it is taken, on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const ends = async () =>
    (await people.acts('audit.export')).flatMap(({ phase, outcome }) =>
      phase === 'outcome' ? [outcome] : [],
    )
  const remove = async (id: string) => {
    await people.db.delete(auditImage).where(eq(auditImage.auditId, id))
    await people.db.delete(auditSnapshot).where(eq(auditSnapshot.id, id))
  }

  const rowNow = () => ({
    at: new Date(),
    act: people.runtime.chance.uuid(),
    verb: 'audit.export',
    cloud: 'openstack',
    domainId: 'default',
    userId: 'user',
    userName: 'user',
    targets: {},
  })

  test.each(['before', 'while'])(
    'a browser that goes away %s the first part is taken has cancelled',
    async (when) => {
      const gone = new AbortController()
      if (when === 'before') gone.abort()
      async function* parts() {
        yield 'one'
        yield 'two'
      }
      await exportStream(people.runtime, rowNow(), parts, gone.signal)
      gone.abort()
      await expect.poll(ends).toEqual(['cancelled'])
    },
  )

  test('a browser that goes away while the next part is made has cancelled, and broken nothing', async () => {
    const made = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const body = await exportStream(people.runtime, rowNow(), async function* () {
      yield 'one'
      asked.resolve()
      await made.promise
      yield 'two'
    })
    const reader = body.getReader()
    await reader.read()
    await asked.promise
    const left = reader.cancel()
    made.resolve()
    await left
    expect(await ends()).toEqual(['cancelled'])
  })

  test.each(['table', 'changes'] as const)(
    'a %s of an audit that is removed meanwhile is broken off, and does not pass for whole',
    async (what) => {
      const createdAt = new Date('2026-10-01T00:00:00Z')
      const old = await people.audit('root', { images, createdAt })
      const id = what === 'table' ? old : await people.audit('root')
      const earlier = what === 'table' ? undefined : old
      const { body } = await people.as('root', 'house', (ctx) =>
        exportAudit(ctx, { id, what, earlier, format: 'csv' }),
      )
      const reader = body.getReader()
      await reader.read()
      await remove(old)
      const rest = (async () => {
        while (!(await reader.read()).done);
      })()
      await expect(rest).rejects.toMatchObject({ code: 'not_found' })
      expect(await ends()).toEqual(['failed'])
    },
  )

  test('an audit that is gone has no images, rather than none of them', async () => {
    const id = await people.audit('root')
    await remove(id)
    await expect(auditImages(people.db, id).next()).rejects.toMatchObject({ code: 'not_found' })
  })
})
