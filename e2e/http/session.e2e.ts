import { expect } from 'playwright/test'
import { newId } from '../mock-cloud/ids.ts'
import { callAction, cloudName, codeOf, type Person, signIn, valueIn } from '../tools/action-client.ts'
import { startDashboard } from '../tools/dashboard.ts'
import { ask } from '../tools/raw-http.ts'
import { type House, test } from './fixtures.ts'

const statusWith = async ({ dashboard }: House, cookie: string) =>
  (await ask(dashboard, '/api/session', { headers: { cookie } })).status

const attempt = ({ dashboard }: House, person: Person, cookie?: string) =>
  callAction(
    dashboard,
    'signIn',
    { method: 'password', cloud: cloudName, domain: 'Default', ...person },
    { cookie },
  )

const sealed = 'Fe26\\.2\\*[\\w*-]+~2'
const attributes = 'Path=/; Expires=[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT; Max-Age=28800'

test('S1: the session cookie on plain http, to the letter', async ({ house, own }) => {
  const { answer } = await attempt(house, own.person)
  const name = `sid-${house.dashboard.port}`
  expect(answer.cookies).toEqual([
    expect.stringMatching(new RegExp(`^${name}=${sealed}; ${attributes}; HttpOnly; SameSite=lax$`)),
  ])
  expect(answer.cookies[0]?.split(';')[0]?.length).toBeLessThanOrEqual(4096)
  const out = await callAction(house.dashboard, 'signOut', {}, { cookie: answer.cookies[0]?.split(';')[0] })
  expect(out.answer.cookies).toEqual([`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=lax`])
})

test('S1: over https the cookie is bound to the host and to TLS', async ({ house, own }) => {
  const origin = 'https://shareboard.test'
  const dashboard = await startDashboard({ authUrl: house.authUrl, databaseUrl: house.database.url, origin })
  try {
    const { answer } = await attempt({ ...house, dashboard }, own.person)
    expect(answer.cookies).toEqual([
      expect.stringMatching(
        new RegExp(`^__Host-sid=${sealed}; ${attributes}; Secure; HttpOnly; SameSite=lax$`),
      ),
    ])
    for (const path of ['/sign-in', '/api/session', '/healthz', '/jobs', '/nothing']) {
      const { headers } = await ask(dashboard, path)
      expect(headers['strict-transport-security'], path).toBe('max-age=31536000; includeSubDomains')
    }
    const { headers } = await ask(dashboard, '/sign-in')
    expect(headers['content-security-policy']).toMatch(/; upgrade-insecure-requests$/)
  } finally {
    await dashboard.stop()
  }
})

test('S2: neither the cookie nor a page tells the id that the database knows', async ({ house, own }) => {
  const rows = await house.database.query('select id_hash from session where user_id = $1', [own.userId])
  const [{ id_hash: hash } = {}] = rows
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  const page = await ask(house.dashboard, '/jobs', { headers: { cookie: own.cookie } })
  expect(own.cookie + page.text + JSON.stringify(page.headers)).not.toContain(hash)
  expect(await statusWith(house, `sid-${house.dashboard.port}=${hash}`)).toBe(401)
})

test('S4: a cookie planted before sign-in never becomes a session', async ({ house, own }) => {
  const name = `sid-${house.dashboard.port}`
  for (const planted of [`${name}=planted`, `${name}=Fe26.2*1*${newId()}*x*y**${newId()}*z~2`]) {
    const cookie = await signIn(house.dashboard, own.person, planted)
    expect(cookie).not.toBe(planted)
    expect(await statusWith(house, planted)).toBe(401)
    expect(await statusWith(house, cookie)).toBe(200)
  }
})

test('S4: signing in again gives a new id, and the old one is dead at once', async ({
  house,
  own,
  other,
}) => {
  const again = await signIn(house.dashboard, own.person, own.cookie)
  expect(again).not.toBe(own.cookie)
  expect([await statusWith(house, own.cookie), await statusWith(house, again)]).toEqual([401, 200])

  const input = { method: 'password', cloud: cloudName, userId: own.userId, password: own.person.password }
  const renewed = await callAction(house.dashboard, 'renewSession', input, { cookie: again })
  valueIn(renewed)
  const newest = renewed.answer.cookies[0]?.split(';')[0] ?? ''
  expect([await statusWith(house, again), await statusWith(house, newest)]).toEqual([401, 200])

  // Somebody who comes with a planted session of another ends that one, and is nobody but himself.
  const mine = await signIn(house.dashboard, own.person, other.cookie)
  expect(await statusWith(house, other.cookie)).toBe(401)
  const session = await ask(house.dashboard, '/api/session', { headers: { cookie: mine } })
  expect(JSON.parse(session.text).user.id).toBe(own.userId)
})

