import { beforeEach, describe, expect, test } from 'vitest'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import { stores } from '../testing/stores'

describe.each(stores)('images that left the lists, on $name', ({ open }) => {
  const ground = auditGround(open)
  let images: Record<string, string>
  let ids: Record<string, string>

  beforeEach(async () => {
    const minted = await ground.begin({
      projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'other' }],
      users: [
        { name: 'root', roles: [{ project: 'ops', role: 'admin' }] },
        { name: 'alice', roles: [{ project: 'alpha' }] },
      ],
    })
    ids = minted.projects
    images = ground.fake.mint({
      images: ['frozen', 'open', 'deleted', 'without members', 'stays'].map((name) => ({
        project: 'alpha',
        name,
      })),
      members: ['frozen', 'open', 'deleted', 'stays'].map((image) => ({ image, project: 'other' })),
    }).images
  })

  const changed = (
    name: string,
    fields: { visibility: 'private' | 'community' | 'shared'; os_hidden?: boolean } | null,
  ) => {
    const id = images[name] ?? ''
    if (!fields) return ground.fake.removeImage(id)
    const kept = ground.fake.cloud.storeOf(id)
    const image = kept?.images.get(id)
    if (image) kept?.change(image, fields)
  }

  test.each(['the whole cloud', 'one’s own'])(
    '%s: one with members behind another visibility is kept, one that is gone is not',
    async (reach) => {
      const reader =
        reach === 'one’s own'
          ? { user: 'alice', project: ids.alpha ?? '' }
          : { user: 'root', project: ids.ops ?? '', isAdmin: true }
      // Each test has a person or a region of its own, as audits are compared within those.
      const more = { userId: `${reader.user} ${ground.fake.authUrl}`, region: ground.fake.authUrl }
      const earlier = await ground.world.store([reader], {
        ...more,
        createdAt: new Date(Date.now() - 60_000),
      })
      await ground.world.run(earlier)
      changed('frozen', { visibility: 'private', os_hidden: true })
      changed('without members', { visibility: 'private' })
      changed('open', { visibility: 'community' })
      changed('deleted', null)
      ground.fake.cloud.ledger.clear()
      const id = await ground.world.store([reader], more)
      await ground.world.run(id)
      const now = await auditNow(ground.store, id)
      expect(now.row).toMatchObject({ state: 'complete', imagesListed: 3, imagesRead: 3, isTruncated: false })
      const found = Object.fromEntries(
        now.images.map(({ name, visibility, state, members }) => [name, [visibility, state, members.length]]),
      )
      expect(found).toEqual({
        stays: ['shared', 'read', 1],
        frozen: ['private', 'read', 0],
        open: ['community', 'read', 0],
      })
      expect(ground.fake.calls({ path: '/members$' })).toHaveLength(1)
    },
  )

  test('what is held behind another visibility is kept from audit to audit, until it is open again', async () => {
    const more = { userId: `alice ${ground.fake.authUrl}`, region: ground.fake.authUrl }
    const reader = { user: 'alice', project: ids.alpha ?? '' }
    let age = 5
    const held = async () => {
      age -= 1
      const id = await ground.world.store([reader], {
        ...more,
        createdAt: new Date(Date.now() - age * 60_000),
      })
      await ground.world.run(id)
      const { images: rows } = await auditNow(ground.store, id)
      return rows.filter(({ hadMembers }) => hadMembers).map(({ name }) => name)
    }
    expect(await held()).toEqual([])
    changed('frozen', { visibility: 'private' })
    expect(await held()).toEqual(['frozen'])
    changed('open', { visibility: 'community' })
    expect((await held()).sort()).toEqual(['frozen', 'open'])
    changed('open', { visibility: 'shared' })
    changed('without members', { visibility: 'community' })
    expect(await held()).toEqual(['frozen'])
  })

  test('another person’s audit is not what one’s own is held against', async () => {
    const more = { region: ground.fake.authUrl }
    const reader = { user: 'alice', project: ids.alpha ?? '' }
    await ground.world.run(
      await ground.world.store([reader], { ...more, userId: 'somebody else', createdAt: new Date(0) }),
    )
    changed('frozen', { visibility: 'private' })
    const id = await ground.world.store([reader], more)
    await ground.world.run(id)
    expect((await auditNow(ground.store, id)).images.map(({ name }) => name)).not.toContain('frozen')
  })
})
