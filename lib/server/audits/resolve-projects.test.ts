import { beforeEach, describe, expect, test } from 'vitest'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import { stores } from '../testing/stores'

const goneId = '0123456789abcdef0123456789abcdef'

describe.each(stores)('who the projects of an audit are, on $name', ({ open }) => {
  const ground = auditGround(open)
  let ids: Record<string, string>
  let root: { user: string; project: string; isAdmin: true }

  beforeEach(async () => {
    const minted = await ground.begin({
      domains: [{ name: 'Partner', id: 'a'.repeat(32) }],
      projects: [
        { name: 'ops' },
        { name: 'alpha' },
        { name: 'partner', domain: 'Partner' },
        { name: 'closed', enabled: false },
      ],
      users: [
        {
          name: 'root',
          roles: [
            ...['admin', 'member', 'reader'].map((role) => ({ project: 'ops', role })),
            { project: 'alpha' },
          ],
        },
      ],
      images: [{ project: 'alpha', name: 'Debian' }],
    })
    ids = minted.projects
    const recipients = [ids.partner ?? '', ids.closed ?? '', goneId, 'default', `x${'y'.repeat(200)}`]
    ground.fake.mint({
      images: [{ project: 'alpha', name: 'Fedora' }],
      members: recipients.map((project) => ({ image: 'Fedora', project })),
    })
    root = { user: 'root', project: ids.ops ?? '', isAdmin: true }
  })

  async function standings(): Promise<Record<string, unknown[]>> {
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const { row, projects } = await auditNow(ground.store, id)
    expect(row.state).toBe('complete')
    const shown = [ids.alpha, ids.partner, ids.closed, goneId, 'default', `x${'y'.repeat(200)}`]
    return Object.fromEntries(
      shown.map((project) => {
        const { standing, name, domainName } = projects.get(project ?? '') ?? {}
        return [name ?? project?.slice(0, 8), [standing, domainName]]
      }),
    )
  }
  const told = {
    alpha: ['enabled', 'Default'],
    partner: ['enabled', 'Partner'],
    closed: ['disabled', 'Default'],
    [goneId.slice(0, 8)]: ['gone', null],
    default: ['odd', null],
    xyyyyyyy: ['odd', null],
  }

  test('one list tells an administrator everybody; who is not on it is asked for once', async () => {
    expect(await standings()).toEqual(told)
    expect(ground.fake.calls({ path: '/v3/projects' }).map(({ path }) => path)).toEqual([
      '/v3/projects',
      `/v3/projects/${goneId}`,
    ])
  })

  test('with the new role defaults a project may not be asked for, and the list has the say', async () => {
    ground.fake.cloud.settings.secureRbac = true
    expect(await standings()).toEqual(told)
  })

  test('without the list each is asked for by itself', async () => {
    ground.fake.fault({ path: '/v3/projects$', fault: { kind: 'answer', status: 403 } })
    expect(await standings()).toEqual(told)
  })

  test('what the cloud does not tell is not guessed', async () => {
    ground.fake.fault({ path: '/v3/(projects|domains)', fault: { kind: 'answer', status: 403 } })
    expect(await standings()).toEqual({
      alpha: ['enabled', null],
      [ids.partner?.slice(0, 8) ?? '']: ['not_told', null],
      [ids.closed?.slice(0, 8) ?? '']: ['not_told', null],
      [goneId.slice(0, 8)]: ['not_told', null],
      default: ['odd', null],
      xyyyyyyy: ['odd', null],
    })
  })

  test('names are there while the images are still being read', async () => {
    const hold = await ground.fake.control.hold({ method: 'GET', path: '/members$', after: 1 })
    const id = await ground.world.store([root])
    const running = ground.world.run(id)
    await expect
      .poll(async () => (await auditNow(ground.store, id)).projects.get(ids.alpha ?? ''), { timeout: 5_000 })
      .toMatchObject({ name: 'alpha' })
    expect((await auditNow(ground.store, id)).row.imagesRead).toBe(1)
    await hold.remove()
    await running
  })
})
