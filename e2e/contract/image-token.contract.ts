import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { identity, ids, images, type People, people, tokenOf } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, type ImagePage, listMembers, newImage } from './images.ts'

let as: People

beforeAll(async () => {
  as = await people()
})

describe('without a usable token', () => {
  test.each([
    ['none', undefined],
    ['nonsense', 'gAAAAABnonsense'],
  ])('%s: 401 that names the identity service and has no request id', async (_what, token) => {
    const answer = await ask(images(token), 'GET', '/v2/images')
    expectRefusal(answer, 401, /^This server could not verify that you are authorized /)
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Keystone uri="http/)
    expect(answer.headers.get('X-Openstack-Request-Id')).toBeNull()
  })

  test('who does not ask for JSON gets HTML', async () => {
    const answer = await ask(images(), 'GET', '/v2/images', { headers: { Accept: '*/*' } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
  })

  test('a token that was revoked before the image service saw it', async () => {
    const token = await tokenOf('bob', 'beta')
    const revoked = await ask(identity(token), 'DELETE', '/auth/tokens', {
      headers: { 'X-Subject-Token': token },
    })
    expect(revoked.status).toBe(204)
    expect((await ask(images(token), 'GET', '/v2/images')).status).toBe(401)
  })
})

test('errors are HTML for who does not ask for JSON', async () => {
  const answer = await ask(as.alice, 'GET', '/v2/images/nope', { headers: { Accept: '*/*' } })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
  expect(answer.text).toContain('No image found with ID nope')
})

test("a caller's request id comes back", async () => {
  const id = 'req-11111111-2222-3333-4444-555555555555'
  const headers = { 'X-Openstack-Request-Id': id }
  const answer = await ask(as.alice, 'GET', '/v2/images?limit=1', { headers })
  expect(answer.headers.get('X-Openstack-Request-Id')).toBe(id)
})

test('an unscoped token does not open the members of an image', async () => {
  const image = await newImage(as.alice)
  const unscoped = images(await tokenOf('alice'))
  expectRefusal(await listMembers(unscoped, image), 404, `Image ${image} not found.`)
})

test('an unscoped token lists the shared images of strangers', async () => {
  const name = `contract-${randomUUID()}`
  const image = await newImage(as.alice, 'shared', { name })
  expectOk(await addMember(as.alice, image, ids.gamma))
  const list = `/v2/images?name=${name}`
  expect(expectOk<ImagePage>(await ask(as.dave, 'GET', list)).images).toEqual([])
  const unscoped = images(await tokenOf('dave'))
  expect(expectOk<ImagePage>(await ask(unscoped, 'GET', list)).images.map(({ id }) => id)).toEqual([image])
})

describe('versions', () => {
  test.each([
    ['/', 300],
    ['/versions', 200],
    ['/v9/images', 300],
  ])('%s is open to all and answers %i', async (path, status) => {
    const { versions } = expectOk<{ versions: { id: string; status: string }[] }>(
      await ask(images(), 'GET', path),
      status,
    )
    expect(versions.filter(({ status: state }) => state === 'CURRENT')).toHaveLength(1)
    expect(versions.map(({ id }) => id)).toContain('v2.5')
  })

  test('schemas need a token', async () => {
    expect((await ask(images(), 'GET', '/v2/schemas/member')).status).toBe(401)
    const schema = expectOk<{ properties: object }>(await ask(as.alice, 'GET', '/v2/schemas/member'))
    expect(Object.keys(schema.properties).sort()).toEqual([
      'created_at',
      'image_id',
      'member_id',
      'schema',
      'status',
      'updated_at',
    ])
  })

  test('paths that do not exist', async () => {
    expectRefusal(await ask(as.alice, 'GET', '/v2/nothing'), 404, 'The resource could not be found.')
    const image = await newImage(as.alice)
    expect((await ask(as.alice, 'GET', `/v2/images/${image}/members/`)).status).toBe(404)
    expect((await ask(as.alice, 'GET', '/v2/images//members')).status).toBe(404)
    expect((await ask(as.alice, 'POST', '/v2/images//members', { json: { member: 'x' } })).status).toBe(405)
  })
})
