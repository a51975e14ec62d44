import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import type { Store } from '../store/store'
import { type AuditWorld, auditNow, auditWorld } from '../testing/audit-world'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { hastyHttp } from '../testing/image-access'
import { stores, type TestStore } from '../testing/stores'

const goneId = '0123456789abcdef0123456789abcdef'

describe.each(stores)('who the projects of an audit are, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let store: Store
  let http: CloudHttp
  let world: AuditWorld
  let ids: Record<string, string>
  let root: { user: string; project: string; isAdmin: true }

  beforeAll(async () => {
    place = await open()
    store = place.store
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await place.close()
  })
  beforeEach(async () => {
    fake = await startFakeCloud()
    ids = fake.mint({
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
    }).projects
    const recipients = [ids.partner ?? '', ids.closed ?? '', goneId, 'default', `x${'y'.repeat(200)}`]
    fake.mint({
      images: [{ project: 'alpha', name: 'Fedora' }],
      members: recipients.map((project) => ({ image: 'Fedora', project })),
    })
    root = { user: 'root', project: ids.ops ?? '', isAdmin: true }
    world = auditWorld(fake, http, store)
  })
  afterEach(() => fake.stop())

  async function standings(): Promise<Record<string, unknown[]>> {
    const id = await world.store([root])
    await world.run(id)
    const { row, projects } = await auditNow(store, id)
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
    expect(fake.calls({ path: '/v3/projects' }).map(({ path }) => path)).toEqual([
      '/v3/projects',
      `/v3/projects/${goneId}`,
    ])
  })

  test('with the new role defaults a project may not be asked for, and the list has the say', async () => {
    fake.cloud.settings.secureRbac = true
    expect(await standings()).toEqual(told)
  })

  test('without the list each is asked for by itself', async () => {
    fake.fault({ path: '/v3/projects$', fault: { kind: 'answer', status: 403 } })
    expect(await standings()).toEqual(told)
  })

  test('what the cloud does not tell is not guessed', async () => {
    fake.fault({ path: '/v3/(projects|domains)', fault: { kind: 'answer', status: 403 } })
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
    const hold = await fake.control.hold({ method: 'GET', path: '/members$', after: 1 })
    const id = await world.store([root])
    const running = world.run(id)
    await expect
      .poll(async () => (await auditNow(store, id)).projects.get(ids.alpha ?? ''), { timeout: 5_000 })
      .toMatchObject({ name: 'alpha' })
    expect((await auditNow(store, id)).row.imagesRead).toBe(1)
    await hold.remove()
    await running
  })
})
