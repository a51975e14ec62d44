import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../contracts/audits'
import type { ActivityFilterInput } from '../../contracts/inputs/activity'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { exportActivity } from './activity-export'
import { listActivity } from './activity-log'
import { exportAudit } from './audit-export'
import { noteAudit, signOffAudit } from './audit-notes'
import { savePolicy } from './audit-policy'
import { startAudit } from './audits'

/** What must not leave the circle of those who may see the audit itself. */
const secrets = ['what nobody else reads', 'trusted.example']

describe.each(stores)('acts on audits in the log on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  /** Every act on audits that there is, by one person. */
  async function act(who: string, where: string) {
    await people.as(who, where, (ctx) => startAudit(ctx, { idempotencyKey: people.runtime.chance.uuid() }))
    const id = await people.audit(who, { images: [{ id: 'i-1', members: [{ project: 'p' }] }] })
    await people.as(who, where, async (ctx) => {
      await noteAudit(ctx, { id, before: '', note: secrets[0] ?? '' })
      await signOffAudit(ctx, { id, note: secrets[0] ?? '' })
      const policy = { ...defaultPolicy, trustedDomains: [secrets[1] ?? ''] }
      await savePolicy(ctx, { policy, seen: null })
      const { body } = await exportAudit(ctx, { id, what: 'table', format: 'csv' })
      await new Response(body).text()
    })
    return id
  }
  const verbs = ['audit.export', 'audit.policy', 'audit.sign_off', 'audit.note', 'audit.read']
  const seen = async (who: string, where: string, filter: ActivityFilterInput = {}) => {
    const { entries } = await people.as(who, where, (ctx) => listActivity(ctx, filter))
    return entries.filter(({ verb }) => verb.startsWith('audit.'))
  }
  const saved = (who: string, where: string) =>
    people.as(who, where, async (ctx) =>
      new Response((await exportActivity(ctx, { format: 'json' })).body).text(),
    )

  test('of one\u2019s own audit others of the project are told that there was one, and nothing of it', async () => {
    const id = await act('alice', 'beta')
    const [alpha, beta] = [people.project('alpha'), people.project('beta')]
    const own = await seen('alice', 'beta')
    expect(own.map(({ verb }) => verb)).toEqual(verbs)
    for (const secret of secrets) expect(JSON.stringify(own)).toContain(secret)
    expect(own.at(-1)?.projects.listed.map((project) => project.id)).toEqual([beta, alpha])

    const others = await seen('bob', 'beta')
    expect(others.map(({ verb, actor, mine }) => [verb, actor.name, mine])).toEqual(
      verbs.map((verb) => [verb, 'alice', false]),
    )
    for (const { changes, projects, facts } of others) {
      expect([changes, projects]).toEqual([[], { count: 0, listed: [] }])
      expect(facts).toMatchObject({ reach: 'own' })
    }
    for (const text of [JSON.stringify(others), await saved('bob', 'beta')])
      for (const secret of [...secrets, alpha]) expect(text).not.toContain(secret)
    expect(await seen('bob', 'beta', { text: alpha })).toEqual([])
    expect(await seen('bob', 'beta', { text: id })).toHaveLength(3)
    // Nor is an administrator told: the audit is not the cloud's.
    expect(JSON.stringify(await seen('root', 'beta'))).not.toContain(secrets[0])
  })

  test('of an audit of the whole cloud administrators are told everything, others of their project nothing', async () => {
    await act('root', 'house')
    for (const text of [JSON.stringify(await seen('deputy', 'house')), await saved('deputy', 'house')])
      for (const secret of secrets) expect(text).toContain(secret)
    const others = await seen('guest', 'house')
    expect(others.map(({ verb }) => verb)).toEqual(verbs)
    for (const text of [JSON.stringify(others), await saved('guest', 'house')])
      for (const secret of secrets) expect(text).not.toContain(secret)
  })
})
