import type { World } from './world.ts'

const DAY = 86_400_000

/** An owner, a recipient and images in every state a screen has to show. */
export async function busyWorld(world: World) {
  const [owner, team, other, empty] = await Promise.all([
    world.project('publisher'),
    world.project('team'),
    world.project('other'),
    world.project('empty'),
  ])
  const olga = await world.user('olga', [owner, empty])
  const tom = await world.user('tom', [team, empty])
  const [accepted, pending, rejected] = await Promise.all(
    ['accepted', 'pending', 'rejected'].map((name) => world.project(name)),
  )
  if (!accepted || !pending || !rejected) throw new Error('a project is missing')
  const old = { created_at: Date.now() - 40 * DAY }

  const shared = await world.image(owner, 'ubuntu-24.04-base', {
    ...old,
    os_distro: 'ubuntu',
    tags: ['golden'],
    protected: true,
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
    os_hash_algo: 'sha512',
    os_hash_value: 'ab'.repeat(64),
    properties: { os_version: '24.04', architecture: 'x86_64', build: 'images/nightly' },
  })
  const partly = await world.image(owner, 'debian-12-base', { ...old, os_distro: 'debian' })
  const unshared = await world.image(owner, '<b>kiosk</b> & \u202Eexe.gnp\u202C', { os_hidden: true })
  const secret = await world.image(owner, 'draft', { visibility: 'private' })
  const community = await world.image(owner, 'fedora', { visibility: 'community', status: 'deactivated' })
  for (const [status, project] of Object.entries({ accepted, pending, rejected })) {
    await world.share(shared, [project], status as 'accepted' | 'pending' | 'rejected')
  }
  await world.share(partly, [pending])

  for (const status of ['pending', 'pending', 'accepted', 'rejected'] as const) {
    const id = await world.image(other, `offered-${status}`, {
      ...old,
      os_distro: 'rocky',
      properties: { team: 'ml' },
    })
    await world.share(id, [team], status)
  }
  return {
    owner,
    team,
    empty,
    olga,
    tom,
    member: { accepted, pending, rejected },
    images: { shared, partly, unshared, private: secret, community, count: 5 },
  }
}
