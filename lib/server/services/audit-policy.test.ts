import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../contracts/audits'
import { auditPolicy } from '../store/schema'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores, type TestStore } from '../testing/stores'
import { noteAudit, signOffAudit } from './audit-notes'
import { getPolicy, savePolicy } from './audit-policy'
import { getAudit } from './audits'

describe.each(stores)('rules, notes and signatures on $name', ({ open }) => {
  let place: TestStore
  let people: AuditPeople

  beforeAll(async () => {
    place = await open()
    people = await auditPeople(place)
  })
  afterAll(async () => {
    await people.close()
    await place.close()
  })
  afterEach(() => people.forget())

  test('everybody has a policy of their own, administrators of a cloud have one together', async () => {
    const save = (who: string, where: string, pendingDays: number) =>
      people.as(who, where, (ctx) => savePolicy(ctx, { policy: { ...defaultPolicy, pendingDays } }))
    const daysOf = (who: string, where: string) =>
      people.as(who, where, async (ctx) => (await getPolicy(ctx)).policy.pendingDays)
    expect(await people.as('alice', 'alpha', getPolicy)).toEqual({
      policy: defaultPolicy,
      reach: 'own',
      changed: null,
    })
    await save('alice', 'alpha', 1)
    await save('bob', 'beta', 2)
    expect(await save('root', 'house', 3)).toMatchObject({
      reach: 'cloud',
      changed: { by: 'root', at: expect.stringMatching(/Z$/) },
    })
    await save('alice', 'beta', 4)
    expect(await daysOf('alice', 'alpha')).toBe(4)
    expect(await daysOf('bob', 'beta')).toBe(2)
    expect(await daysOf('root', 'house')).toBe(3)
    // Without the administrator's token it is a person's own.
    expect(await daysOf('root', 'beta')).toBe(defaultPolicy.pendingDays)
  })

  test('a change is logged with what was and what is; a name given twice is kept once', async () => {
    const policy = { ...defaultPolicy, trustedDomains: ['d', 'e', 'd'], keepDays: null }
    await people.as('alice', 'alpha', (ctx) => savePolicy(ctx, { policy }))
    const saved = { ...policy, trustedDomains: ['d', 'e'] }
    expect((await people.as('alice', 'alpha', getPolicy)).policy).toEqual(saved)
    const acts = await people.acts('audit.policy')
    expect(acts.map(({ phase, outcome }) => [phase, outcome])).toEqual([
      ['intent', null],
      ['outcome', 'succeeded'],
    ])
    const { before, after } = acts[0]?.targets ?? {}
    expect([before, after].map((text) => JSON.parse(String(text)))).toEqual([defaultPolicy, saved])
  })

  test('a setting that was added later has its default in an older policy', async () => {
    await people.as('alice', 'alpha', (ctx) => savePolicy(ctx, { policy: defaultPolicy }))
    const { imageDays: _later, ...older } = { ...defaultPolicy, pendingDays: 5 }
    await people.db.update(auditPolicy).set({ policy: older as typeof defaultPolicy })
    expect((await people.as('alice', 'alpha', getPolicy)).policy).toEqual({
      ...defaultPolicy,
      pendingDays: 5,
    })
  })

  test('a note can be changed until it is signed, and each change is logged', async () => {
    const id = await people.audit('alice', { note: 'first' })
    const note = (text: string) => people.as('alice', 'alpha', (ctx) => noteAudit(ctx, { id, note: text }))
    expect(await note('second')).toMatchObject({ id, note: 'second', signedOff: null })
    const signed = await people.as('alice', 'beta', (ctx) => signOffAudit(ctx, { id }))
    expect(signed.signedOff).toEqual({ by: 'alice', at: expect.stringMatching(/Z$/) })
    await expect(note('third')).rejects.toMatchObject({ code: 'conflict' })
    await expect(people.as('alice', 'alpha', (ctx) => signOffAudit(ctx, { id }))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await people.as('alice', 'alpha', (ctx) => getAudit(ctx, { id }))).toEqual(signed)
    expect((await people.acts('audit.note')).map(({ phase, targets }) => [phase, targets])).toEqual([
      ['intent', { auditId: id, before: 'first', after: 'second' }],
      ['outcome', { auditId: id, before: 'first', after: 'second' }],
    ])
    expect((await people.acts('audit.sign_off')).map(({ targets }) => targets)).toEqual([
      { auditId: id, note: 'second' },
      { auditId: id, note: 'second' },
    ])
  })

  test('of two who sign at once, one does', async () => {
    const id = await people.audit('alice')
    const both = await Promise.allSettled(
      [1, 2].map(() => people.as('alice', 'alpha', (ctx) => signOffAudit(ctx, { id }))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('what is not complete can be noted, and not signed', async () => {
    for (const state of ['queued', 'running', 'paused', 'cancelled', 'failed'] as const) {
      const id = await people.audit('alice', { state })
      await expect(
        people.as('alice', 'alpha', (ctx) => signOffAudit(ctx, { id })),
        state,
      ).rejects.toMatchObject({ code: 'conflict' })
      await people.as('alice', 'alpha', (ctx) => noteAudit(ctx, { id, note: state }))
    }
  })

  test("another's audit can be neither noted nor signed; an administrator signs any of the cloud", async () => {
    const id = await people.audit('alice')
    for (const [who, where] of [
      ['bob', 'beta'],
      ['root', 'house'],
    ] as const) {
      const note = people.as(who, where, (ctx) => noteAudit(ctx, { id, note: 'mine' }))
      await expect(note).rejects.toMatchObject({ code: 'not_found' })
      const sign = people.as(who, where, (ctx) => signOffAudit(ctx, { id }))
      await expect(sign).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await people.acts('audit.note')).toEqual([])
    // Read by another administrator.
    const cloud = await people.audit('alice', { reach: 'cloud' })
    const signed = await people.as('root', 'house', (ctx) => signOffAudit(ctx, { id: cloud }))
    expect(signed.signedOff).toMatchObject({ by: 'root' })
  })

  test('who only reads may note and sign', async () => {
    const id = await people.audit('vera')
    await people.as('vera', 'alpha', (ctx) => noteAudit(ctx, { id, note: 'seen' }))
    const signed = await people.as('vera', 'alpha', (ctx) => signOffAudit(ctx, { id }))
    expect(signed).toMatchObject({ note: 'seen', signedOff: { by: 'vera' } })
  })
})
