import { beforeEach, describe, expect, test } from 'vitest'
import { nativeSharing } from '../cloud/native-sharing'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import { stores } from '../testing/stores'

const memberReads = { method: 'GET', path: '/members$' }

describe.each(stores)('an audit of the whole cloud on $name', ({ open }) => {
  const ground = auditGround(open)
  let ids: Record<string, string>
  let root: { user: string; project: string; isAdmin: true }

  beforeEach(async () => {
    const minted = await ground.begin({
      projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'beta' }, { name: 'closed', enabled: false }],
      users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
    })
    ids = minted.projects
    root = { user: 'root', project: ids.ops ?? '', isAdmin: true }
  })

  const mintShared = (count: number) =>
    ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count }] }).imageIds
  const byId = async (id: string) =>
    new Map((await auditNow(ground.store, id)).images.map((image) => [image.imageId, image]))

  test('every shared, public and community image, hidden ones too, with all members of the shared ones', async () => {
    const images = ground.fake.mint({
      images: [
        { project: 'alpha', name: 'shared' },
        { project: 'beta', name: 'shared hidden', os_hidden: true },
        { project: 'alpha', name: 'public', visibility: 'public' },
        { project: 'alpha', name: 'community', visibility: 'community' },
        { project: 'beta', name: 'community hidden', visibility: 'community', os_hidden: true },
        { project: 'alpha', name: 'private', visibility: 'private' },
        { project: null, name: 'nobody’s' },
      ],
      members: [
        { image: 'shared', project: 'beta', status: 'accepted', createdAt: 0, updatedAt: 60_000 },
        { image: 'shared', project: ' odd; member ' },
        { image: 'shared hidden', project: 'alpha', status: 'rejected' },
      ],
    }).images
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const { row } = await auditNow(ground.store, id)
    expect(row).toMatchObject({
      state: 'complete',
      imagesListed: 6,
      imagesRead: 6,
      imagesRefused: 0,
      members: 3,
      isListed: true,
      isTruncated: false,
    })
    const found = await byId(id)
    expect(found.has(images.private ?? '')).toBe(false)
    expect(found.get(images.shared ?? '')).toMatchObject({
      owner: ids.alpha,
      side: 'owner',
      via: [ids.ops],
      members: [
        {
          project: ids.beta,
          status: 'accepted',
          sharedAt: '1970-01-01T00:00:00Z',
          answeredAt: '1970-01-01T00:01:00Z',
        },
        { project: ' odd; member ', status: 'pending', answeredAt: null },
      ],
    })
    expect(found.get(images['shared hidden'] ?? '')).toMatchObject({
      hidden: true,
      members: [{ status: 'rejected' }],
    })
    expect(found.get(images.public ?? '')).toMatchObject({ visibility: 'public', state: 'read', members: [] })
    expect(found.get(images['nobody’s'] ?? '')).toMatchObject({ owner: null })
    // Only shared images can have members, so nobody asks for those of the others.
    expect(ground.fake.calls(memberReads)).toHaveLength(3)
    expect(row.calls).toBe(
      ground.fake.calls({ path: '/v2/images' }).length +
        ground.fake.calls({ path: '/v3/(projects|domains)' }).length,
    )
  })

  test('two rows of one member are both there', async () => {
    const [image = ''] = mintShared(1)
    ground.fake.mint({ members: [{ image, project: 'beta', status: 'accepted' }] })
    const kept = ground.fake.cloud.storeOf(image)
    const row = kept?.images.get(image)
    const member = row?.members.get(ids.beta ?? '')
    if (row && member) kept?.addTwin(row, { ...member, status: 'pending' })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    expect((await byId(id)).get(image)?.members.map(({ project, status }) => [project, status])).toEqual([
      [ids.beta, 'accepted'],
      [ids.beta, 'pending'],
    ])
  })

  test('texts that a database would not take are kept as far as it does', async () => {
    const [image = ''] = ground.fake.mint({
      images: [{ project: 'alpha', name: `NUL \0, half \ud800, ${'long '.repeat(1_000)}` }],
    }).imageIds
    const rows = [
      {
        image_id: image,
        member_id: 'p\0\udc00',
        status: 'pending' as const,
        created_at: 'nonsense',
        updated_at: '',
        said: 'w\0',
      },
    ]
    const id = await ground.world.store([root])
    await ground.world.run(id, { sharing: { ...nativeSharing, list: async () => rows } })
    const found = (await byId(id)).get(image)
    expect(found?.name).toMatch(/^NUL , half \ufffd, long /)
    expect(found?.members).toEqual([
      { project: 'p\ufffd', status: 'pending', said: 'w', sharedAt: null, answeredAt: null },
    ])
  })

  test('is read once each, in the order it is stored in, over many pages', async () => {
    mintShared(450)
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const { row, images } = await auditNow(ground.store, id)
    expect(row).toMatchObject({ imagesListed: 450, imagesRead: 450 })
    expect(images.map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, at) => at + 1))
    expect(ground.fake.calls(memberReads)).toHaveLength(450)
  })

  test('never reads more than 16 images at once', async () => {
    mintShared(60)
    const hold = await ground.fake.control.hold(memberReads)
    const id = await ground.world.store([root])
    const running = ground.world.run(id)
    await hold.waitFor(16)
    expect(ground.fake.calls(memberReads)).toHaveLength(16)
    await hold.remove()
    await running
    expect((await auditNow(ground.store, id)).row.state).toBe('complete')
  })

  test('a refusal of one image is kept with it', async () => {
    const [first = '', second = '', third = ''] = mintShared(3)
    ground.fake.fault({ ...memberReads, path: `${first}/members$`, fault: { kind: 'answer', status: 403 } })
    ground.fake.fault({ ...memberReads, path: `${second}/members$`, fault: { kind: 'mangle', how: 'html' } })
    const gone = await ground.fake.control.hold({ ...memberReads, path: `${third}/members$` })
    const id = await ground.world.store([root])
    const running = ground.world.run(id)
    await gone.waitFor(1)
    ground.fake.removeImage(third)
    await gone.remove()
    await running
    const found = await byId(id)
    expect([first, second, third].map((image) => [found.get(image)?.state, found.get(image)?.code])).toEqual([
      ['refused', 'not_shareable'],
      ['refused', 'upstream_contract'],
      ['refused', 'image_not_found'],
    ])
    expect((await auditNow(ground.store, id)).row).toMatchObject({
      state: 'complete',
      imagesRead: 3,
      imagesRefused: 3,
    })
  })

  test('an image the cloud fails on is refused when the cloud is there, and waits when it is not', async () => {
    const [broken = ''] = mintShared(3)
    ground.fake.fault({ path: `${broken}/members$`, fault: { kind: 'answer', status: 500 } })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    expect((await byId(id)).get(broken)).toMatchObject({ state: 'refused', code: 'upstream_unavailable' })
    expect(ground.fake.calls({ path: `${broken}/members$` })).toHaveLength(3)
    ground.fake.heal()

    ground.fake.fault({ ...memberReads, fault: { kind: 'reset' } })
    ground.fake.fault({ path: '/v2/images', after: 6, fault: { kind: 'reset' } })
    const other = await ground.world.store([root])
    await ground.world.run(other)
    const { row, images } = await auditNow(ground.store, other)
    expect(row).toMatchObject({ state: 'paused', pauseReason: 'upstream', imagesRead: 0 })
    expect(images.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    ground.fake.heal()
    await ground.world.resume(other)
    await ground.world.run(other)
    expect((await auditNow(ground.store, other)).row).toMatchObject({
      state: 'complete',
      imagesRead: 3,
      imagesRefused: 0,
    })
  })

  test('an outage amid many images pauses, and what was not read stays to be read', async () => {
    mintShared(60)
    ground.fake.fault({ ...memberReads, after: 20, fault: { kind: 'answer', status: 502 } })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const { row, images } = await auditNow(ground.store, id)
    expect([row.state, row.pauseReason, images.filter(({ state }) => state === 'refused')]).toEqual([
      'paused',
      'upstream',
      [],
    ])
    ground.fake.heal()
    await ground.world.resume(id)
    await ground.world.run(id)
    expect((await auditNow(ground.store, id)).row).toMatchObject({
      state: 'complete',
      imagesRead: 60,
      imagesRefused: 0,
    })
  })

  test('a token that dies pauses for a sign-in', async () => {
    mintShared(60)
    ground.fake.fault({ ...memberReads, after: 20, fault: { kind: 'answer', status: 401 } })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    expect((await auditNow(ground.store, id)).row).toMatchObject({ state: 'paused', pauseReason: 'sign_in' })
  })

  test('a cloud that refuses the list ends the audit with the reason', async () => {
    ground.fake.fault({ path: '/v2/images$', fault: { kind: 'answer', status: 403 } })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    expect((await auditNow(ground.store, id)).row).toMatchObject({ state: 'failed', code: 'forbidden' })
  })

  test.each(['loop', 'absolute'] as const)(
    'a list whose link leads astray (%s) is cut, and says so',
    async (how) => {
      mintShared(250)
      ground.fake.fault({ path: '/v2/images$', fault: { kind: 'next-link', how } })
      const id = await ground.world.store([root])
      await ground.world.run(id)
      const { row } = await auditNow(ground.store, id)
      expect(row.state).toBe('complete')
      // Only the marker is taken from a link, so one to elsewhere leads on as it should.
      expect([row.isTruncated, row.imagesRead]).toEqual(how === 'loop' ? [true, 25] : [false, 250])
    },
  )
})
