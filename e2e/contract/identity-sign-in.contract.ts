import { describe, expect, test } from 'vitest'
import { type Answered, ask } from './ask.ts'
import { cloud, identity } from './cloud-under-test.ts'
import { expectIdentityError, expectOk, expectUnauthorized } from './expectations.ts'

const { bob, dave } = cloud.users
const { beta, gamma, delta } = cloud.projects
const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. The client is ' +
  'assumed to be in error.'

interface TokenBody {
  token: {
    methods: string[]
    user: object
    project?: object
    roles?: { name: string }[]
    catalog?: { type: string }[]
  }
}

function signIn(user: object, scope?: unknown, query = ''): Promise<Answered> {
  const auth = {
    identity: { methods: ['password'], password: { user } },
    ...(scope === undefined ? {} : { scope }),
  }
  return ask(identity(), 'POST', `/auth/tokens${query}`, { json: { auth } })
}

const byName = { name: bob.name, password: bob.password, domain: { name: 'Default' } }
const toBeta = { project: { name: beta.name, domain: { name: 'Default' } } }

describe('a sign-in that succeeds', () => {
  test('by names: 201, the token in a header, the rest in the body', async () => {
    const answer = await signIn(byName, toBeta)
    const { token } = expectOk<TokenBody>(answer, 201)
    expect(answer.headers.get('X-Subject-Token')).toBeTruthy()
    expect(answer.headers.get('Vary')).toBe('X-Auth-Token')
    expect(answer.headers.get('X-Openstack-Request-Id')).toMatch(/^req-/)
    expect(Object.keys(token).sort()).toEqual([
      'audit_ids',
      'catalog',
      'expires_at',
      'is_domain',
      'issued_at',
      'methods',
      'project',
      'roles',
      'user',
    ])
    expect(token).toMatchObject({
      methods: ['password'],
      user: {
        id: bob.id,
        name: bob.name,
        domain: { id: 'default', name: 'Default' },
        password_expires_at: null,
      },
      project: { id: beta.id, name: beta.name, domain: { id: 'default', name: 'Default' } },
      is_domain: false,
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    })
    expect(token.roles?.map(({ name }) => name).sort()).toEqual(['member', 'reader'])
    expect(token.catalog?.map(({ type }) => type)).toContain('image')
  })

  test.each([
    ['user and project by id', { id: bob.id, password: bob.password }, { project: { id: beta.id } }],
    [
      'a wrong domain beside the user id',
      { id: bob.id, password: bob.password, domain: { name: 'no' } },
      toBeta,
    ],
    ['the domain by id', { ...byName, domain: { id: 'default' } }, toBeta],
  ])('%s', async (_what, user, scope) => {
    expect(expectOk<TokenBody>(await signIn(user, scope), 201).token.project).toMatchObject({ id: beta.id })
  })

  test('in another domain', async () => {
    const domain = { name: dave.domain.name }
    const user = { name: dave.name, password: dave.password, domain }
    const { token } = expectOk<TokenBody>(await signIn(user, { project: { name: delta.name, domain } }), 201)
    expect(token.project).toMatchObject({ id: delta.id, domain })
  })

  test.each([undefined, 'unscoped', { unscoped: {} }])('unscoped with scope %j', async (scope) => {
    const { token } = expectOk<TokenBody>(await signIn(byName, scope), 201)
    expect(Object.keys(token).sort()).toEqual(['audit_ids', 'expires_at', 'issued_at', 'methods', 'user'])
  })

  test.each(['?nocatalog', '?nocatalog=false'])('without catalogue: %s', async (query) => {
    expect(expectOk<TokenBody>(await signIn(byName, toBeta, query), 201).token).not.toHaveProperty('catalog')
  })
})

describe('a sign-in that fails', () => {
  test.each([
    ['wrong password', { ...byName, password: 'wrong' }, toBeta],
    ['empty password', { ...byName, password: '' }, toBeta],
    ['no such user', { ...byName, name: 'nobody-here' }, toBeta],
    ['no such user id', { id: '0'.repeat(32), password: 'x' }, toBeta],
    ['no such domain', { ...byName, domain: { name: 'no-such' } }, toBeta],
    ['user of another domain', { ...byName, name: dave.name, password: dave.password }, toBeta],
    ['name in another letter case', { ...byName, name: bob.name.toUpperCase() }, toBeta],
    ['project without a role', byName, { project: { id: gamma.id } }],
    ['no such project', byName, { project: { id: '0'.repeat(32) } }],
    ['no such project name', byName, { project: { name: 'no-such', domain: { name: 'Default' } } }],
    ['domain without a role', byName, { domain: { id: 'default' } }],
  ])('%s: the one answer that tells nothing', async (_what, user, scope) => {
    expectUnauthorized(await signIn(user, scope))
  })
})

describe('a sign-in that is malformed', () => {
  test('no auth', async () => {
    const message = `Expecting to find auth in request body. ${MALFORMED}`
    expectIdentityError(await ask(identity(), 'POST', '/auth/tokens', { json: {} }), 400, message)
  })

  test('broken JSON', async () => {
    const message = `Expecting to find valid JSON in request body. ${MALFORMED}`
    expectIdentityError(await ask(identity(), 'POST', '/auth/tokens', { raw: '{nope' }), 400, message)
  })

  test('user name without domain, project name without domain', async () => {
    const { name, password } = byName
    expectIdentityError(
      await signIn({ name, password }, toBeta),
      400,
      `Expecting to find domain in user. ${MALFORMED}`,
    )
    const scope = { project: { name: beta.name } }
    expectIdentityError(await signIn(byName, scope), 400, `Expecting to find domain in project. ${MALFORMED}`)
  })

  test('two scopes, or one that is none', async () => {
    const message = `Expecting to find system, project, domain, OS-TRUST:trust or unscoped in scope. ${MALFORMED}`
    for (const scope of [{}, 'nonsense', { ...toBeta, domain: { id: 'default' } }]) {
      expectIdentityError(await signIn(byName, scope), 400, message)
    }
  })
})

describe('discovery', () => {
  test('/v3 is open to all', async () => {
    const { version } = expectOk<{ version: { id: string; status: string } }>(
      await ask(identity(), 'GET', ''),
    )
    expect(version).toMatchObject({ id: expect.stringMatching(/^v3\./), status: 'stable' })
  })

  test('a path that does not exist is 404 in HTML', async () => {
    const answer = await ask(identity(), 'GET', '/nowhere')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
  })
})
