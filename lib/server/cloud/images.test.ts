import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp } from '../testing/image-access'
import { reply, type Script, startScripted } from '../testing/scripted-server'
import { CloudError } from './cloud-error'
import { glanceFamily } from './family'
import type { ImageAccess } from './glance'
import { readAllImages, readImage, readImagePage, readImagesById, setVisibility } from './images'
import { limits } from './limits'

const http = hastyHttp()
let fake: FakeCloud
let owner: ImageAccess
let alpha = ''

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
    images: [
      { project: 'alpha', name: 'shown', count: 230 },
      { project: 'alpha', name: 'hidden', count: 3, os_hidden: true },
      { project: 'beta', name: 'foreign', visibility: 'public' },
    ],
  })
  alpha = projects.alpha ?? ''
  owner = await accessAs(fake, http, 'alice', alpha)
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
afterEach(() => fake.heal())

const lists = () => fake.calls({ method: 'GET', path: '^/v2/images$' })
const own = (hidden: boolean) => ({ list: { of: 'own' as const }, hidden })
const codeOf = (error: unknown) => (error instanceof CloudError ? error.code : error)

describe('a list of images', () => {
  test('is read page by page, each image once', async () => {
    const before = lists().length
    const { images, truncated } = await readAllImages(owner, own(false))
    expect(new Set(images.map(({ id }) => id)).size).toBe(230)
    expect([truncated, lists().length - before]).toEqual([false, 3])
  })

  test('has the hidden ones only when asked for', async () => {
    const { images } = await readAllImages(owner, own(true))
    expect(images.map(({ name }) => name).sort()).toEqual(['hidden-0001', 'hidden-0002', 'hidden-0003'])
  })

  test('stops when it is enough and says that there is more', async () => {
    const before = lists().length
    const { images, truncated } = await readAllImages(owner, own(false), (count) => count >= 150)
    expect([images.length, truncated, lists().length - before]).toEqual([200, true, 2])
  })

  test('can be asked for by ids', async () => {
    const all = await readAllImages(owner, own(false))
    const ids = all.images.slice(0, 50).map(({ id }) => id)
    const found = await readImagesById(owner, [...ids, 'unknown'], 'own')
    expect([...found.keys()].sort()).toEqual([...ids].sort())
    expect((await readImagesById(owner, ids, 'offered')).size).toBe(0)
  })

  test('[row 35] [row 36] is followed by the query of its links, below our own path, to an empty page', async () => {
    const ids = ['a', 'b', 'c', 'd']
    const server = await startScripted((response, { url }) => {
      const marker = new URL(url, 'http://x').searchParams.get('marker')
      const at = marker === null ? 0 : ids.indexOf(marker) + 1
      // Two a page, whatever was asked for; a full page has a link, though nothing may come after it.
      const page = ids.slice(at, at + 2)
      const next = page.length === 2 ? { next: `/v2/images?marker=${page[1]}&limit=2` } : {}
      const images = page.map((id) => ({
        id,
        status: 'active',
        visibility: 'shared',
        created_at: '',
        updated_at: '',
      }))
      reply(response, 200, { images, ...next })
    })
    const access = { http, endpoint: `${server.url}/image`, token: 't', projectId: 'p', family: glanceFamily }
    const { images, truncated } = await readAllImages(access, own(false))
    await server.stop()
    expect([images.map(({ id }) => id), truncated]).toEqual([ids, false])
    const asked = server.requests.map(({ url }) => new URL(url, 'http://x'))
    expect(asked.map(({ pathname }) => pathname)).toEqual(Array(3).fill('/image/v2/images'))
    expect(asked.map(({ searchParams }) => searchParams.get('marker'))).toEqual([null, 'b', 'd'])
    expect(asked.every(({ searchParams }) => searchParams.get('owner') === 'p')).toBe(true)
  })

  test('[U3] [matrix 15] whose link leads back to itself ends, with what it had, and says so', async () => {
    fake.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'loop' } })
    const first = await readImagePage(owner, own(false))
    expect([first.images.length, first.next, first.broken]).toEqual([100, null, true])
    fake.heal()
    fake.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'loop' }, after: 1 })
    const before = lists().length
    const { images, truncated } = await readAllImages(owner, own(false))
    expect([images.length, truncated, lists().length - before]).toEqual([200, true, 2])
  })

  test('[U2] [U3] [matrix 16] whose link names another host gives its marker, and that host hears nothing', async () => {
    const canary = await startScripted((response) => reply(response, 200))
    fake.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'absolute', origin: canary.url } })
    const { images, truncated } = await readAllImages(owner, own(false))
    expect([images.length, truncated, canary.connections()]).toEqual([230, false, 0])
    await canary.stop()
  })

  test.each(['html', 'truncated', 'wrong-types', 'empty'] as const)(
    '[U7] of %s is a broken contract',
    async (how) => {
      fake.fault({ path: '^/v2/images$', fault: { kind: 'mangle', how } })
      await expect(readImagePage(owner, own(false))).rejects.toMatchObject({ code: 'upstream_contract' })
    },
  )
})

