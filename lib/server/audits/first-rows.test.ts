import { describe, expect, test } from 'vitest'
import { auditGround } from '../testing/audit-ground'
import { stores } from '../testing/stores'
import { createHandover } from './handover'

describe.each(stores)('an audit begins on $name', ({ open }) => {
  const ground = auditGround(open)

  test('with one short page and the members of its images, before anything else is asked', async () => {
    const { projects } = await ground.begin({
      projects: [{ name: 'ops' }, { name: 'alpha' }],
      users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
    })
    ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 60 }] })
    const id = await ground.world.store([{ user: 'root', project: projects.ops ?? '', isAdmin: true }])
    await ground.world.run(id)
    const order = ground.fake.calls({ path: '/v2/images' }).map(({ path }) => /members$/.test(path))
    expect(order.filter((isMembers) => isMembers)).toHaveLength(60)
    expect(order[0]).toBe(false)
    // Of the 25 on the page 16 are read at once; the last is taken up when nine have been answered.
    expect(order.indexOf(false, 1)).toBeGreaterThan(9)
  })
})

test('the first ones handed over hold up the finding until each is taken, later ones while they are too many', async () => {
  const { give, take } = createHandover<number>(3)
  let given = 0
  const giveMore = async (items: number[]) => {
    await give(items)
    given += 1
  }
  const first = giveMore([1, 2])
  await take()
  expect(given).toBe(0)
  await take()
  await first
  await giveMore([3, 4])
  const full = giveMore([5])
  expect(given).toBe(2)
  await take()
  await full
})
