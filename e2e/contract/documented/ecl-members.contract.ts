import { beforeEach, describe, expect, test } from 'vitest'
import { type Answered, type Asker, ask } from '../ask.ts'
import { expectOk } from '../expectations.ts'
import {
  addMember,
  type ImagePage,
  listMembers,
  type MemberBody,
  noImage,
  patch,
  removeMember,
  setStatus,
} from '../images.ts'
import { DocumentedCloud } from './cloud.ts'

const cloud = new DocumentedCloud('ecl')

let alice: Asker
let bob: Asker
let image: string

beforeEach(async () => {
  alice = cloud.as('alice')
  bob = cloud.as('bob')
  image = await cloud.image({ visibility: 'private' })
})

const beta = () => cloud.project('beta')

/** Status line, blank line, sentence; under the type of HTML. */
function expectText(answer: Answered, status: number, sentence: RegExp): void {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
  const [line, blank, text] = answer.text.split('\n')
  expect([line, blank]).toEqual([expect.stringMatching(new RegExp(`^${status} \\w+`)), ''])
  expect(text).toMatch(sentence)
}

describe('ECL image storage reference, creating a member', () => {
  test('200 on a private image', async () => {
    const member = expectOk<MemberBody>(await addMember(alice, image, beta()))
    expect(member).toMatchObject({ member_id: beta(), image_id: image, status: 'pending' })
  })

  test('400 for no body, no member and an empty one', async () => {
    const path = `/v2/images/${image}/members`
    expectText(await ask(alice, 'POST', path), 400, /Body expected/)
    expectText(await ask(alice, 'POST', path, { json: { members: 'x' } }), 400, /not specified/)
    expectText(await addMember(alice, image, ''), 400, /can't be empty/)
  })

  test('401 for a bad token', async () => {
    expectText(await addMember({ ...alice, token: 'none' }, image, beta()), 401, /could not verify/)
  })

  test('403 for a public image, for nobody’s image and for a member', async () => {
    const open = await cloud.image({ visibility: 'public' })
    expectText(await addMember(alice, open, beta()), 403, /Not allowed/)
    const ownerless = await cloud.image({ project: null, visibility: 'private' })
    expectText(await addMember(alice, ownerless, beta()), 403, /Not allowed/)
    await cloud.share(image, 'beta')
    expectText(await addMember(bob, image, cloud.project('gamma')), 403, /Not allowed/)
  })

  test('404 for an image that is not there, or not to be seen', async () => {
    expectText(await addMember(alice, noImage(), beta()), 404, /not found/)
    expectText(await addMember(bob, image, beta()), 404, /not found/)
  })

  test('405 for a blank image id', async () => {
    expectText(
      await ask(alice, 'POST', '/v2/images//members', { json: { member: beta() } }),
      405,
      /not allowed/,
    )
  })

  test('409 for a member already there', async () => {
    await cloud.share(image, 'beta')
    expectText(await addMember(alice, image, beta()), 409, /duplicated/)
  })
})

describe('ECL image storage reference, updating a member', () => {
  beforeEach(() => cloud.share(image, 'beta'))

  test.each(['accepted', 'rejected', 'pending'])('200 for %s', async (status) => {
    expect(expectOk<MemberBody>(await setStatus(bob, image, beta(), status)).status).toBe(status)
  })

  test('400, 403 and 404', async () => {
    expectText(await setStatus(bob, image, beta(), 'maybe'), 400, /Status must be/)
    expectText(await setStatus(alice, image, beta(), 'accepted'), 403, /Not allowed/)
    expectText(await setStatus(bob, noImage(), beta(), 'accepted'), 404, /not found/)
    expectText(await setStatus(bob, image, cloud.project('gamma'), 'accepted'), 404, /not found/)
  })

  test('500 for a malformed member id', async () => {
    expectText(await setStatus(bob, image, '%E6%9D%B1', 'accepted'), 500, /erred/)
  })
})

describe('ECL image storage reference, deleting a member', () => {
  test('204 that names a type and a length for nothing', async () => {
    await cloud.share(image, 'beta')
    const answer = await removeMember(alice, image, beta())
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
    expect(answer.headers.get('Content-Length')).toBe('0')
  })

  test('403 for the member itself, 404 for who is none, 405 for a blank image id', async () => {
    await cloud.share(image, 'beta')
    expectText(await removeMember(bob, image, beta()), 403, /Not allowed/)
    expectText(await removeMember(alice, image, cloud.project('gamma')), 404, /not found/)
    expectText(await removeMember(alice, '', beta()), 405, /not allowed/)
  })
})

describe('ECL image storage reference, visibility before 2.5', () => {
  const list = async (who: Asker, query: string) =>
    expectOk<ImagePage>(await ask(who, 'GET', `/v2/images?${query}`)).images

  test('shared is no visibility of an image', async () => {
    const answer = await patch(alice, image, 'visibility', 'shared')
    expectText(answer, 400, /'shared' is not one of/)
    const created = await ask(alice, 'POST', '/v2/images', { json: { name: 'new' } })
    expect(expectOk<{ visibility: string }>(created, 201).visibility).toBe('private')
  })

  test('a private image with members lists them', async () => {
    await cloud.share(image, 'beta')
    const { members } = expectOk<{ members: MemberBody[] }>(await listMembers(alice, image))
    expect(members.map(({ member_id }) => member_id)).toEqual([beta()])
  })

  test('the filter shared lists what others share, and nothing of one’s own', async () => {
    const mine = await cloud.image({ project: 'beta' })
    await cloud.share(mine, 'alpha')
    await cloud.share(image, 'beta')
    const offers = await list(bob, 'visibility=shared&member_status=pending')
    expect(offers.map(({ id, visibility }) => [id, visibility])).toEqual([[image, 'private']])
    expect((await list(bob, 'visibility=private&member_status=pending')).map(({ id }) => id)).toEqual([mine])
  })

  test('community and all are no filters', async () => {
    for (const value of ['community', 'all']) {
      expectText(await ask(alice, 'GET', `/v2/images?visibility=${value}`), 400, /Invalid visibility/)
    }
  })

  test('the newest version is older than 2.5', async () => {
    const { versions } = expectOk<{ versions: { id: string; status: string }[] }>(
      await ask({ url: alice.url }, 'GET', '/versions'),
    )
    expect(versions.find(({ status }) => status === 'CURRENT')?.id).toBe('v2.3')
  })

  test('there is nothing of IMS', async () => {
    expectText(await ask(alice, 'GET', '/v2/cloudimages?limit=1'), 404, /could not be found/)
  })
})
