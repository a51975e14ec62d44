import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp, imsFamily, oldGlanceFamily } from '../testing/image-access'
import { reply, startScripted } from '../testing/scripted-server'
import type { ImageAccess } from './glance'
import { nativeSharing } from './native-sharing'

const http = hastyHttp()
afterAll(() => http.close())

describe.each([
  ['ecl', oldGlanceFamily],
  ['otc', imsFamily],
] as const)('[U5] members of a private image on %s', (flavour, family) => {
  let fake: FakeCloud
  let owner: ImageAccess
  let member: ImageAccess
  let imageId = ''

  beforeAll(async () => {
    fake = await startFakeCloud({ flavour })
    // How one signs in there is told elsewhere.
    fake.cloud.settings.identity = 'keystone'
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [
        { name: 'alice', roles: [{ project: 'alpha' }] },
        { name: 'bob', roles: [{ project: 'beta' }] },
      ],
    })
    owner = await accessAs(fake, http, 'alice', projects.alpha ?? '', family)
    member = await accessAs(fake, http, 'bob', projects.beta ?? '', family)
  })
  afterAll(() => fake.stop())
  const image = (visibility: 'private' | 'public' = 'private') =>
    fake.mint({ images: [{ project: 'alpha', name: 'Debian', visibility }] }).imageIds[0] ?? ''
  beforeEach(() => {
    imageId = image()
  })

  const pair = (projectId: string) => ({ imageId, projectId, mayHaveHappened: false })
  const status = () => fake.members(imageId).get(member.projectId)

  test('are added, answered and removed one by one', async () => {
    expect((await nativeSharing.share(owner, pair(member.projectId))).state).toBe('done')
    expect(await nativeSharing.list(owner, imageId)).toMatchObject([
      { member_id: member.projectId, status: 'pending' },
    ])
    expect((await nativeSharing.answer(member, pair(member.projectId), 'accepted')).state).toBe('done')
    expect(status()).toBe('accepted')
    expect((await nativeSharing.stop(owner, pair(member.projectId))).state).toBe('done')
    expect((await nativeSharing.stop(owner, pair(member.projectId))).state).toBe('already')
    expect(await nativeSharing.find(member, imageId, member.projectId)).toBeNull()
  })

  test('[row 7] [row 46] that are there already are found so, with the answer they gave', async () => {
    fake.mint({ members: [{ image: imageId, project: member.projectId, status: 'accepted' }] })
    expect((await nativeSharing.share(owner, pair(member.projectId))).state).toBe('already')
    expect(status()).toBe('accepted')
  })

  test('[row 2] show a recipient its own row alone', async () => {
    fake.mint({ members: [{ image: imageId, project: member.projectId }] })
    fake.mint({ members: [{ image: imageId, project: 'another' }] })
    const rows = await nativeSharing.list(member, imageId)
    expect(rows.map(({ member_id }) => member_id)).toEqual([member.projectId])
  })

  test('[row 37] are refused for a public one with a reason, whatever form the cloud gives it', async () => {
    imageId = image('public')
    await expect(nativeSharing.share(owner, pair(member.projectId))).rejects.toMatchObject({
      code: 'image_public',
    })
  })

  test('[row 3] [row 15] are not a stranger’s to see, nor the owner’s to answer', async () => {
    await expect(nativeSharing.list(member, imageId)).rejects.toMatchObject({ code: 'image_not_found' })
    fake.mint({ members: [{ image: imageId, project: member.projectId }] })
    await expect(nativeSharing.answer(owner, pair(member.projectId), 'accepted')).rejects.toThrow()
    await expect(nativeSharing.stop(member, pair(member.projectId))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(status()).toBe('pending')
  })
})

describe('a list of members from a newer IMS', () => {
  const row = (member_id: string, more: object = {}) => ({
    image_id: 'i',
    member_id,
    status: 'ACCEPTED',
    created_at: '2026-11-01T00:00:00Z',
    ...more,
  })

  test('[row 23] [row 43] is read to its last page, with members of every kind, and times that are missing', async () => {
    const server = await startScripted((response, { url }) => {
      const marker = new URL(url, 'http://x').searchParams.get('marker')
      if (marker === null)
        reply(response, 200, { members: [row('p1')], page_info: { next_marker: 'b=/2', current_count: 1 } })
      else
        reply(response, 200, {
          members: [row('d1', { member_type: 'domain', urn: null, created_at: null })],
          page_info: { next_marker: null, current_count: 1 },
        })
    })
    const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: imsFamily }
    expect(await nativeSharing.list(access, 'i')).toMatchObject([
      { member_id: 'p1', status: 'accepted', updated_at: '' },
      { member_id: 'd1', member_type: 'domain', created_at: '' },
    ])
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/v2/images/i/members',
      '/v2/images/i/members?marker=b%3D%2F2',
    ])
    await server.stop()
  })

  test('that names its marker again ends', async () => {
    const server = await startScripted((response) =>
      reply(response, 200, { members: [row('p1')], page_info: { next_marker: 'same' } }),
    )
    const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: imsFamily }
    await nativeSharing.list(access, 'i')
    expect(server.requests).toHaveLength(2)
    await server.stop()
  })

  test('[row 44] is refused to who lacks the permission, which says nothing of the image', async () => {
    const server = await startScripted((response) =>
      reply(response, 403, { error: { code: 'IMG.0026', message: 'no' } }),
    )
    const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: imsFamily }
    await expect(nativeSharing.list(access, 'i')).rejects.toMatchObject({ code: 'permission_missing' })
    await server.stop()
  })
})
