import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp, imsFamily } from '../testing/image-access'
import { reply, startScripted } from '../testing/scripted-server'
import type { ImageAccess } from './glance'
import { readAllImages, readImage, readImagePage, readImagesById } from './images'
import { imsFacts } from './ims-images'
import { limits } from './limits'

const http = hastyHttp()
let fake: FakeCloud
let alpha: ImageAccess
let beta: ImageAccess
let images: Record<string, string>

beforeAll(async () => {
  fake = await startFakeCloud({ flavour: 'otc' })
  // How one signs in there is told elsewhere.
  fake.cloud.settings.identity = 'keystone'
  const minted = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
    ],
    images: [
      { project: 'alpha', name: 'filling', count: 130 },
      { project: 'alpha', name: 'waiting' },
      { project: 'alpha', name: 'taken' },
      { project: 'alpha', name: 'refused' },
      { project: 'alpha', name: 'encrypted', ims: { encrypted: true } },
      { project: 'alpha', name: 'server', ims: { fullServer: 'cbr' } },
      { project: 'alpha', name: 'gold', ims: { gold: true } },
      { project: 'beta', name: 'our own' },
    ],
    members: [
      { image: 'waiting', project: 'beta' },
      { image: 'taken', project: 'beta', status: 'accepted' },
      { image: 'refused', project: 'beta', status: 'rejected' },
      { image: 'our own', project: 'alpha', status: 'accepted' },
    ],
  })
  images = minted.images
  alpha = await accessAs(fake, http, 'alice', minted.projects.alpha ?? '', imsFamily)
  beta = await accessAs(fake, http, 'bob', minted.projects.beta ?? '', imsFamily)
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
afterEach(() => {
  fake.heal()
  fake.cloud.settings.cloudImagesLimits.max = 1000
  fake.cloud.ledger.clear()
})

const id = (name: string) => images[name] ?? ''
const own = { list: { of: 'own' }, hidden: false } as const
const lists = () => fake.calls({ method: 'GET', path: '^/v2/cloudimages$' })

describe('[U5] the images of an IMS cloud', () => {
  test('are one’s own, whatever their visibility, page by page by the last image', async () => {
    const { images: found, truncated } = await readAllImages(alpha, own)
    expect([found.length, truncated, lists().length]).toEqual([136, false, 2])
    expect(found.every(({ owner }) => owner === alpha.projectId)).toBe(true)
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['taken', 'gold', 'server']))
    expect(fake.calls({ path: '^/v2/images' })).toEqual([])
  })

  test.each([10, 25, 50])('[row 36] are all read where the cloud cuts pages at %i', async (max) => {
    fake.cloud.settings.cloudImagesLimits.max = max
    const { images: found, truncated } = await readAllImages(alpha, own)
    expect([found.length, truncated]).toEqual([136, false])
  })

  test('are never hidden, so nobody is asked for those that are', async () => {
    expect(await readImagePage(alpha, { ...own, hidden: true })).toEqual({
      images: [],
      next: null,
      broken: false,
    })
    expect(lists()).toEqual([])
  })

  test.each([
    ['pending', ['waiting']],
    ['accepted', ['taken']],
    ['rejected', ['refused']],
  ] as const)('that others offer are listed by their status: %s', async (status, names) => {
    const { images: found } = await readAllImages(beta, { list: { of: 'offered', status }, hidden: false })
    expect(found.filter(({ owner }) => owner !== beta.projectId).map(({ name }) => name)).toEqual(names)
  })

  test('are found by their ids: one by a call for it, several in the list', async () => {
    expect((await readImage(alpha, id('server'))).name).toBe('server')
    expect(lists()).toHaveLength(1)
    expect([...(await readImagesById(alpha, [id('taken')], 'own')).keys()]).toEqual([id('taken')])
    expect(lists()).toHaveLength(2)
    const asked = [id('taken'), id('gold'), id('our own'), '00000000-0000-4000-8000-000000000000']
    const some = await readImagesById(alpha, asked, 'own')
    expect([...some.values()].map(({ name }) => name).sort()).toEqual(['gold', 'taken'])
    const offered = await readImagesById(beta, [id('waiting'), id('refused'), id('our own')], 'offered')
    expect([...offered.values()].map(({ name }) => name).sort()).toEqual(['refused', 'waiting'])
  })

  test('[row 3] [row 16] that are gone, or not ours to see, are not found', async () => {
    for (const imageId of ['00000000-0000-4000-8000-000000000000', id('encrypted')]) {
      await expect(readImage(beta, imageId)).rejects.toMatchObject({ code: 'image_not_found' })
    }
  })

  test('[row 39] come in the shape of Glance’s, with what only this cloud says of them', async () => {
    const image = await readImage(alpha, id('server'))
    expect(image).toMatchObject({ size: 2_361_393_152, visibility: 'private', protected: false })
    expect(imsFacts(image)).toMatchObject({ fullServer: true, encrypted: false, market: false })
    expect(imsFacts(await readImage(alpha, id('encrypted')))).toMatchObject({ encrypted: true })
    expect((await readImage(alpha, id('gold'))).visibility).toBe('public')
  })
})

