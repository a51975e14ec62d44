import { beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { auditGround } from '../testing/audit-ground'
import { auditNow, auditWorld } from '../testing/audit-world'
import { hastyHttp } from '../testing/image-access'
import { stores } from '../testing/stores'

const sharedPages = { method: 'GET', path: '/v2/images$', query: 'visibility=shared.*marker=' }

describe.each(stores)('lists of an audit on $name', ({ open }) => {
  const ground = auditGround(open)
  let root: { user: string; project: string; isAdmin: true }

  beforeEach(async () => {
    const { projects } = await ground.begin({
      projects: [{ name: 'ops' }, { name: 'alpha' }],
      users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
    })
    root = { user: 'root', project: projects.ops ?? '', isAdmin: true }
  })

  test('go on when the image they were left off at is deleted in the middle of a run', async () => {
    ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 60 }] })
    const hold = await ground.fake.control.hold({ ...sharedPages, times: 1 })
    const id = await ground.world.store([root])
    const running = ground.world.run(id)
    await hold.waitFor(1)
    const [{ query = '' } = {}] = ground.fake.calls(sharedPages)
    ground.fake.removeImage(new URLSearchParams(query).get('marker') ?? '')
    await hold.remove()
    await running
    expect((await auditNow(ground.store, id)).row).toMatchObject({
      state: 'complete',
      imagesListed: 60,
      isTruncated: false,
    })
  })

  test('are read in shorter pages where an image spoils a long one, and cut at that image', async () => {
    const { imageIds } = ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 60 }] })
    // Lists begin with the newest image.
    const malformed = imageIds.at(10) ?? ''
    const kept = ground.fake.cloud.storeOf(malformed)
    const image = kept?.images.get(malformed)
    if (image) kept?.change(image, { status: 7 as never })
    const id = await ground.world.store([root])
    await ground.world.run(id)
    const { row } = await auditNow(ground.store, id)
    expect(row).toMatchObject({ state: 'complete', imagesListed: 49, imagesRead: 49, isTruncated: true })
    expect(row.sources).toEqual([expect.not.objectContaining({ code: expect.anything() })])
  })

  test('begin with a short page, and go on with long ones', async () => {
    ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 300 }] })
    await ground.world.run(await ground.world.store([root]))
    const pages = ground.fake
      .calls({ method: 'GET', path: '/v2/images$', query: 'visibility=shared' })
      .map(({ query }) => new URLSearchParams(query))
      .filter((query) => !query.has('os_hidden'))
    expect(pages.map((query) => query.get('limit'))).toEqual(['25', '250', '250'])
  })

  test('that lead from one empty page to the next are cut', async () => {
    const http = hastyHttp()
    let pages = 0
    const endless: CloudHttp = {
      async send(call) {
        if (!call.url.includes('/v2/images?')) return http.send(call)
        pages += 1
        if (pages > 2_000) throw new Error('there is no end')
        const json = { images: [], next: `/v2/images?marker=m${pages}` }
        return { status: 200, headers: {}, json, upstreamRequestId: null }
      },
      close: () => http.close(),
    }
    const world = auditWorld(ground.fake, endless, ground.store)
    const id = await world.store([root])
    await world.run(id)
    await http.close()
    expect((await auditNow(ground.store, id)).row).toMatchObject({ state: 'complete', isTruncated: true })
  })
})
