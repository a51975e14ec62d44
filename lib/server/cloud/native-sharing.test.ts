import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp } from '../testing/image-access'
import type { ImageAccess } from './glance'
import { nativeSharing } from './native-sharing'
import type { PairOutcome } from './sharing'

const http = hastyHttp()
let fake: FakeCloud
let owner: ImageAccess
let member: ImageAccess
let admin: ImageAccess
let [alpha, beta, gamma] = ['', '', '']

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
      { name: 'root', roles: [{ project: 'gamma', role: 'admin' }] },
    ],
  })
  ;[alpha, beta, gamma] = [projects.alpha ?? '', projects.beta ?? '', projects.gamma ?? '']
  owner = await accessAs(fake, http, 'alice', alpha)
  member = await accessAs(fake, http, 'bob', beta)
  admin = await accessAs(fake, http, 'root', gamma)
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})

let imageId = ''
let before = 0
const image = (
  spec: Partial<Parameters<FakeCloud['mint']>[0]> & { visibility?: 'private' | 'shared' } = {},
) => {
  const { visibility = 'shared', members } = spec
  const [id = ''] = fake.mint({ images: [{ project: 'alpha', name: 'Debian', visibility }] }).imageIds
  fake.mint({ members: (members ?? []).map((one) => ({ ...one, image: id })) })
  return id
}
beforeEach(() => {
  imageId = image()
  before = fake.effects().length
})

const pair = (projectId: string, mayHaveHappened = false) => ({ imageId, projectId, mayHaveHappened })
const effects = () => fake.effects().length - before
const state = (outcome: PairOutcome) => outcome.state
const status = (projectId: string) => fake.members(imageId).get(projectId)

describe('sharing', () => {
  test('[row 7] [row 46] adds a member, once', async () => {
    const outcome = await nativeSharing.share(owner, pair(beta))
    expect(outcome).toEqual({ state: 'done', upstreamRequestId: expect.stringMatching(/^req-/) })
    expect(status(beta)).toBe('pending')
    expect(state(await nativeSharing.share(owner, pair(beta)))).toBe('already')
    expect(effects()).toBe(1)
  })

  test('[row 7] leaves an answer that was given as it is', async () => {
    fake.mint({ members: [{ image: imageId, project: 'beta', status: 'accepted' }] })
    expect(state(await nativeSharing.share(owner, pair(beta)))).toBe('already')
    expect([status(beta), effects()]).toEqual(['accepted', 0])
  })

  test('[row 42] of a full image says how many fit; of a member that is there, that it is', async () => {
    fake.mint({ members: [{ image: imageId, project: 'beta' }] })
    fake.cloud.settings.memberQuota = 1
    await expect(nativeSharing.share(owner, pair(gamma))).rejects.toMatchObject({
      code: 'member_limit',
      values: { limit: 1 },
    })
    expect(state(await nativeSharing.share(owner, pair(beta)))).toBe('already')
    fake.cloud.settings.memberQuota = 128
    expect(effects()).toBe(0)
  })

  test('[row 8] of a private image is told from sharing a foreign one, though both are 403', async () => {
    imageId = image({ visibility: 'private' })
    await expect(nativeSharing.share(owner, pair(beta))).rejects.toMatchObject({
      code: 'not_shareable',
      status: 403,
    })
    imageId = image({ members: [{ image: '', project: 'beta' }] })
    await expect(nativeSharing.share(member, pair(gamma))).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
    })
  })

  test('[row 3] [row 16] of an image that is gone or out of sight', async () => {
    await expect(nativeSharing.share(member, pair(gamma))).rejects.toMatchObject({ code: 'image_not_found' })
    imageId = '00000000-0000-4000-8000-000000000000'
    await expect(nativeSharing.share(owner, pair(beta))).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('[row 10] after a removal begins anew: who had accepted has to answer again', async () => {
    await nativeSharing.share(owner, pair(beta))
    await nativeSharing.answer(member, pair(beta), 'accepted')
    await nativeSharing.stop(owner, pair(beta))
    expect(state(await nativeSharing.share(owner, pair(beta)))).toBe('done')
    expect([status(beta), effects()]).toEqual(['pending', 4])
  })

  test('[row 12] with a project that nobody knows succeeds on Glance, and stays without an answer', async () => {
    const nobody = 'f'.repeat(32)
    expect(state(await nativeSharing.share(owner, pair(nobody)))).toBe('done')
    expect(await nativeSharing.find(owner, imageId, nobody)).toMatchObject({ status: 'pending' })
  })

  test('that may have happened looks first, and counts what it finds as ours', async () => {
    expect(state(await nativeSharing.share(owner, pair(beta, true)))).toBe('done')
    expect(state(await nativeSharing.share(owner, pair(beta, true)))).toBe('done')
    expect(effects()).toBe(1)
  })
})

