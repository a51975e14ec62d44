import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CloudFamily } from '../cloud/family'
import type { ProjectContext } from '../context'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp, imsFamily, oldGlanceFamily } from '../testing/image-access'
import { getOffer, listOffers } from './incoming'

const http = hastyHttp()
afterAll(() => http.close())

describe.each<['ecl' | 'otc' | 'huawei', CloudFamily]>([
  ['ecl', oldGlanceFamily],
  ['otc', imsFamily],
  ['huawei', imsFamily],
])('[U5] incoming offers on %s', (flavour, family) => {
  let fake: FakeCloud
  let ctx: ProjectContext
  let images: Record<string, string>

  beforeAll(async () => {
    fake = await startFakeCloud({ flavour })
    // How one signs in there is told elsewhere.
    Object.assign(fake.cloud.settings, { identity: 'keystone', rescoping: true })
    const visibility = 'private' as const
    const minted = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }],
      users: [{ name: 'bob', roles: [{ project: 'beta' }] }],
      images: [
        ...['waiting', 'taken', 'refused', 'for others', 'for nobody'].map((name) => ({
          project: 'alpha',
          name,
          visibility,
        })),
        { project: 'beta', name: 'our own', visibility },
        { project: 'alpha', name: 'open', visibility: 'public' },
      ] as const,
      members: [
        { image: 'waiting', project: 'beta' },
        { image: 'taken', project: 'beta', status: 'accepted' },
        { image: 'refused', project: 'beta', status: 'rejected' },
        { image: 'for others', project: 'gamma', status: 'accepted' },
        { image: 'our own', project: 'gamma', status: 'accepted' },
      ],
    })
    images = minted.images
    const access = await accessAs(fake, http, 'bob', minted.projects.beta ?? '', family)
    const projects = [{ id: minted.projects.alpha, name: 'The owner', domainId: 'd', enabled: true }]
    ctx = { access, session: { projects } } as unknown as ProjectContext
  })
  afterAll(() => fake.stop())
  afterEach(() => {
    fake.heal()
    fake.cloud.ledger.clear()
  })

  const offer = (name: string) => getOffer(ctx, { imageId: images[name] ?? '' })

  test('[row 4] [row 5] are those of others in every state, by one call for each', async () => {
    const { offers, ...facts } = await listOffers(ctx)
    const named = offers.map(({ image, status, ownerName }) => [image.name, status, ownerName].join(' '))
    expect(named.sort()).toEqual([
      'refused rejected The owner',
      'taken accepted The owner',
      'waiting pending The owner',
    ])
    expect(facts).toMatchObject({ truncated: false, wholeCloud: false, counts: { pending: 1, accepted: 1 } })
    expect(fake.calls({ service: 'image' })).toHaveLength(3)
  })

  test.each([
    ['waiting', 'pending'],
    ['taken', 'accepted'],
    ['refused', 'rejected'],
  ])('[row 1] opened one by one are shown in any state: %s', async (name, status) => {
    expect(await offer(name)).toMatchObject({
      image: { name },
      status,
      sharedAt: expect.stringMatching(/Z$/),
      answeredAt: status === 'pending' ? null : expect.stringMatching(/Z$/),
    })
  })

  test.each(['our own', 'for others', 'for nobody', 'open'])('%s is none', async (name) => {
    await expect(offer(name)).rejects.toMatchObject({ code: 'image_not_found' })
  })
})

describe('an offer of an IMS cloud', () => {
  test('is shown without its times to who may not read members', async () => {
    const fake = await startFakeCloud({ flavour: 'otc' })
    fake.cloud.settings.identity = 'keystone'
    const { projects, images } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'bob', roles: [{ project: 'beta' }] }],
      images: [{ project: 'alpha', name: 'waiting' }],
      members: [{ image: 'waiting', project: 'beta' }],
    })
    const access = await accessAs(fake, http, 'bob', projects.beta ?? '', imsFamily)
    const ctx = { access, session: { projects: [] } } as unknown as ProjectContext
    const body = JSON.stringify({ error: { code: 'IMG.0026', message: 'no right' } })
    fake.fault({ path: '/members/', fault: { kind: 'answer', status: 403, body } })
    const offer = await getOffer(ctx, { imageId: images.waiting ?? '' })
    expect(offer).toMatchObject({ status: 'pending', sharedAt: null, answeredAt: null })
    await fake.stop()
  })
})
