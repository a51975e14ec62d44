import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, newImage, patch, removeMember, setStatus } from './images.ts'

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice, 'shared', { data: 'abc' })
  expectOk(await addMember(as.alice, image, ids.beta))
})

describe('a member of an image', () => {
  test.each(['pending', 'accepted', 'rejected'])('may read and download it while %s', async (status) => {
    expectOk(await setStatus(as.bob, image, ids.beta, status))
    expect(expectOk(await ask(as.bob, 'GET', `/v2/images/${image}`))).toMatchObject({
      status: 'active',
      size: 3,
    })
    const file = await ask(as.bob, 'GET', `/v2/images/${image}/file`)
    expect([file.status, file.text]).toEqual([200, 'abc'])
  })

  test('may not change or delete it', async () => {
    expectRefusal(await patch(as.bob, image, 'name', 'mine'), 403, 'You do not own this image')
    expectRefusal(await ask(as.bob, 'DELETE', `/v2/images/${image}`), 403, 'You do not own this image')
  })

  test('loses it when removed', async () => {
    const other = await newImage(as.alice)
    expectOk(await addMember(as.alice, other, ids.beta))
    expectOk(await setStatus(as.bob, other, ids.beta, 'accepted'))
    expect((await removeMember(as.alice, other, ids.beta)).status).toBe(204)
    const gone = await ask(as.bob, 'GET', `/v2/images/${other}`)
    expectRefusal(gone, 404, `No image found with ID ${other}`)
  })
})

test('an outsider does not find it', async () => {
  const answer = await ask(as.dave, 'GET', `/v2/images/${image}`)
  expectRefusal(answer, 404, `No image found with ID ${image}`)
})

test('a deactivated image is seen and shared, but not downloaded', async () => {
  const other = await newImage(as.alice, 'shared', { data: 'abc' })
  expectOk(await addMember(as.alice, other, ids.beta))
  expect((await ask(as.alice, 'POST', `/v2/images/${other}/actions/deactivate`)).status).toBe(204)
  expect(expectOk(await ask(as.bob, 'GET', `/v2/images/${other}`))).toMatchObject({ status: 'deactivated' })
  expect((await ask(as.bob, 'GET', `/v2/images/${other}/file`)).status).toBe(403)
  expectOk(await addMember(as.alice, other, ids.gamma))
  expect((await ask(as.alice, 'POST', `/v2/images/${other}/actions/reactivate`)).status).toBe(204)
  expect((await ask(as.bob, 'GET', `/v2/images/${other}/file`)).status).toBe(200)
})

test('a deleted image is gone for its members', async () => {
  const other = await newImage(as.alice)
  expectOk(await addMember(as.alice, other, ids.beta))
  expect((await ask(as.alice, 'DELETE', `/v2/images/${other}`)).status).toBe(204)
  expect((await ask(as.bob, 'GET', `/v2/images/${other}`)).status).toBe(404)
})
