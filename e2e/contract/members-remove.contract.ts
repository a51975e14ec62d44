import { beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import {
  addMember,
  type MemberBody,
  newImage,
  noImage,
  removeMember,
  setStatus,
  shownMembers,
} from './images.ts'

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice)
  for (const member of [ids.beta, ids.gamma]) expectOk(await addMember(as.alice, image, member))
})

test.each(['alice', 'carolInAlpha', 'rita', 'admin'] as const)(
  '%s may remove: 204, empty, then 404',
  async (who) => {
    const member = `removed-by-${who}`
    expectOk(await addMember(as.alice, image, member))
    const answer = await removeMember(as[who], image, member)
    expect([answer.status, answer.text]).toEqual([204, ''])
    const sentence = `${member} not found in the member list of the image ${image}.`
    expectRefusal(await removeMember(as[who], image, member), 404, sentence)
  },
)

test('a member cannot leave, and learns nothing of others', async () => {
  for (const member of [ids.beta, ids.gamma, 'nope']) {
    const sentence = `Not allowed to delete members for image ${image}.`
    expectRefusal(await removeMember(as.bob, image, member), 403, sentence)
  }
})

test('an outsider does not find the image', async () => {
  expectRefusal(await removeMember(as.dave, image, ids.beta), 404, `Image ${image} not found.`)
})

test.each(['alice', 'admin'] as const)('a private image has no members to remove, %s', async (who) => {
  const other = await newImage(as.alice, 'private')
  expectRefusal(
    await removeMember(as[who], other, ids.beta),
    403,
    `Not allowed to delete members for image ${other}.`,
  )
})

test('an image that does not exist, and no member named', async () => {
  const id = noImage()
  expectRefusal(await removeMember(as.alice, id, ids.beta), 404, `Image ${id} not found.`)
  expectRefusal(await removeMember(as.alice, image, ''), 404, 'The resource could not be found.')
})

test('a body is refused', async () => {
  const answer = await ask(as.alice, 'DELETE', `/v2/images/${image}/members/${ids.beta}`, { json: { x: 1 } })
  expectRefusal(answer, 400, 'A body is not expected with this request.')
})

test('who is added again begins anew', async () => {
  const other = await newImage(as.alice)
  expectOk(await addMember(as.alice, other, ids.beta))
  expectOk(await setStatus(as.bob, other, ids.beta, 'rejected'))
  expect((await removeMember(as.alice, other, ids.beta)).status).toBe(204)
  expect(expectOk<MemberBody>(await addMember(as.alice, other, ids.beta)).status).toBe('pending')
})

test('each removal takes one row, of however many shares of the same moment have left', async () => {
  // How many that are is the cloud's chance; one is what it promises.
  for (let round = 1; round <= 4; round += 1) {
    const other = await newImage(as.alice)
    await Promise.all(Array.from({ length: 16 }, () => addMember(as.alice, other, ids.beta)))
    const rows = await shownMembers(as.alice, other)
    expect(rows.length).toBeGreaterThan(0)
    for (let left = rows.length - 1; left >= 0; left -= 1) {
      expect((await removeMember(as.alice, other, ids.beta)).status).toBe(204)
      expect(await shownMembers(as.alice, other)).toHaveLength(left)
    }
    expect((await removeMember(as.alice, other, ids.beta)).status).toBe(404)
  }
})