test('S7: after sign-out the cookie is worth nothing, and each of its tokens is revoked', async ({
  house,
  own,
}) => {
  const { last } = await house.cloud.ledger()
  const held = await house.database.query(
    'select count(*)::int held from token join session on id_hash = session_id_hash where user_id = $1',
    [own.userId],
  )
  expect(held).toEqual([{ held: 2 }])
  valueIn(await callAction(house.dashboard, 'signOut', {}, { cookie: own.cookie }))
  expect(await statusWith(house, own.cookie)).toBe(401)
  const page = await ask(house.dashboard, '/jobs', { headers: { cookie: own.cookie } })
  expect([page.status, page.headers.location]).toEqual([307, '/sign-in?next=%2Fjobs'])
  const revoked = async () => {
    const pattern = { service: 'identity', method: 'DELETE', path: '^/v3/auth/tokens$', since: last } as const
    const { calls } = await house.cloud.ledger(pattern)
    return calls.filter((call) => call.userId === own.userId && call.changed).length
  }
  await expect.poll(revoked, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
})

test('S9: a thousand junk cookies leave the session table as it was', async ({ house, own }) => {
  const count = () => house.database.query('select count(*)::int sessions from session')
  const before = await count()
  const name = `sid-${house.dashboard.port}`
  const stale = own.cookie.replace(/\*\d{13}\*/, '*1*')
  const junk = Array.from(
    { length: 1_000 },
    (_, index) =>
      [
        `${name}=${newId()}`,
        `${name}=Fe26.2*1*${newId()}*a*b**${newId()}*c~2`,
        `${stale}${index}`,
        `${name}=%00${index}`,
        `${name}=${'x'.repeat(3_000)}`,
      ][index % 5] ?? '',
  )
  const statuses = new Set<number>()
  for (let at = 0; at < junk.length; at += 50) {
    const batch = junk.slice(at, at + 50)
    for (const status of await Promise.all(batch.map((cookie) => statusWith(house, cookie))))
      statuses.add(status)
  }
  expect([...statuses]).toEqual([401])
  expect(await count()).toEqual(before)
})

test('S13: wrong user, password, domain and a disabled user fail alike', async ({ house, own }) => {
  const disabled = { user: `${own.mark}-disabled`, password: newId() }
  await house.cloud.mint({
    domains: [{ name: `${own.mark}-off`, enabled: false }],
    users: [
      { name: disabled.user, password: disabled.password, enabled: false },
      { name: disabled.user, password: disabled.password, domain: `${own.mark}-off` },
    ],
  })
  const wrong: Record<string, Person> = {
    password: { ...own.person, password: newId() },
    user: { ...own.person, user: newId() },
    'user as a name': { ...own.person, user: `${own.mark}-nobody` },
    'user by id, wrong password': { user: own.userId, password: newId() },
    domain: { ...own.person, domain: 'Nowhere' },
    'domain id': { ...own.person, domain: newId() },
    'disabled user': disabled,
    'disabled domain': { ...disabled, domain: `${own.mark}-off` },
    'password of another': { ...own.person, password: disabled.password },
  }
  const failures = await Promise.all(
    Object.values(wrong).map(async (person) => {
      const refused = await attempt(house, person)
      expect(codeOf(refused)).toBe('wrong_credentials')
      expect(refused.answer.cookies).toEqual([])
      const { date: _date, 'content-security-policy': _policy, ...headers } = refused.answer.headers
      return JSON.stringify([refused.answer.status, headers, refused.result]).replace(
        /req-[0-9a-f-]{36}/g,
        'req-…',
      )
    }),
  )
  expect(new Set(failures).size, failures.join('\n')).toBe(1)
})

test('S13: nothing about domains, projects or users is told before sign-in', async ({ house, own }) => {
  const page = await ask(house.dashboard, '/sign-in')
  expect(page.status).toBe(200)
  expect(page.text).not.toContain(own.mark)
  expect(page.text).not.toContain(own.scope.project)
})
