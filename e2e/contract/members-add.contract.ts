import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, type MemberBody, newImage, noImage, patch } from './images.ts'

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice)
  expectOk(await addMember(as.alice, image, ids.beta))
})

describe('who may add a member', () => {
  test('the owner: 200, pending, with all fields', async () => {
    const own = await newImage(as.alice)
    const answer = await addMember(as.alice, own, ids.beta)
    const member = expectOk<MemberBody>(answer)
    expect(Object.keys(member).sort()).toEqual([
      'created_at',
      'image_id',
      'member_id',
      'schema',
      'status',
      'updated_at',
    ])
    expect(member).toMatchObject({
      member_id: ids.beta,
      image_id: own,
      status: 'pending',
      schema: '/v2/schemas/member',
    })
    expect(member.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/)
    expect(answer.headers.get('X-Openstack-Request-Id')).toMatch(/^req-/)
  })

  test.each(['carolInAlpha', 'rita', 'admin'] as const)('%s, beside the owner', async (who) => {
    const member = expectOk<MemberBody>(await addMember(as[who], image, `added-by-${who}`))
    expect(member.status).toBe('pending')
  })

  test('not a member of the image', async () => {
    expectRefusal(
      await addMember(as.bob, image, ids.gamma),
      403,
      `Not allowed to create members for image ${image}.`,
    )
  })

  test('not an outsider, who does not see the image', async () => {
    expectRefusal(await addMember(as.dave, image, ids.delta), 404, `Image ${image} not found.`)
  })
})

describe('to which images', () => {
  test.each(['private', 'community'] as const)(
    'not to a %s one, also as owner or admin',
    async (visibility) => {
      const other = await newImage(as.alice, visibility)
      const sentence = `Not allowed to create members for image ${other}.`
      expectRefusal(await addMember(as.alice, other, ids.beta), 403, sentence)
      expectRefusal(await addMember(as.admin, other, ids.beta), 403, sentence)
    },
  )

  test('not to a public one, also as admin', async () => {
    const other = await newImage(as.admin, 'public', { properties: { owner: ids.alpha } })
    const sentence = `Not allowed to create members for image ${other}.`
    for (const who of [as.alice, as.admin, as.bob]) {
      expectRefusal(await addMember(who, other, ids.beta), 403, sentence)
    }
  })

  test('a private one is not there for an outsider', async () => {
    const other = await newImage(as.alice, 'private')
    expectRefusal(await addMember(as.bob, other, ids.beta), 404, `Image ${other} not found.`)
  })

  test('a protected one may be shared', async () => {
    const other = await newImage(as.alice, 'shared', { properties: { protected: true } })
    expectOk(await addMember(as.alice, other, ids.beta))
    expectOk(await patch(as.alice, other, 'protected', false))
  })

  test('unknown, malformed, upper-cased and deleted ids are 404', async () => {
    const deleted = await newImage(as.alice)
    expect((await ask(as.alice, 'DELETE', `/v2/images/${deleted}`)).status).toBe(204)
    for (const id of [noImage(), 'not-a-uuid', image.toUpperCase(), deleted]) {
      expectRefusal(await addMember(as.alice, id, ids.beta), 404, `Image ${id} not found.`)
    }
  })
})

describe('which values', () => {
  test('a member that is there already is a conflict', async () => {
    const sentence = `Member ${ids.beta} is duplicated for image ${image}`
    expectRefusal(await addMember(as.alice, image, ids.beta), 409, sentence)
  })

  test.each([
    ['the owner project itself', () => ids.alpha],
    ['a project that does not exist', () => '0'.repeat(32)],
    ['a name', () => 'some-project'],
    ['the same id in upper case', () => ids.beta.toUpperCase()],
    ['an id between blanks', () => ` ${ids.beta} `],
    ['blanks alone', () => '   '],
    ['a slash and an umlaut', () => 'a/b-é'],
    ['255 characters', () => 'x'.repeat(255)],
  ])('%s is taken without a check', async (_what, value) => {
    expect(expectOk<MemberBody>(await addMember(as.alice, image, value())).member_id).toBe(value())
  })

  test.each([
    ['an empty text', { member: '' }, "Member can't be empty"],
    ['null', { member: null }, "Member can't be empty"],
    ['no member at all', { members: 'x' }, 'Member to be added not specified'],
    ['a list', ['x'], 'Expected a member in the form: {"member": "image_id"}'],
    ['a JSON text', 'abc', 'Unexpected body type. Expected list/dict.'],
  ])('%s is refused', async (_what, json, sentence) => {
    expectRefusal(await ask(as.alice, 'POST', `/v2/images/${image}/members`, { json }), 400, sentence)
  })

  test('broken JSON and no body are refused', async () => {
    const path = `/v2/images/${image}/members`
    expectRefusal(await ask(as.alice, 'POST', path, { raw: '{nope' }), 400, 'Malformed JSON in request body.')
    expectRefusal(await ask(as.alice, 'POST', path), 400, 'Body expected in request.')
  })

  test('other keys and the content type do not matter', async () => {
    const path = `/v2/images/${image}/members`
    const extra = await ask(as.alice, 'POST', path, { json: { member: 'extra', status: 'accepted' } })
    expect(expectOk<MemberBody>(extra).status).toBe('pending')
    const headers = { 'Content-Type': 'text/plain' }
    expectOk(await ask(as.alice, 'POST', path, { raw: '{"member": "as-text"}', headers }))
  })
})
