import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { adminToken, cloud, identity, ids, tokenOf } from './cloud-under-test.ts'
import { expectIdentityError, expectOk } from './expectations.ts'

const { bob, carol } = cloud.users

interface ProjectList {
  projects: { id: string; name: string; enabled: boolean }[]
  links: { next: string | null }
}

const denied = (rule: string) => `You are not authorized to perform the requested action: ${rule}.`
const get = (token: string, path: string) => ask(identity(token), 'GET', path)
const listed = ({ projects }: ProjectList) => projects.map(({ id }) => id).sort()

describe('my projects', () => {
  test.each([undefined, 'gamma'] as const)(
    'with a token for %s: all with a role, no paging',
    async (project) => {
      const list = expectOk<ProjectList>(
        await get(await tokenOf('carol', project), '/auth/projects?limit=1&name=x'),
      )
      expect(listed(list)).toEqual([ids.alpha, ids.beta, ids.gamma].sort())
      expect(list.links.next).toBeNull()
    },
  )

  test('each with its fields', async () => {
    const { projects } = expectOk<ProjectList>(await get(await tokenOf('bob'), '/auth/projects'))
    expect(projects).toEqual([
      expect.objectContaining({
        id: ids.beta,
        name: cloud.projects.beta.name,
        domain_id: 'default',
        enabled: true,
        is_domain: false,
        parent_id: 'default',
      }),
    ])
  })

  test('by the user, where a name filters', async () => {
    const token = await tokenOf('carol')
    const path = `/users/${carol.id}/projects`
    expect(listed(expectOk<ProjectList>(await get(token, path)))).toHaveLength(3)
    const named = expectOk<ProjectList>(await get(token, `${path}?name=${cloud.projects.beta.name}`))
    expect(listed(named)).toEqual([ids.beta])
    const foreign = await get(token, `/users/${bob.id}/projects`)
    expectIdentityError(foreign, 403, denied('identity:list_user_projects'))
  })
})

describe('what a plain user may not know', () => {
  test.each([
    ['/projects', 'identity:list_projects'],
    ['/users', 'identity:list_users'],
    ['/domains', 'identity:list_domains'],
    [`/projects/${ids.alpha}`, 'identity:get_project'],
    [`/projects/${'0'.repeat(32)}`, 'identity:get_project'],
  ])('%s', async (path, rule) => {
    expectIdentityError(await get(await tokenOf('bob', 'beta'), path), 403, denied(rule))
  })

  test('the own project only with a token for it', async () => {
    expectOk(await get(await tokenOf('bob', 'beta'), `/projects/${ids.beta}`))
    expectIdentityError(
      await get(await tokenOf('bob'), `/projects/${ids.beta}`),
      403,
      denied('identity:get_project'),
    )
  })
})

describe('what an admin knows', () => {
  test('every project, by name and by id', async () => {
    const token = await adminToken()
    const { name } = cloud.projects.beta
    const list = async (query: string) =>
      listed(expectOk<ProjectList>(await get(token, `/projects?${query}`)))
    expect(await list(`name=${name}`)).toEqual([ids.beta])
    expect(await list(`name__contains=${name.slice(1)}`)).toEqual([ids.beta])
    expect(await list(`name=${name.toUpperCase()}`)).toEqual([])
    expect(await list(`domain_id=${cloud.projects.delta.domain.id}`)).toEqual([ids.delta])
    expect(expectOk(await get(token, `/projects/${ids.alpha}`))).toMatchObject({ project: { id: ids.alpha } })
    const none = '0'.repeat(32)
    expectIdentityError(await get(token, `/projects/${none}`), 404, `Could not find project: ${none}.`)
  })

  test('all projects in one answer, whatever limit and marker say, without domains', async () => {
    const token = await adminToken()
    const all = expectOk<ProjectList>(await get(token, '/projects'))
    expect(listed(all)).toEqual(expect.arrayContaining([ids.alpha, ids.beta, ids.delta]))
    expect(all.projects.find(({ id }) => id === ids.beta)).toMatchObject({
      name: cloud.projects.beta.name,
      domain_id: 'default',
      enabled: true,
      is_domain: false,
    })
    const limited = expectOk<ProjectList>(await get(token, `/projects?limit=1&marker=${ids.beta}`))
    expect(listed(limited)).toEqual(listed(all))
    expect(limited.links.next).toBeNull()
  })

  test('the names of all domains', async () => {
    const { domains } = expectOk<{ domains: { id: string; name: string; enabled: boolean }[] }>(
      await get(await adminToken(), '/domains'),
    )
    expect(domains).toContainEqual(expect.objectContaining({ id: 'default', name: 'Default', enabled: true }))
    const other = cloud.projects.delta.domain
    expect(domains).toContainEqual(expect.objectContaining({ id: other.id, name: other.name }))
  })
})

test('the catalogue is for project tokens', async () => {
  const { catalog } = expectOk<{ catalog: { type: string }[] }>(
    await get(await tokenOf('bob', 'beta'), '/auth/catalog'),
  )
  expect(catalog.map(({ type }) => type).sort()).toEqual(expect.arrayContaining(['identity', 'image']))
  const message = 'You are not authorized to perform the requested action.'
  expectIdentityError(await get(await tokenOf('bob'), '/auth/catalog'), 403, message)
})

test('domains without a role on them are not mine', async () => {
  expect(expectOk(await get(await tokenOf('bob'), '/auth/domains'))).toMatchObject({ domains: [] })
})
