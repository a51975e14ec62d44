import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { noteAudit, signOffAudit } from './audit-notes'
import { getAudit } from './audits'

const conflict = { code: 'conflict' }

describe.each(stores)('notes on audits on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const write = (id: string, before: string, note: string, who = 'alice', where = 'alpha') =>
    people.as(who, where, (ctx) => noteAudit(ctx, { id, before, note }))
  const sign = (id: string, note = '', who = 'alice', where = 'alpha') =>
    people.as(who, where, (ctx) => signOffAudit(ctx, { id, note }))

  test('a note can be changed until it is signed, and each change is logged', async () => {
    const id = await people.audit('alice', { note: 'first' })
    expect(await write(id, 'first', 'second')).toMatchObject({ id, note: 'second', signedOff: null })
    const signed = await sign(id, 'second', 'alice', 'beta')
    expect(signed.signedOff).toEqual({ by: 'alice', at: expect.stringMatching(/Z$/) })
    await expect(write(id, 'second', 'third')).rejects.toMatchObject(conflict)
    await expect(sign(id, 'second')).rejects.toMatchObject(conflict)
    expect(await people.as('alice', 'alpha', (ctx) => getAudit(ctx, { id }))).toEqual(signed)
    const noted = { auditId: id, reach: 'own', before: 'first', after: 'second' }
    expect((await people.acts('audit.note')).map(({ phase, targets }) => [phase, targets])).toEqual([
      ['intent', noted],
      ['outcome', noted],
    ])
    const under = { auditId: id, reach: 'own', note: 'second' }
    expect((await people.acts('audit.sign_off')).map(({ targets }) => targets)).toEqual([under, under])
  })

  test('nobody overwrites or signs a note they did not see', async () => {
    const id = await people.audit('root', { note: 'harmless' })
    await write(id, 'harmless', 'do not sign this', 'root', 'house')
    await expect(write(id, 'harmless', 'mine', 'root', 'house')).rejects.toMatchObject(conflict)
    await expect(sign(id, 'harmless', 'root', 'house')).rejects.toMatchObject(conflict)
    const seen = await people.as('root', 'house', (ctx) => getAudit(ctx, { id }))
    expect(seen).toMatchObject({ note: 'do not sign this', signedOff: null })
    // The answer to the first attempt was lost, so it is sent again.
    await write(id, 'harmless', 'do not sign this', 'root', 'house')
    await sign(id, 'do not sign this', 'root', 'house')
  })

  test('of two who write at once, one does, and so of two who sign', async () => {
    const id = await people.audit('alice')
    const ends = async (both: Promise<unknown>[]) =>
      (await Promise.allSettled(both)).map(({ status }) => status).sort()
    expect(await ends([write(id, '', 'one'), write(id, '', 'two')])).toEqual(['fulfilled', 'rejected'])
    const { note } = await people.as('alice', 'alpha', (ctx) => getAudit(ctx, { id }))
    expect(await ends([sign(id, note), sign(id, note)])).toEqual(['fulfilled', 'rejected'])
  })

  test('what is not complete can be noted, and not signed', async () => {
    for (const state of ['queued', 'running', 'paused', 'cancelled', 'failed'] as const) {
      const id = await people.audit('alice', { state })
      await expect(sign(id), state).rejects.toMatchObject(conflict)
      await write(id, '', state)
    }
  })

  test("another's audit can be neither noted nor signed; an administrator signs any of the cloud", async () => {
    const id = await people.audit('alice')
    for (const [who, where] of [
      ['bob', 'beta'],
      ['root', 'house'],
    ] as const) {
      await expect(write(id, '', 'mine', who, where)).rejects.toMatchObject({ code: 'not_found' })
      await expect(sign(id, '', who, where)).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await people.acts('audit.note')).toEqual([])
    // Read by another administrator.
    const cloud = await people.audit('alice', { reach: 'cloud' })
    expect((await sign(cloud, '', 'root', 'house')).signedOff).toMatchObject({ by: 'root' })
  })

  test('who only reads may note and sign', async () => {
    const id = await people.audit('vera')
    await write(id, '', 'seen', 'vera')
    expect(await sign(id, 'seen', 'vera')).toMatchObject({ note: 'seen', signedOff: { by: 'vera' } })
  })
})
