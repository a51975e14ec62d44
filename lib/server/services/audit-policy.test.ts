import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../contracts/audits'
import { auditPolicy } from '../store/schema'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { getPolicy, savePolicy } from './audit-policy'

describe.each(stores)('rules of audits on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  test('everybody has a policy of their own, administrators of a cloud have one together', async () => {
    const save = (who: string, where: string, pendingDays: number, seen: string | null = null) =>
      people.as(who, where, (ctx) => savePolicy(ctx, { policy: { ...defaultPolicy, pendingDays }, seen }))
    const daysOf = (who: string, where: string) =>
      people.as(who, where, async (ctx) => (await getPolicy(ctx)).policy.pendingDays)
    expect(await people.as('alice', 'alpha', getPolicy)).toEqual({
      policy: defaultPolicy,
      reach: 'own',
      changed: null,
    })
    const { changed } = await save('alice', 'alpha', 1)
    await save('bob', 'beta', 2)
    expect(await save('root', 'house', 3)).toMatchObject({
      reach: 'cloud',
      changed: { by: 'root', at: expect.stringMatching(/Z$/) },
    })
    await save('alice', 'beta', 4, changed?.at)
    expect(await daysOf('alice', 'alpha')).toBe(4)
    expect(await daysOf('bob', 'beta')).toBe(2)
    expect(await daysOf('root', 'house')).toBe(3)
    // Without the administrator's token it is a person's own.
    expect(await daysOf('root', 'beta')).toBe(defaultPolicy.pendingDays)
  })

  test('a change is logged with what was and what is; a name given twice is kept once', async () => {
    const policy = { ...defaultPolicy, trustedDomains: ['d', 'e', 'd'], keepDays: null }
    await people.as('alice', 'alpha', (ctx) => savePolicy(ctx, { policy, seen: null }))
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

  test('of two who change the same rules, the second is told', async () => {
    const save = (pendingDays: number, seen: string | null) =>
      people.as('root', 'house', (ctx) =>
        savePolicy(ctx, { policy: { ...defaultPolicy, pendingDays }, seen }),
      )
    const ends = async (seen: string | null) => {
      const both = await Promise.allSettled([save(5, seen), save(6, seen)])
      return both.map((end) => (end.status === 'fulfilled' ? 'saved' : end.reason.code)).sort()
    }
    expect(await ends(null)).toEqual(['conflict', 'saved'])
    const { changed } = await people.as('root', 'house', getPolicy)
    await expect(save(7, null)).rejects.toMatchObject({ code: 'conflict' })
    expect(await ends(changed?.at ?? null)).toEqual(['conflict', 'saved'])
  })

  test('a setting that was added later has its default in an older policy', async () => {
    await people.as('alice', 'alpha', (ctx) => savePolicy(ctx, { policy: defaultPolicy, seen: null }))
    const { imageDays: _later, ...older } = { ...defaultPolicy, pendingDays: 5 }
    await people.db.update(auditPolicy).set({ policy: older as typeof defaultPolicy })
    expect((await people.as('alice', 'alpha', getPolicy)).policy).toEqual({
      ...defaultPolicy,
      pendingDays: 5,
    })
  })
})
