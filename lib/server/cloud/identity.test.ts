import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { hastyHttp } from '../testing/image-access'
import { testEnv } from '../testing/test-runtime'
import { imageRegions } from './catalogue'
import { loadClouds } from './clouds'
import { createIdentity, type Identity } from './identity'

const http = hastyHttp()
let fake: FakeCloud
let identity: Identity
let ids: { alpha: string; off: string; ops: string; alice: string }

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects, users } = fake.mint({
    domains: [{ name: 'Partner' }],
    projects: [{ name: 'alpha' }, { name: 'off', enabled: false }, { name: 'foreign' }, { name: 'ops' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }, { project: 'off' }] },
      { name: 'dave', domain: 'Partner' },
      { name: 'gone', enabled: false },
      { name: 'root', roles: [{ project: 'ops', role: 'admin' }] },
    ],
  })
  ids = {
    alpha: projects.alpha ?? '',
    off: projects.off ?? '',
    ops: projects.ops ?? '',
    alice: users.alice ?? '',
  }
  const cloud = loadClouds(testEnv(fake)).get('openstack')
  if (!cloud) throw new Error('no cloud')
  identity = createIdentity(cloud, http)
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
afterEach(() => fake.heal())

async function signIn(user: string, domain = 'Default', password = 'secret') {
  const answer = await identity.signIn({ user, domain, password })
  if (answer.state !== 'issued') throw new Error('a one-time code is wanted')
  return answer.token
}
const tokenCalls = () => fake.calls({ method: 'POST', path: '/auth/tokens' }).length

describe('signing in', () => {
  test('gives an unscoped token and who it is of', async () => {
    const issued = await signIn('alice')
    expect(issued).toMatchObject({ user: { id: ids.alice, name: 'alice', domainName: 'Default' } })
    expect(issued.text.length).toBeGreaterThan(100)
    expect(fake.cloud.tokens.get(issued.text)?.projectId).toBeNull()
    expect(issued.expiresAt.getTime()).toBeGreaterThan(Date.now())
  })

  test('takes user and domain by name or by id', async () => {
    expect((await signIn(ids.alice, 'nobody cares')).user.name).toBe('alice')
    expect((await signIn('alice', 'default')).user.name).toBe('alice')
    const partner = [...fake.cloud.domains.values()].find(({ name }) => name === 'Partner')
    expect((await signIn('dave', partner?.id)).user.domainName).toBe('Partner')
  })

  test.each([
    ['a wrong password', 'alice', 'Default', 'hunter2'],
    ['a wrong user', 'nobody', 'Default', 'secret'],
    ['a wrong user id', '0'.repeat(32), 'Default', 'secret'],
    ['a wrong domain', 'alice', 'Nowhere', 'secret'],
    ['a disabled user', 'gone', 'Default', 'secret'],
    ['a password longer than Keystone takes', 'alice', 'Default', 'x'.repeat(120_000)],
  ])('[row 29] [S13] with %s fails with one and the same code', async (_what, user, domain, password) => {
    const before = tokenCalls()
    const error = await signIn(user, domain, password).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'wrong_credentials', values: {} })
    expect(String(error)).not.toContain(password.slice(0, 200))
    expect(tokenCalls() - before).toBeLessThanOrEqual(1)
  })

  test.each([500, 502, 503, 429, 408])('[row 29] [S11] is never sent twice: %i', async (status) => {
    const before = tokenCalls()
    fake.fault({ path: '/auth/tokens', fault: { kind: 'answer', status } })
    await expect(signIn('alice')).rejects.toMatchObject({ status })
    expect(tokenCalls() - before).toBe(1)
  })

  test.each(['html', 'truncated', 'empty', 'wrong-types'] as const)(
    'answered by %s is a broken contract',
    async (how) => {
      fake.fault({ path: '/auth/tokens', fault: { kind: 'mangle', how } })
      await expect(signIn('alice')).rejects.toMatchObject({ code: 'upstream_contract' })
    },
  )

  test.each<[string, object]>([
    ['empty', { password_expires_at: '' }],
    ['null', { password_expires_at: null }],
    ['left out', {}],
    ['no date', { password_expires_at: 'some day' }],
  ])('[row 33] goes through with the end of the password %s, and shows no such date', async (_how, more) => {
    const end = '2031-03-04T09:00:00.000000Z'
    const user = { id: 'u-1', name: 'ines', domain: { id: 'd-1', name: 'Acme' }, ...more }
    const body = JSON.stringify({ token: { methods: ['password'], expires_at: end, user } })
    const headers = { 'X-Subject-Token': 'MIIa' }
    fake.fault({ path: '/auth/tokens', fault: { kind: 'answer', status: 201, body, headers } })
    const issued = await signIn('ines', 'Acme')
    expect(issued.expiresAt.toISOString()).toBe('2031-03-04T09:00:00.000Z')
    expect(issued.user).toEqual({ id: 'u-1', name: 'ines', domainId: 'd-1', domainName: 'Acme' })
  })

  test('takes a token of 20 kB', async () => {
    fake.cloud.settings.tokenLength = 20_000
    const issued = await signIn('alice')
    fake.cloud.settings.tokenLength = null
    expect(issued.text).toHaveLength(20_000)
    expect((await identity.projects(issued.text, ids.alice)).length).toBe(2)
  })
})