describe('[matrix 14, 15] a list that never ends', () => {
  const entry = (at: number) => ({
    id: `image-${at}`,
    status: 'active',
    visibility: 'shared',
    created_at: '',
    updated_at: '',
  })
  async function reading(script: Script) {
    const server = await startScripted(script)
    const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: glanceFamily }
    const result = await readAllImages(access, own(false)).finally(() => server.stop())
    return { ...result, calls: server.requests.length }
  }

  test('in a circle of two pages', async () => {
    const { images, truncated, calls } = await reading((response, request) => {
      const marker = new URL(request.url, 'http://x').searchParams.get('marker')
      const at = marker === 'a' ? 1 : 2
      reply(response, 200, { images: [entry(at)], next: `/v2/images?marker=${marker === 'a' ? 'b' : 'a'}` })
    })
    expect([images.length, truncated, calls]).toEqual([2, true, 3])
  })

  test('of empty pages', async () => {
    const { truncated, calls } = await reading((response, _request, count) =>
      reply(response, 200, { images: [], next: `/v2/images?marker=${count}` }),
    )
    expect([truncated, calls]).toEqual([true, limits.pages])
  })

  test('whose images move between the pages gives each of them once', async () => {
    const { images, truncated } = await reading((response, _request, count) =>
      reply(response, 200, {
        images: [entry(count), entry(count + 1)],
        ...(count < 5 ? { next: `/v2/images?marker=${count}` } : {}),
      }),
    )
    expect([images.length, truncated]).toEqual([6, false])
  })

  test('keeps what is called like a part of every object', async () => {
    const { images } = await reading((response) =>
      reply(
        response,
        200,
        `{"images": [{"id": "__proto__", "status": "active", "visibility": "shared", "created_at": "", "updated_at": "", "__proto__": {"owner": "evil"}, "constructor": "x"}]}`,
      ),
    )
    expect(images).toHaveLength(1)
    expect(images[0]?.owner).toBeUndefined()
    expect(({} as { owner?: string }).owner).toBeUndefined()
  })
})

describe('one image', () => {
  const mint = () =>
    fake.mint({ images: [{ project: 'alpha', name: 'Debian', visibility: 'private' }] }).imageIds[0] ?? ''

  test('is read, and is that one', async () => {
    const id = mint()
    expect(await readImage(owner, id)).toMatchObject({ id, name: 'Debian', owner: alpha })
    await expect(readImage(owner, id.replace(/.$/, 'x'))).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('[matrix 36] that is another than the one asked for is refused', async () => {
    const server = await startScripted((response) =>
      reply(response, 200, {
        id: 'other',
        status: 'active',
        visibility: 'shared',
        created_at: '',
        updated_at: '',
      }),
    )
    const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: glanceFamily }
    await expect(readImage(access, 'this')).rejects.toMatchObject({ code: 'upstream_contract' })
    await server.stop()
  })

  test('can be made shareable and private again', async () => {
    const id = mint()
    expect((await setVisibility(owner, id, 'shared')).image.visibility).toBe('shared')
    const { upstreamRequestId } = await setVisibility(owner, id, 'private')
    expect(upstreamRequestId).toMatch(/^req-/)
    expect(fake.cloud.images().images.get(id)?.visibility).toBe('private')
  })

  test('[row 9] is changed by a patch of the type that Glance takes; as plain JSON it would be refused', async () => {
    const image = { id: 'i', status: 'active', visibility: 'shared', created_at: '', updated_at: '' }
    const server = await startScripted((response, { headers }) =>
      headers['content-type'] === 'application/openstack-images-v2.1-json-patch'
        ? reply(response, 200, image)
        : reply(response, 415),
    )
    const access = { http, endpoint: server.url, token: 't', projectId: alpha, family: glanceFamily }
    await setVisibility(access, 'i', 'shared').finally(() => server.stop())
    expect(server.requests.map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
      ['PATCH', [{ op: 'replace', path: '/visibility', value: 'shared' }]],
    ])
  })

  test('whose change was lost is unknown, and not sent twice', async () => {
    const id = mint()
    fake.fault({ method: 'PATCH', fault: { kind: 'reset', effect: true } })
    const error = await setVisibility(owner, id, 'shared').catch((thrown: unknown) => thrown)
    expect(codeOf(error)).toBe('outcome_unknown')
    expect(fake.calls({ method: 'PATCH', path: id })).toHaveLength(1)
  })
})
