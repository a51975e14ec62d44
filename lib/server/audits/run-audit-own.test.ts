import { beforeEach, describe, expect, test } from 'vitest'
import { CloudError } from '../cloud/cloud-error'
import { nativeSharing } from '../cloud/native-sharing'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import { imsFamily, oldGlanceFamily } from '../testing/image-access'
import { stores } from '../testing/stores'

describe.each(stores)('an audit of one’s own on $name', ({ open }) => {
  const ground = auditGround(open)
  let ids: Record<string, string>
  let alpha: { user: string; project: string }
  let beta: { user: string; project: string }

  const begin = async (kind?: Parameters<typeof ground.begin>[1]) => {
    const roles = [{ project: 'alpha' }, { project: 'beta' }, { project: 'house', role: 'admin' }]
    const people = {
      projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'other' }, { name: 'house' }],
      users: [{ name: 'alice', roles }],
    }
    ids = (await ground.begin(people, kind)).projects
    alpha = { user: 'alice', project: ids.alpha ?? '' }
    beta = { user: 'alice', project: ids.beta ?? '' }
  }

  const byId = async (id: string) =>
    new Map((await auditNow(ground.store, id)).images.map((image) => [image.imageId, image]))

  describe('on OpenStack of today', () => {
    beforeEach(() => begin())

    test('has the images of all one’s projects and what is offered to them, each once', async () => {
      const images = ground.fake.mint({
        images: [
          { project: 'alpha', name: 'mine' },
          { project: 'alpha', name: 'mine private', visibility: 'private' },
          { project: 'alpha', name: 'mine hidden', os_hidden: true },
          { project: 'beta', name: 'mine to me' },
          { project: 'other', name: 'to both' },
          { project: 'other', name: 'rejected', os_hidden: true },
          { project: 'other', name: 'not to us' },
          { project: 'other', name: 'public', visibility: 'public' },
        ],
        members: [
          { image: 'mine', project: 'other', status: 'accepted' },
          { image: 'mine to me', project: 'alpha', status: 'pending' },
          { image: 'mine to me', project: 'other', status: 'rejected' },
          { image: 'to both', project: 'alpha', status: 'accepted' },
          { image: 'to both', project: 'beta', status: 'pending' },
          { image: 'to both', project: 'house', status: 'pending' },
          { image: 'rejected', project: 'beta', status: 'rejected' },
        ],
      }).images
      const id = await ground.world.store([alpha, beta])
      await ground.world.run(id)
      const found = await byId(id)
      const named = Object.fromEntries(
        Object.entries(images).map(([name, image]) => [name, found.get(image)]),
      )
      expect((await auditNow(ground.store, id)).row).toMatchObject({
        state: 'complete',
        imagesListed: 5,
        imagesRead: 5,
        members: 6,
      })
      expect(named['mine private']).toBeUndefined()
      expect(named['not to us']).toBeUndefined()
      expect(named.public).toBeUndefined()
      expect(named['mine hidden']).toMatchObject({ side: 'owner', members: [] })
      // Offered to alpha as well, but its owner tells everything.
      expect(named['mine to me']).toMatchObject({ side: 'owner', via: [ids.beta, ids.alpha] })
      expect(named['mine to me']?.members.map(({ project }) => project).sort()).toEqual(
        [ids.alpha, ids.other].sort(),
      )
      expect(named['to both']).toMatchObject({ side: 'recipient' })
      expect(named['to both']?.via.toSorted()).toEqual([ids.alpha, ids.beta].sort())
      expect(named['to both']?.members.map(({ status }) => status).sort()).toEqual(['accepted', 'pending'])
      expect(named.rejected).toMatchObject({ side: 'recipient', members: [{ status: 'rejected' }] })
    })

    test('knows the names of one’s own projects, and of nobody else', async () => {
      ground.fake.mint({
        images: [{ project: 'alpha', name: 'mine' }],
        members: [
          { image: 'mine', project: 'other' },
          { image: 'mine', project: 'beta' },
        ],
      })
      const id = await ground.world.store([alpha])
      await ground.world.run(id)
      const { projects } = await auditNow(ground.store, id)
      expect(projects.get(ids.alpha ?? '')).toMatchObject({ name: 'alpha', standing: 'enabled' })
      expect(projects.get(ids.beta ?? '')).toMatchObject({ name: 'beta', standing: 'enabled' })
      expect(projects.get(ids.other ?? '')).toMatchObject({ name: null, standing: 'not_told' })
      expect(ground.fake.calls({ path: '/v3/projects' })).toEqual([])
    })

    test('one project that refuses its lists is named, and the others are read', async () => {
      ground.fake.mint({
        images: [
          { project: 'alpha', name: 'a' },
          { project: 'beta', name: 'b' },
        ],
      })
      ground.fake.fault({ path: '/v2/images$', query: ids.beta, fault: { kind: 'answer', status: 403 } })
      const id = await ground.world.store([alpha, beta])
      await ground.world.run(id)
      const { row, images } = await auditNow(ground.store, id)
      expect(row.state).toBe('complete')
      expect(row.sources).toEqual([
        { id: ids.alpha, name: 'alice' },
        { id: ids.beta, name: 'alice', code: 'forbidden' },
      ])
      expect(images.map(({ name }) => name)).toEqual(['a'])
    })

    test('among one’s projects one as administrator has what is offered to that project alone', async () => {
      const images = ground.fake.mint({
        images: [
          { project: 'other', name: 'to house' },
          { project: 'other', name: 'to alpha' },
          { project: 'other', name: 'to nobody' },
        ],
        members: [
          { image: 'to house', project: 'house', status: 'accepted' },
          { image: 'to house', project: 'other' },
          { image: 'to alpha', project: 'alpha' },
        ],
      }).images
      const id = await ground.world.store([alpha, { user: 'alice', project: ids.house ?? '', isAdmin: true }])
      await ground.world.run(id)
      const found = await byId(id)
      const { row } = await auditNow(ground.store, id)
      expect(row).toMatchObject({ state: 'complete', imagesListed: 2, imagesRead: 2, members: 2 })
      expect(found.get(images['to house'] ?? '')?.members).toMatchObject([
        { project: ids.house, status: 'accepted' },
      ])
      expect(found.get(images['to alpha'] ?? '')?.members).toMatchObject([{ project: ids.alpha }])
      expect(found.has(images['to nobody'] ?? '')).toBe(false)
    })

    test('an offer taken back while it is read is no part of it', async () => {
      const [image = ''] = ground.fake.mint({
        images: [{ project: 'other', name: 'offer' }],
        members: [{ image: 'offer', project: 'alpha' }],
      }).imageIds
      const hold = await ground.fake.control.hold({ method: 'GET', path: '/members$' })
      const id = await ground.world.store([alpha])
      const running = ground.world.run(id)
      await hold.waitFor(1)
      const kept = ground.fake.cloud.storeOf(image)
      const offer = kept?.images.get(image)
      if (offer) kept?.removeMember(offer, ids.alpha ?? '')
      await hold.remove()
      await running
      expect((await auditNow(ground.store, id)).row).toMatchObject({
        state: 'complete',
        imagesListed: 0,
        imagesRead: 0,
      })
    })
  })

  test('before Glance 2.5 private images may have members, and are read', async () => {
    await begin({ flavour: 'ecl', family: oldGlanceFamily })
    const images = ground.fake.mint({
      images: [
        { project: 'alpha', name: 'mine', visibility: 'private' },
        { project: 'other', name: 'offer', visibility: 'private' },
      ],
      members: [
        { image: 'mine', project: 'other' },
        { image: 'offer', project: 'alpha', status: 'accepted' },
      ],
    }).images
    const id = await ground.world.store([alpha])
    await ground.world.run(id)
    const found = await byId(id)
    expect(found.get(images.mine ?? '')).toMatchObject({ side: 'owner', members: [{ project: ids.other }] })
    expect(found.get(images.offer ?? '')).toMatchObject({
      side: 'recipient',
      members: [{ project: ids.alpha, status: 'accepted' }],
    })
  })

  test('on IMS the list says what was answered where the member itself may not be read', async () => {
    await begin({ family: imsFamily })
    Object.assign(ground.fake.cloud.settings, { imageFamily: 'ims', visibilityModel: 'any' })
    const images = ground.fake.mint({
      images: [
        { project: 'alpha', name: 'mine', visibility: 'private' },
        { project: 'other', name: 'accepted', visibility: 'private' },
        { project: 'other', name: 'offer', visibility: 'private' },
      ],
      members: [
        { image: 'mine', project: 'other' },
        { image: 'accepted', project: 'alpha', status: 'accepted' },
        { image: 'offer', project: 'alpha', status: 'rejected' },
      ],
    }).images
    const refusing = {
      ...nativeSharing,
      list: (...[access, imageId]: Parameters<typeof nativeSharing.list>) =>
        imageId === images.offer
          ? Promise.reject(new CloudError('forbidden', { status: 403 }))
          : nativeSharing.list(access, imageId),
    }
    const id = await ground.world.store([alpha])
    await ground.world.run(id, { sharing: refusing })
    const found = await byId(id)
    expect(found.get(images.mine ?? '')).toMatchObject({ side: 'owner', members: [{ project: ids.other }] })
    expect(found.get(images.accepted ?? '')?.members).toMatchObject([
      { project: ids.alpha, status: 'accepted' },
    ])
    expect(found.get(images.offer ?? '')).toMatchObject({
      state: 'read',
      members: [{ project: ids.alpha, status: 'rejected', sharedAt: null, answeredAt: null }],
    })
  })
})