describe('rescoping', () => {
  test('gives a token of the project, its roles and its catalogue', async () => {
    const { text } = await signIn('alice')
    const scoped = await identity.rescope(text, ids.alpha)
    expect(scoped).toMatchObject({ project: { id: ids.alpha, name: 'alpha', domainId: 'default' } })
    expect(scoped.roles).toContain('member')
    expect(imageRegions(scoped.catalogue)).toEqual(['north'])
    expect(fake.cloud.tokens.get(scoped.text)?.projectId).toBe(ids.alpha)
  })

  test('to a disabled, foreign or unknown project says that it can’t be used, not that the token is dead', async () => {
    const { text } = await signIn('alice')
    const foreign = [...fake.cloud.projects.values()].find(({ name }) => name === 'foreign')?.id ?? ''
    for (const project of [ids.off, foreign, '0'.repeat(32)]) {
      await expect(identity.rescope(text, project)).rejects.toMatchObject({ code: 'project_not_usable' })
    }
    await expect(identity.rescope(text, ids.alpha)).resolves.toBeDefined()
  })

  test('from a dead token says that one is signed out', async () => {
    const { text } = await signIn('alice')
    await identity.revoke(text)
    await expect(identity.rescope(text, ids.alpha)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(identity.rescope('gAAAAA-mistyped', ids.alpha)).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await expect(identity.projects(text, ids.alice)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('what an administrator is told', () => {
  const adminToken = async () => (await identity.rescope((await signIn('root')).text, ids.ops)).text

  test('every project, those that are switched off as well', async () => {
    const token = await adminToken()
    const projects = await identity.allProjects(token)
    expect(projects).toEqual(
      expect.arrayContaining([
        { id: ids.alpha, name: 'alpha', domainId: 'default', enabled: true },
        { id: ids.off, name: 'off', domainId: 'default', enabled: false },
      ]),
    )
  })

  test('a project by its id, or that there is none', async () => {
    const token = await adminToken()
    expect(await identity.project(token, ids.alpha)).toEqual({
      id: ids.alpha,
      name: 'alpha',
      domainId: 'default',
      enabled: true,
    })
    await expect(identity.project(token, '0'.repeat(32))).rejects.toMatchObject({ status: 404 })
  })

  test('the names of the domains', async () => {
    expect([...(await identity.domains(await adminToken())).values()].sort()).toEqual(['Default', 'Partner'])
  })

  test('nothing of it is told to others, and a senseless answer is no list', async () => {
    const token = (await identity.rescope((await signIn('alice')).text, ids.alpha)).text
    await expect(identity.allProjects(token)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(identity.domains(token)).rejects.toMatchObject({ code: 'forbidden' })
    fake.fault({ path: '/v3/domains$', fault: { kind: 'mangle', how: 'wrong-types' } })
    await expect(identity.domains(await adminToken())).rejects.toMatchObject({ code: 'upstream_contract' })
  })
})

describe('the projects of a user', () => {
  test('[row 32] come with the disabled ones marked, domains left out', async () => {
    const projects = await identity.projects((await signIn('alice')).text, ids.alice)
    expect(projects.map(({ name, enabled }) => [name, enabled]).sort()).toEqual([
      ['alpha', true],
      ['off', false],
    ])
  })
})

describe('revoking', () => {
  test('[row 47] ends that token alone, and is content with one that is dead', async () => {
    const { text } = await signIn('alice')
    const child = await identity.rescope(text, ids.alpha)
    await identity.revoke(child.text)
    await expect(identity.projects(child.text, ids.alice)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(identity.projects(text, ids.alice)).resolves.toBeDefined()
    await identity.revoke(child.text)
    await identity.revoke('never-was-one')
  })

  test('that Keystone could not do is an error, for somebody to try again', async () => {
    const { text } = await signIn('alice')
    fake.fault({ method: 'DELETE', fault: { kind: 'answer', status: 503 } })
    await expect(identity.revoke(text)).rejects.toMatchObject({ code: 'upstream_unavailable' })
  })
})
