import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, type MemberBody, newImage, noImage, setStatus } from './images.ts'

const WRONG = 'Incorrect request: Status must be "pending", "accepted" or "rejected".'

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice)
  for (const member of [ids.alpha, ids.beta, ids.gamma]) expectOk(await addMember(as.alice, image, member))
})

describe('a member answers an offer', () => {
  test('in any direction, and again', async () => {
    for (const status of ['accepted', 'accepted', 'rejected', 'pending', 'rejected', 'accepted']) {
      const member = expectOk<MemberBody>(await setStatus(as.bob, image, ids.beta, status))
      expect(member).toMatchObject({ member_id: ids.beta, image_id: image, status })
    }
  })

  test.each(['maybe', 'ACCEPTED', '', null, 1, ['accepted']])('not with %j', async (status) => {
    expectRefusal(await setStatus(as.bob, image, ids.beta, status), 400, WRONG)
  })

  test('not without a status', async () => {
    const path = `/v2/images/${image}/members/${ids.beta}`
    expectRefusal(await ask(as.bob, 'PUT', path, { json: { state: 'x' } }), 400, 'Status not specified')
    expectRefusal(await ask(as.bob, 'PUT', path), 400, 'Body expected in request.')
    const list = await ask(as.bob, 'PUT', path, { json: ['accepted'] })
    expectRefusal(list, 400, 'Expected a status in the form: {"status": "status"}')
  })

  test("not for another's entry", async () => {
    const sentence = `${ids.gamma} not found in the member list of the image ${image}.`
    expectRefusal(await setStatus(as.bob, image, ids.gamma, 'rejected'), 404, sentence)
  })

  test('not for an image that does not exist', async () => {
    const id = noImage()
    expectRefusal(await setStatus(as.bob, id, ids.beta, 'accepted'), 404, `Image ${id} not found.`)
  })
})

describe('others', () => {
  const denied = () => `Not allowed to update members for image ${image}.`

  test('the owner may not, whatever else is wrong', async () => {
    for (const [member, status] of [
      [ids.beta, 'accepted'],
      [ids.beta, 'maybe'],
      ['nope', 'accepted'],
      [ids.alpha, 'accepted'],
    ]) {
      expectRefusal(await setStatus(as.alice, image, member ?? '', status), 403, denied())
    }
  })

  test('who is in both projects may only as the recipient', async () => {
    expectRefusal(await setStatus(as.carolInAlpha, image, ids.gamma, 'accepted'), 403, denied())
    expectOk(await setStatus(as.carolInGamma, image, ids.gamma, 'accepted'))
  })

  test('an outsider does not find the image', async () => {
    for (const member of [ids.beta, ids.delta]) {
      expectRefusal(await setStatus(as.dave, image, member, 'accepted'), 404, `Image ${image} not found.`)
    }
  })

  test('an admin may, for those who are in the list', async () => {
    expectOk(await setStatus(as.admin, image, ids.beta, 'rejected'))
    const sentence = `nope not found in the member list of the image ${image}.`
    expectRefusal(await setStatus(as.admin, image, 'nope', 'accepted'), 404, sentence)
  })
})
