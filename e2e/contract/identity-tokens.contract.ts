import { describe, expect, test } from 'vitest'
import { type Answered, ask } from './ask.ts'
import { adminToken, identity, ids, tokenOf } from './cloud-under-test.ts'
import { expectIdentityError, expectOk, expectUnauthorized } from './expectations.ts'

interface TokenBody {
  token: { methods: string[]; expires_at: string; audit_ids: string[]; project?: { id: string } }
}

function rescope(id: string, scope: unknown): Promise<Answered> {
  const auth = { identity: { methods: ['token'], token: { id } }, scope }
  return ask(identity(), 'POST', '/auth/tokens', { json: { auth } })
}

function look(method: string, token: string, subject: string): Promise<Answered> {
  return ask(identity(token), method, '/auth/tokens', { headers: { 'X-Subject-Token': subject } })
}

const projects = (token?: string) => ask(identity(token), 'GET', '/auth/projects')
const textOf = (answer: Answered) => answer.headers.get('X-Subject-Token') ?? ''

describe('a token for another project', () => {
  test('from an unscoped one: same end, one more method, the first audit id kept', async () => {
    const source = await tokenOf('carol')
    const before = expectOk<TokenBody>(await look('GET', source, source)).token
    const answer = await rescope(source, { project: { id: ids.alpha } })
    const { token } = expectOk<TokenBody>(answer, 201)
    expect(token.project).toMatchObject({ id: ids.alpha })
    expect(token.expires_at).toBe(before.expires_at)
    expect([...token.methods].sort()).toEqual(['password', 'token'])
    expect(token.audit_ids).toHaveLength(2)
    expect(token.audit_ids[1]).toBe(before.audit_ids[0])
    const third = expectOk<TokenBody>(
      await rescope(textOf(answer), { project: { id: ids.gamma } }),
      201,
    ).token
    expect(third.audit_ids[1]).toBe(before.audit_ids[0])
    expect(third.expires_at).toBe(before.expires_at)
  })

  test('from a project to no scope', async () => {
    const source = await tokenOf('carol', 'gamma')
    expect(expectOk<TokenBody>(await rescope(source, 'unscoped'), 201).token).not.toHaveProperty('project')
  })

  test('not without a role there, and the source stays good', async () => {
    const source = await tokenOf('bob', 'beta')
    expectUnauthorized(await rescope(source, { project: { id: ids.alpha } }))
    expectOk(await projects(source))
  })

  test('from a token that is none or revoked: 404', async () => {
    const scope = { project: { id: ids.alpha } }
    expectIdentityError(await rescope('nonsense', scope), 404, 'Could not recognize Fernet token')
    expectIdentityError(await rescope('', scope), 404, 'No token in the request')
    const source = await tokenOf('carol')
    expect((await look('DELETE', source, source)).status).toBe(204)
    expectIdentityError(await rescope(source, scope), 404, 'Failed to validate token')
  })
})

describe('a token looked at', () => {
  test('by its own user, with any token', async () => {
    const [one, other] = [await tokenOf('bob', 'beta'), await tokenOf('bob')]
    expectOk(await look('GET', one, one))
    expectOk(await look('GET', other, one))
    const head = await look('HEAD', other, one)
    expect([head.status, head.text]).toEqual([200, ''])
  })

  test('by an admin, not by anybody else', async () => {
    const [bob, alice] = [await tokenOf('bob', 'beta'), await tokenOf('alice', 'alpha')]
    expectOk(await look('GET', await adminToken(), bob))
    const message = 'You are not authorized to perform the requested action: identity:validate_token.'
    expectIdentityError(await look('GET', alice, bob), 403, message)
  })

  test('that is none: 404; with none of one’s own: 401', async () => {
    const bob = await tokenOf('bob', 'beta')
    expectIdentityError(await look('GET', bob, 'nonsense'), 404, 'Could not recognize Fernet token')
    expectUnauthorized(await look('GET', 'nonsense', bob))
    expectUnauthorized(await projects())
  })
})

describe('a token revoked', () => {
  test('ends alone: its child and its sibling live on', async () => {
    const parent = await tokenOf('carol')
    const child = textOf(await rescope(parent, { project: { id: ids.alpha } }))
    const sibling = textOf(await rescope(parent, { project: { id: ids.gamma } }))
    const answer = await look('DELETE', parent, parent)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expectUnauthorized(await projects(parent))
    expectOk(await projects(child))
    expect((await look('DELETE', sibling, child)).status).toBe(204)
    expectUnauthorized(await projects(child))
    expectOk(await projects(sibling))
    expectOk(await rescope(sibling, { project: { id: ids.alpha } }), 201)
  })

  test('again: by itself 401, by another 404', async () => {
    const [one, other] = [await tokenOf('bob', 'beta'), await tokenOf('bob')]
    expect((await look('DELETE', other, one)).status).toBe(204)
    expectUnauthorized(await look('DELETE', one, one))
    expectIdentityError(await look('DELETE', other, one), 404, 'Failed to validate token')
  })

  test("not another user's", async () => {
    const [bob, alice] = [await tokenOf('bob', 'beta'), await tokenOf('alice', 'alpha')]
    const message = 'You are not authorized to perform the requested action: identity:revoke_token.'
    expectIdentityError(await look('DELETE', alice, bob), 403, message)
    expectOk(await projects(bob))
  })
})