async function reading(answer: (marker: string | null) => unknown) {
  const server = await startScripted((response, { url }) => {
    reply(response, 200, answer(new URL(url, 'http://x').searchParams.get('marker')))
  })
  const access = { http, endpoint: server.url, token: 't', projectId: 'p', family: imsFamily }
  const result = await readAllImages(access, own).finally(() => server.stop())
  return { ...result, urls: server.requests.map(({ url }) => url) }
}

describe('rows of another kind than documented', () => {
  test('[row 39] [row 45] are coerced, and what they don’t say is not known', async () => {
    const { images: found } = await reading(() => ({
      images: [
        { id: 'a', status: 'ACTIVE', __image_size: '1024', size: 0, min_ram: '2048', protected: 'True' },
        { id: 'b', status: 'new', visibility: 'Strange', name: null, owner: null, __image_size: 'x' },
        { id: 'c', status: 'active', __imagetype: 'GOLD', tags: 'none', min_disk: {}, created_at: 5 },
      ],
    }))
    expect(found).toMatchObject([
      { status: 'ACTIVE', size: 1024, min_ram: 2048, protected: true, visibility: '' },
      { status: 'new', size: null, name: null, owner: null, visibility: 'strange' },
      { visibility: 'public', tags: null, min_disk: null, created_at: '' },
    ])
  })

  test('without an id are a broken contract', async () => {
    await expect(reading(() => ({ images: [{ status: 'active' }] }))).rejects.toMatchObject({
      code: 'upstream_contract',
    })
  })

  const row = (at: number) => ({ id: `image-${at}`, status: 'active' })

  test.each<[string, (marker: string | null) => unknown]>([
    ['link', (marker) => (marker === null ? { next: '/v2/cloudimages?marker=opaque&limit=1' } : {})],
    [
      'marker in page_info',
      (marker) => ({ page_info: marker === null ? { next_marker: 'opaque' } : { current_count: 1 } }),
    ],
  ])('with a %s are followed by it', async (_what, more) => {
    const { images: found, urls } = await reading((marker) => ({
      images: [row(marker === null ? 1 : 2)],
      ...(more(marker) as object),
    }))
    expect([found.length, urls.length]).toEqual([2, 2])
    expect(urls[1]).toContain('marker=opaque')
  })

  test('that never end are cut, and said to be', async () => {
    const full = Array.from({ length: limits.pageSize }, (_, at) => row(at))
    const same = await reading(() => ({ images: full }))
    expect([same.images.length, same.truncated, same.urls.length]).toEqual([limits.pageSize, true, 2])
    const lost = await reading(() => ({ images: [row(1)], next: '/v2/cloudimages' }))
    expect([lost.images.length, lost.truncated, lost.urls.length]).toEqual([1, true, 1])
  })
})
