import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import {
  addMember,
  listMembers,
  type MemberBody,
  newImage,
  noImage,
  setStatus,
  showMember,
  shownMembers,
} from './images.ts'

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice)
  for (const member of [ids.beta, ids.gamma, 'zzz', 'aaa']) expectOk(await addMember(as.alice, image, member))
  expectOk(await setStatus(as.carolInGamma, image, ids.gamma, 'accepted'))
})

const all = () => ['aaa: pending', `${ids.beta}: pending`, `${ids.gamma}: accepted`, 'zzz: pending'].sort()

describe('the list of members', () => {
  test.each(['alice', 'rita', 'admin'] as const)('%s sees all', async (who) => {
    expect(await shownMembers(as[who], image)).toEqual(all())
  })

  test('has two keys, and no paging', async () => {
    const body = expectOk<object>(await ask(as.alice, 'GET', `/v2/images/${image}/members?limit=1&junk=1`))
    expect(Object.keys(body).sort()).toEqual(['members', 'schema'])
    expect(body).toMatchObject({ schema: '/v2/schemas/members' })
    expect((body as { members: unknown[] }).members).toHaveLength(4)
  })

  test.each(['pending', 'accepted', 'rejected'])('a %s member sees itself alone', async (status) => {
    expectOk(await setStatus(as.bob, image, ids.beta, status))
    expect(await shownMembers(as.bob, image)).toEqual([`${ids.beta}: ${status}`])
    expectOk(await setStatus(as.bob, image, ids.beta, 'pending'))
  })

  test('an outsider does not find the image', async () => {
    expectRefusal(await listMembers(as.dave, image), 404, `Image ${image} not found.`)
  })

  test('is empty for a shared image without members', async () => {
    expect(await shownMembers(as.alice, await newImage(as.alice))).toEqual([])
  })

  test.each(['private', 'community'] as const)(
    'is refused for a %s image, also to its owner',
    async (visibility) => {
      const other = await newImage(as.alice, visibility)
      const sentence = `Not allowed to list members for image ${other}: Only shared images have members.`
      expectRefusal(await listMembers(as.alice, other), 403, sentence)
    },
  )

  test('of a private image an outsider learns nothing', async () => {
    const other = await newImage(as.alice, 'private')
    expectRefusal(await listMembers(as.bob, other), 404, `Image ${other} not found.`)
  })

  test('of an image that does not exist', async () => {
    const id = noImage()
    expectRefusal(await listMembers(as.alice, id), 404, `Image ${id} not found.`)
  })

  test('other methods are not allowed', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const answer = await ask(as.alice, method, `/v2/images/${image}/members`)
      expectRefusal(answer, 405, `The method ${method} is not allowed for this resource.`)
      expect(answer.headers.get('Allow')).toBe('GET, POST')
    }
  })
})

describe('one member', () => {
  test.each(['alice', 'bob', 'admin'] as const)('%s sees the entry of beta', async (who) => {
    const member = expectOk<MemberBody>(await showMember(as[who], image, ids.beta))
    expect(member).toMatchObject({ member_id: ids.beta, image_id: image, status: 'pending' })
  })

  test("a member does not see another's entry", async () => {
    const sentence = `${ids.gamma} not found in the member list of the image ${image}.`
    expectRefusal(await showMember(as.bob, image, ids.gamma), 404, sentence)
  })

  test('who is not in the list is 404', async () => {
    const sentence = `nope not found in the member list of the image ${image}.`
    expectRefusal(await showMember(as.alice, image, 'nope'), 404, sentence)
  })

  test('an outsider does not find the image', async () => {
    expectRefusal(await showMember(as.dave, image, ids.beta), 404, `Image ${image} not found.`)
  })

  test('of a private image: 404 with the reason', async () => {
    const other = await newImage(as.alice, 'private')
    expectRefusal(await showMember(as.alice, other, ids.beta), 404, 'Only shared images have members.')
  })

  test('other methods are not allowed', async () => {
    const answer = await ask(as.alice, 'POST', `/v2/images/${image}/members/${ids.beta}`, { json: {} })
    expectRefusal(answer, 405, 'The method POST is not allowed for this resource.')
    expect(answer.headers.get('Allow')).toBe('GET, PUT, DELETE')
  })
})