describe('stopping', () => {
  beforeEach(() => {
    fake.mint({ members: [{ image: imageId, project: 'beta', status: 'accepted' }] })
  })

  test('[row 24] [row 46] removes a member, once', async () => {
    expect(state(await nativeSharing.stop(owner, pair(beta)))).toBe('done')
    expect(status(beta)).toBeUndefined()
    expect(state(await nativeSharing.stop(owner, pair(beta)))).toBe('already')
    expect(state(await nativeSharing.stop(owner, pair(beta, true)))).toBe('done')
    expect(effects()).toBe(1)
  })

  test('[row 15] is not for the member: a recipient cannot leave', async () => {
    await expect(nativeSharing.stop(member, pair(beta))).rejects.toMatchObject({ code: 'forbidden' })
    expect(status(beta)).toBe('accepted')
  })

  test('[row 16] [row 18] on an image that was made private, or is gone', async () => {
    fake.cloud
      .storeOf(imageId)
      ?.change(fake.cloud.images().images.get(imageId) as never, { visibility: 'private' })
    for (const access of [owner, admin])
      await expect(nativeSharing.stop(access, pair(beta))).rejects.toMatchObject({ code: 'not_shareable' })
    imageId = '00000000-0000-4000-8000-000000000000'
    await expect(nativeSharing.stop(owner, pair(beta))).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('works for a member that is no project id, and never for one that would lead elsewhere', async () => {
    for (const typed of ['A name, typed & odd: 100%', '?x', '#x', 'a\\b']) {
      fake.mint({ members: [{ image: imageId, project: typed }] })
      expect(state(await nativeSharing.stop(owner, pair(typed))), typed).toBe('done')
    }
    const calls = fake.calls().length
    for (const odd of ['..', '.', '', ' ', 'a/b', 'Zürich', 'a\nb', '/']) {
      await expect(nativeSharing.stop(owner, pair(odd)), odd).rejects.toMatchObject({ code: 'invalid_input' })
    }
    expect(fake.calls()).toHaveLength(calls)
  })
})

describe('answering', () => {
  beforeEach(() => {
    fake.mint({ members: [{ image: imageId, project: 'beta' }] })
  })

  test.each(['accepted', 'rejected'] as const)('%s, and again', async (wanted) => {
    expect(state(await nativeSharing.answer(member, pair(beta), wanted))).toBe('done')
    expect(state(await nativeSharing.answer(member, pair(beta), wanted))).toBe('done')
    expect([status(beta), effects()]).toEqual([wanted, 1])
  })

  test('may be changed both ways', async () => {
    for (const wanted of ['accepted', 'rejected', 'accepted'] as const)
      await nativeSharing.answer(member, pair(beta), wanted)
    expect([status(beta), effects()]).toEqual(['accepted', 3])
  })

  test('[row 15] is not for the owner, and not without an offer', async () => {
    await expect(nativeSharing.answer(owner, pair(beta), 'accepted')).rejects.toMatchObject({
      code: 'forbidden',
    })
    fake.cloud.images().removeMember(fake.cloud.images().images.get(imageId) as never, beta)
    await expect(nativeSharing.answer(member, pair(beta), 'accepted')).rejects.toMatchObject({
      code: 'image_not_found',
    })
  })

  test('that may have happened is looked up', async () => {
    await nativeSharing.answer(member, pair(beta), 'rejected')
    const writes = fake.calls({ method: 'PUT' }).length
    expect(state(await nativeSharing.answer(member, pair(beta, true), 'rejected'))).toBe('done')
    expect(fake.calls({ method: 'PUT' })).toHaveLength(writes)
    expect(state(await nativeSharing.answer(member, pair(beta, true), 'accepted'))).toBe('done')
    expect(status(beta)).toBe('accepted')
  })
})

describe('offering again', () => {
  test('[row 11] removes and adds, so that the answer starts anew', async () => {
    fake.mint({ members: [{ image: imageId, project: 'beta', status: 'rejected' }] })
    expect(state(await nativeSharing.offerAgain(owner, pair(beta)))).toBe('done')
    expect([status(beta), effects()]).toEqual(['pending', 2])
  })

  test('to nobody yet is a share', async () => {
    expect(state(await nativeSharing.offerAgain(owner, pair(beta)))).toBe('done')
    expect([status(beta), effects()]).toEqual(['pending', 1])
  })

  test('that may have happened goes on from where it broke off', async () => {
    fake.mint({ members: [{ image: imageId, project: 'gamma', status: 'rejected' }] })
    await nativeSharing.offerAgain(owner, pair(beta, true))
    expect([status(beta), effects()]).toEqual(['pending', 1])
    await nativeSharing.offerAgain(owner, pair(beta, true))
    expect([status(beta), effects()]).toEqual(['pending', 1])
    await nativeSharing.offerAgain(owner, pair(gamma, true))
    expect([status(gamma), effects()]).toEqual(['pending', 3])
  })
})

describe('reading members', () => {
  test('[row 2] gives the owner all of them and a member itself', async () => {
    fake.mint({
      members: [
        { image: imageId, project: 'beta' },
        { image: imageId, project: 'gamma' },
      ],
    })
    const ids = async (access: ImageAccess) =>
      (await nativeSharing.list(access, imageId)).map(({ member_id }) => member_id).sort()
    expect(await ids(owner)).toEqual([beta, gamma].sort())
    expect(await ids(member)).toEqual([beta])
    expect(await nativeSharing.find(owner, imageId, gamma)).toMatchObject({
      member_id: gamma,
      status: 'pending',
    })
    expect(await nativeSharing.find(member, imageId, gamma)).toBeNull()
  })
})
