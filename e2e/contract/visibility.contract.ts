import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, listMembers, newImage, PATCH_TYPE, patch, setStatus, shownMembers } from './images.ts'

let as: People

beforeAll(async () => {
  as = await people()
})

async function create(json: Record<string, unknown>) {
  return ask(as.alice, 'POST', '/v2/images', {
    json: { disk_format: 'raw', container_format: 'bare', ...json },
  })
}

describe('a new image', () => {
  test('is shared, queued, and belongs to the project of the token', async () => {
    const answer = await create({ name: 'contract-plain' })
    const image = expectOk<{ id: string }>(answer, 201)
    expect(image).toMatchObject({
      visibility: 'shared',
      status: 'queued',
      owner: ids.alpha,
      size: null,
      os_hidden: false,
    })
    expect(answer.headers.get('Location')).toMatch(new RegExp(`/v2/images/${image.id}$`))
  })

  test('may be made by a reader', async () => {
    const json = { name: 'contract-reader', disk_format: 'raw', container_format: 'bare' }
    expectOk(await ask(as.rita, 'POST', '/v2/images', { json }), 201)
  })

  test('is not public by a member role, nor of another project, nor of an unknown visibility', async () => {
    const sentence = 'You are not authorized to complete publicize_image action.'
    expectRefusal(await create({ visibility: 'public' }), 403, sentence)
    const foreign = await create({ owner: ids.beta })
    expectRefusal(foreign, 403, `You are not permitted to create images owned by '${ids.beta}'.`)
    expect((await create({ visibility: 'bogus' })).status).toBe(400)
  })
})

describe('a change of visibility', () => {
  test.each(['private', 'community', 'public'] as const)(
    'to %s and back keeps the members and their status',
    async (visibility) => {
      const image = await newImage(as.alice)
      for (const member of [ids.beta, ids.gamma]) expectOk(await addMember(as.alice, image, member))
      expectOk(await setStatus(as.bob, image, ids.beta, 'accepted'))

      const changer = visibility === 'public' ? as.admin : as.alice
      expect(expectOk(await patch(changer, image, 'visibility', visibility))).toMatchObject({ visibility })
      const sentence = `Not allowed to list members for image ${image}: Only shared images have members.`
      expectRefusal(await listMembers(as.alice, image), 403, sentence)
      const seen = await ask(as.bob, 'GET', `/v2/images/${image}`)
      expect(seen.status).toBe(visibility === 'private' ? 404 : 200)

      expectOk(await patch(changer, image, 'visibility', 'shared'))
      expect(await shownMembers(as.alice, image)).toEqual(
        [`${ids.beta}: accepted`, `${ids.gamma}: pending`].sort(),
      )
      expectOk(await ask(as.bob, 'GET', `/v2/images/${image}`))
    },
  )

  test('to public is for admins', async () => {
    const image = await newImage(as.alice)
    const sentence = 'You are not authorized to complete publicize_image action.'
    expectRefusal(await patch(as.alice, image, 'visibility', 'public'), 403, sentence)
  })

  test('to an unknown value is refused', async () => {
    const image = await newImage(as.alice)
    expect((await patch(as.alice, image, 'visibility', 'bogus')).status).toBe(400)
  })
})

describe('other changes of an image', () => {
  test('a new owner is for admins', async () => {
    const image = await newImage(as.alice)
    expectRefusal(
      await patch(as.alice, image, 'owner', ids.beta),
      403,
      /Owner can't be updated by non admin\.$/,
    )
    expect(expectOk(await patch(as.admin, image, 'owner', ids.beta))).toMatchObject({ owner: ids.beta })
  })

  test('what the cloud keeps itself is read-only', async () => {
    const image = await newImage(as.alice)
    expectRefusal(await patch(as.alice, image, 'status', 'active'), 403, "Attribute 'status' is read-only.")
  })

  test('plain JSON is not a patch', async () => {
    const image = await newImage(as.alice)
    const json = [{ op: 'replace', path: '/name', value: 'x' }]
    expect((await ask(as.alice, 'PATCH', `/v2/images/${image}`, { json })).status).toBe(415)
  })

  test('properties are added and removed, and stand beside the attributes', async () => {
    const image = await newImage(as.alice)
    const change = async (op: string) =>
      ask(as.alice, 'PATCH', `/v2/images/${image}`, {
        json: [{ op, path: '/os_distro', ...(op === 'remove' ? {} : { value: 'debian' }) }],
        headers: { 'Content-Type': PATCH_TYPE },
      })
    expect(expectOk(await change('add'))).toMatchObject({ os_distro: 'debian' })
    expect(expectOk(await change('remove'))).not.toHaveProperty('os_distro')
    expect((await change('remove')).status).toBe(409)
  })

  test('a protected image is not deleted until it is no longer so', async () => {
    const image = await newImage(as.alice, 'shared', { properties: { protected: true } })
    const sentence = `Image ${image} is protected and cannot be deleted.`
    expectRefusal(await ask(as.alice, 'DELETE', `/v2/images/${image}`), 403, sentence)
    expectOk(await patch(as.alice, image, 'protected', false))
    expect((await ask(as.alice, 'DELETE', `/v2/images/${image}`)).status).toBe(204)
  })
})
