import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import { api } from '../../lib/paths.ts'
import { newId } from '../mock-cloud/ids.ts'
import { signIn } from '../tools/action-client.ts'
import { type Address, type Answer, ask } from '../tools/raw-http.ts'
import { readAudit, type Tenant, test } from './fixtures.ts'
import { type ProtectedUrl, protectedUrls } from './protected-urls.ts'

const read = (server: Address, { path, query }: ProtectedUrl, cookie?: string): Promise<Answer> =>
  ask(server, path + query, { headers: cookie ? { cookie } : {} })

/** Everything an answer says, headers included, without what is new in each: references and the date. */
function said({ status, headers, text }: Answer): string {
  const { date: _date, 'content-security-policy': _policy, ...fixed } = headers
  const masked = text.replace(/req-[0-9a-f-]{36}/g, 'req-…')
  return JSON.stringify({ status, fixed, masked })
}

/** The same cookie with another last part of its seal. */
const tampered = (cookie: string) => `${cookie.slice(0, cookie.lastIndexOf('*'))}*${newId()}`

test('R7: without a session every GET handler answers 401, and not one byte of a tenant', async ({
  house,
  own,
}) => {
  const { handlers } = protectedUrls(own)
  for (const url of handlers) {
    const inside = await read(house.dashboard, url, own.cookie)
    expect.soft(inside.status, `${url.pattern} with a session`).toBe(url.status)
    for (const cookie of [undefined, 'sid=x', tampered(own.cookie)]) {
      const outside = await read(house.dashboard, url, cookie)
      expect.soft(outside.status, url.pattern).toBe(401)
      expect
        .soft(JSON.parse(outside.text), url.pattern)
        .toMatchObject({ failure: { code: 'unauthenticated' } })
      expect.soft(said(outside), url.pattern).not.toContain(own.mark)
    }
  }
  const all = await Promise.all(handlers.map((url) => read(house.dashboard, url, own.cookie)))
  expect(all.filter((answer) => said(answer).includes(own.mark)).length).toBeGreaterThanOrEqual(7)
})

test('R7: without a session every page leads to sign-in, and shows not one byte of a tenant', async ({
  house,
  own,
}) => {
  const { pages } = protectedUrls(own)
  for (const { pattern, path, query } of pages) {
    const outside = await ask(house.dashboard, path + query)
    expect.soft(outside.status, pattern).toBe(307)
    expect.soft(outside.headers.location, pattern).toMatch(/^\/sign-in\?next=/)
    expect.soft(said(outside), pattern).not.toContain(own.mark)
  }
})

/** The same address with ids of nobody in the place of a tenant's. */
function unknown(tenant: Tenant): Tenant {
  return {
    ...tenant,
    scope: { ...tenant.scope, project: newId() },
    images: tenant.images.map(() => randomUUID()),
    offer: randomUUID(),
    jobId: randomUUID(),
    auditId: randomUUID(),
    earlierAuditId: randomUUID(),
  }
}

test("L1: another tenant's ids answer 404 on every page and handler, exactly as unknown ones", async ({
  house,
  own,
  other,
}) => {
  const theirs = protectedUrls(other)
  const nobodys = protectedUrls(unknown(other))
  const withoutIds = new Set([
    '/',
    '/activity',
    '/clouds',
    '/jobs',
    '/api/activity',
    '/api/activity/export',
    '/api/clouds',
    '/api/events',
    '/api/jobs',
    '/api/session',
  ])
  for (const kind of ['pages', 'handlers'] as const) {
    for (const [index, url] of theirs[kind].entries()) {
      const answer = await read(house.dashboard, url, own.cookie)
      expect.soft(said(answer), url.pattern).not.toContain(other.mark)
      if (withoutIds.has(url.pattern)) continue
      expect.soft(answer.status, url.pattern).toBe(404)
      if (kind === 'pages') continue
      const unknownUrl = nobodys[kind][index]
      if (!unknownUrl) throw new Error('the two lists differ')
      expect.soft(said(answer), url.pattern).toBe(said(await read(house.dashboard, unknownUrl, own.cookie)))
    }
  }
})

test("L1: another tenant's images in one's own project are as unknown as any", async ({
  house,
  own,
  other,
}) => {
  const mixed = { ...other, scope: own.scope, jobId: own.jobId }
  const nobodys = protectedUrls({ ...unknown(other), scope: own.scope, jobId: own.jobId }).handlers
  const withImages = protectedUrls(mixed).handlers.filter(({ pattern }) =>
    /imageId|by-id|members/.test(pattern),
  )
  expect(withImages.length).toBe(4)
  const masked = (answer: Answer, ids: string[]) =>
    ids.reduce((text, id) => text.replaceAll(id, '…'), said(answer))
  for (const url of withImages) {
    const answer = await read(house.dashboard, url, own.cookie)
    const unknownUrl = nobodys.find(({ pattern }) => pattern === url.pattern)
    if (!unknownUrl) throw new Error('the two lists differ')
    const unknownAnswer = await read(house.dashboard, unknownUrl, own.cookie)
    expect.soft(said(answer), url.pattern).not.toContain(other.mark)
    expect
      .soft(masked(answer, [...other.images, other.offer]), url.pattern)
      .toBe(masked(unknownAnswer, idsIn(unknownUrl)))
  }
})

