import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Asker, ask } from './ask.ts'
import { adminToken, cloud, identity, ids, type People, people, tokenOf } from './cloud-under-test.ts'
import { expectIdentityError, expectOk, expectRefusal } from './expectations.ts'
import {
  addMember,
  type ImagePage,
  listMembers,
  type MemberBody,
  newImage,
  patch,
  removeMember,
  setStatus,
  showMember,
  shownMembers,
} from './images.ts'

// What an audit of the whole cloud relies on: what an administrator's token lists, reads and takes away.

let as: People
const run = randomUUID()
const made: Record<string, string> = {}

beforeAll(async () => {
  as = await people()
  const image = (visibility: 'shared' | 'private' | 'community') =>
    newImage(as.alice, visibility, { name: `${visibility}-${run}`, properties: { run } })
  made.shared = await image('shared')
  made.hidden = await image('shared')
  expectOk(await patch(as.alice, made.hidden, 'os_hidden', true))
  made.private = await image('private')
  made.community = await image('community')
  made.public = await newImage(as.admin, 'public', { name: `public-${run}`, properties: { run } })
  expectOk(await addMember(as.alice, made.shared, ids.beta))
})

/** Keys of the images that a list holds; every page is read, because a page may be smaller than asked for. */
async function listed(who: Asker, query: string): Promise<string[]> {
  const found: string[] = []
  let next: string | undefined = `/v2/images?run=${run}&limit=2${query}`
  while (next) {
    const page: ImagePage = expectOk<ImagePage>(await ask(who, 'GET', next))
    found.push(...page.images.map(({ id }) => id))
    next = page.next
  }
  return Object.keys(made)
    .filter((key) => found.includes(made[key] ?? ''))
    .sort()
}

describe('an administrator lists the images of all', () => {
  test.each([
    ['&visibility=shared', ['shared']],
    ['&visibility=shared&os_hidden=true', ['hidden']],
    ['&visibility=community', ['community']],
    ['&visibility=public', ['public']],
    ['&visibility=all', ['community', 'private', 'public', 'shared']],
    ['&visibility=all&os_hidden=true', ['hidden']],
  ])('%s', async (query, keys) => {
    expect(await listed(as.admin, query)).toEqual(keys)
  })

  test('which a plain member of another project does not', async () => {
    expect(await listed(as.dave, '&visibility=shared')).toEqual([])
    expect(await listed(as.dave, '&visibility=all&os_hidden=true')).toEqual([])
  })

  test('in pages, newest or oldest first, with an id as the marker', async () => {
    const page = expectOk<ImagePage>(
      await ask(as.admin, 'GET', `/v2/images?visibility=all&run=${run}&limit=1&sort=created_at:asc,id:asc`),
    )
    expect(page.images.map(({ id }) => id)).toEqual([made.shared])
    expect(page.next).toContain(`marker=${made.shared}`)
  })
})

test('an administrator reads the members of images of others, but none of one that is not shared', async () => {
  expect(await shownMembers(as.admin, made.shared ?? '')).toEqual([`${ids.beta}: pending`])
  expect(await shownMembers(as.admin, made.hidden ?? '')).toEqual([])
  for (const key of ['private', 'community', 'public']) {
    const id = made[key] ?? ''
    const sentence = `Not allowed to list members for image ${id}: Only shared images have members.`
    expectRefusal(await listMembers(as.admin, id), 403, sentence)
  }
})

test('members behind another visibility come back with it, as they were', async () => {
  const image = await newImage(as.alice)
  expectOk(await addMember(as.alice, image, ids.beta))
  expectOk(await setStatus(as.bob, image, ids.beta, 'accepted'))
  expectOk(await patch(as.alice, image, 'visibility', 'private'))
  expect((await listMembers(as.admin, image)).status).toBe(403)
  expectOk(await patch(as.alice, image, 'visibility', 'shared'))
  expect(await shownMembers(as.admin, image)).toEqual([`${ids.beta}: accepted`])
})

describe('members that are no project', () => {
  const odd = [
    'Payments Prod',
    ' padded ',
    'team@example.test',
    '=HYPERLINK("example.test","open")',
    '<img src=x onerror=alert(1)>',
    'per cent % and ? and # and & and \\',
    'x'.repeat(255),
  ]

  test.each(odd)('an administrator reads and removes %j', async (member) => {
    const image = await newImage(as.alice)
    expectOk(await addMember(as.alice, image, member))
    const { members } = expectOk<{ members: MemberBody[] }>(await listMembers(as.admin, image))
    expect(members.map(({ member_id }) => member_id)).toEqual([member])
    const path = encodeURIComponent(member)
    expect(expectOk<MemberBody>(await showMember(as.admin, image, path)).member_id).toBe(member)
    expect((await removeMember(as.admin, image, path)).status).toBe(204)
    expect(await shownMembers(as.admin, image)).toEqual([])
  })

  // The path of a member is cut at its slashes after they are decoded, and what is not ASCII is read as Latin-1.
  test.each(['a/b', '../other', '\u202Egro.elpmaxe', 'Zürich 東京'])(
    '%j is read with the others, but nobody can name it',
    async (member) => {
      const image = await newImage(as.alice)
      expectOk(await addMember(as.alice, image, member))
      expect(await shownMembers(as.admin, image)).toEqual([`${member}: pending`])
      const answer = await removeMember(as.admin, image, encodeURIComponent(member))
      expect(answer.status).toBe(404)
      expect(await shownMembers(as.admin, image)).toEqual([`${member}: pending`])
    },
  )
})

describe('what the identity service tells an administrator', () => {
  const get = async (path: string, token?: string): Promise<Answered> =>
    ask(identity(token ?? (await adminToken())), 'GET', path)

  test('every project with its domain and whether it is enabled', async () => {
    const { projects } = expectOk<{ projects: Record<string, unknown>[] }>(await get('/projects'))
    const { beta, delta } = cloud.projects
    for (const { id, name, domain } of [beta, delta]) {
      expect(projects.find((project) => project.id === id)).toMatchObject({
        name,
        domain_id: domain.id,
        enabled: true,
        is_domain: false,
      })
    }
  })

  test('every domain', async () => {
    const { domains } = expectOk<{ domains: Record<string, unknown>[] }>(await get('/domains'))
    const { delta } = cloud.projects
    for (const name of ['Default', delta.domain.name])
      expect(domains.find((domain) => domain.name === name)).toMatchObject({ enabled: true })
  })

  test('and nobody else', async () => {
    const token = await tokenOf('bob', 'beta')
    const denied = (rule: string) =>
      `You are not authorized to perform the requested action: identity:${rule}.`
    expectIdentityError(await get('/projects', token), 403, denied('list_projects'))
    expectIdentityError(await get('/domains', token), 403, denied('list_domains'))
  })

  test('a project switched off is told as such, one deleted is not told', async () => {
    const admin = identity(await adminToken())
    const project = { name: `contract-${randomUUID()}` }
    const created = expectOk<{ project: { id: string } }>(
      await ask(admin, 'POST', '/projects', { json: { project } }),
      201,
    )
    const { id } = created.project
    const told = async () => {
      const { projects } = expectOk<{ projects: { id: string; enabled: boolean }[] }>(await get('/projects'))
      return projects.find((one) => one.id === id)?.enabled
    }
    expect(await told()).toBe(true)
    expectOk(await ask(admin, 'PATCH', `/projects/${id}`, { json: { project: { enabled: false } } }))
    expect(await told()).toBe(false)
    expect((await ask(admin, 'DELETE', `/projects/${id}`)).status).toBe(204)
    expect(await told()).toBeUndefined()
  })
})