test("L1: another tenant's audits are as unknown as any, also from one's own project", async ({
  house,
  own,
  other,
}) => {
  const audits = (tenant: Tenant) =>
    protectedUrls({ ...tenant, scope: own.scope }).handlers.filter(({ pattern }) =>
      /audits\/\[id/.test(pattern),
    )
  const nobodys = audits(unknown(own))
  expect(nobodys.length).toBe(6)
  for (const [index, url] of audits(other).entries()) {
    const answer = await read(house.dashboard, url, own.cookie)
    expect.soft(answer.status, url.pattern).toBe(404)
    const unknownUrl = nobodys[index]
    if (!unknownUrl) throw new Error('the two lists differ')
    expect.soft(said(answer), url.pattern).toBe(said(await read(house.dashboard, unknownUrl, own.cookie)))
  }
  // Nor can one's own be held against another's.
  const mixed = audits({ ...own, earlierAuditId: other.auditId }).find(({ pattern }) =>
    /changes/.test(pattern),
  )
  if (!mixed) throw new Error('nothing compares audits')
  expect((await read(house.dashboard, mixed, own.cookie)).status).toBe(404)
})

test('L1: an audit of the whole cloud is for an administrator, standing where the token is one', async ({
  house,
  own,
}) => {
  const office = `${own.mark}-office`
  const person = { user: `${own.mark}-admin`, password: newId() }
  const minted = await house.cloud.mint({
    projects: [{ name: office }],
    users: [
      {
        name: person.user,
        password: person.password,
        roles: [{ project: office, role: 'admin' }, { project: `${own.mark}-project` }],
      },
    ],
  })
  const cookie = await signIn(house.dashboard, person)
  const scope = { ...own.scope, project: minted.projects[office] ?? '' }
  const earlierAuditId = await readAudit(house.dashboard, scope, cookie)
  const auditId = await readAudit(house.dashboard, scope, cookie)
  const cloudWide = { ...own, auditId, earlierAuditId }
  const about = (tenant: Tenant) =>
    protectedUrls(tenant).handlers.filter(({ pattern }) => /audits\/\[id/.test(pattern))
  for (const url of about({ ...cloudWide, scope }))
    expect.soft((await read(house.dashboard, url, cookie)).status, url.pattern).toBe(200)
  // In a project where the same person is a plain member, and for a plain member.
  for (const each of [cookie, own.cookie]) {
    for (const url of about(cloudWide))
      expect.soft((await read(house.dashboard, url, each)).status, url.pattern).toBe(404)
    const list = await ask(house.dashboard, api.audits(own.scope), { headers: { cookie: each } })
    expect(list.text).not.toContain(auditId)
  }
})

const idsIn = ({ path, query }: ProtectedUrl) => `${path}${query}`.match(/[0-9a-f-]{36}/g) ?? []

test('R2: reading every page and handler changes nothing, but that a look at the log or an audit is logged', async ({
  house,
  own,
}) => {
  const kept = () =>
    house.database.query(`select
      (select jsonb_agg(job) from job) jobs, (select jsonb_agg(job_item) from job_item) items,
      (select jsonb_agg(activity) from activity where verb !~ '[.](view|export)$') acts, (select jsonb_agg(preference) from preference) choices`)
  const tables = await kept()
  const before = (await house.cloud.ledger()).last
  const { pages, handlers } = protectedUrls(own)
  for (const url of [...pages, ...handlers]) await read(house.dashboard, url, own.cookie)
  const { calls } = await house.cloud.ledger({ since: before })
  const writes = calls.filter(({ service, changed }) => service === 'image' && changed)
  expect(writes).toEqual([])
  expect(await kept()).toEqual(tables)
})

test('whoever asks for the head of a file, or goes away before its first byte, leaves no open act', async ({
  house,
  own,
}) => {
  const { dashboard } = house
  const headers = { cookie: own.cookie }
  const files = protectedUrls(own).handlers.filter(({ pattern }) => pattern.endsWith('/export'))
  for (const { path, query } of files) {
    expect((await ask(dashboard, path + query, { method: 'HEAD', headers })).status).toBe(200)
    for (const limitMs of [5, 10, 20, 40])
      await ask(dashboard, path + query, { headers, limitMs }).catch(() => null)
  }
  const open = async (verb: string) => {
    const { text } = await ask(dashboard, `/api/activity?verb=${verb}&outcome=open`, { headers })
    return JSON.parse(text).entries
  }
  for (const verb of ['audit.export', 'activity.export']) await expect.poll(() => open(verb)).toEqual([])
})
