import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProjectContext, SessionContext } from '../context'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { listClouds } from './clouds'
import { getImage, listImages, setVisibility } from './images'

const embedded = stores[0]
type Kind = 'openstack' | 'ecl' | 'otc'

interface World {
  fake: FakeCloud
  runtime: TestRuntime
  alice: SessionContext
  imageId: string
  inAlpha<Output>(run: (ctx: ProjectContext) => Promise<Output>): Promise<Output>
  /** Calls to the image service, as method and path. */
  asked(): string[]
  end(): Promise<void>
}

let place: TestStore
beforeAll(async () => {
  if (!embedded) throw new Error('there is always the embedded store')
  place = await embedded.open()
})
afterAll(() => place.close())

async function world(flavour: Kind, regions?: string[]): Promise<World> {
  const fake = await startFakeCloud({ flavour, ...(regions ? { regions } : {}) })
  // How one signs in there is told elsewhere.
  fake.cloud.settings.identity = 'keystone'
  const { projects, images } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
    images: [{ project: 'alpha', name: 'Debian', visibility: 'private' }],
    members: [{ image: 'Debian', project: 'beta', status: 'accepted' }],
  })
  const runtime = await testRuntime({ fake, store: place.store })
  const alice = await signedIn(runtime, 'alice')
  return {
    fake,
    runtime,
    alice,
    imageId: images.Debian ?? '',
    inAlpha: (run) => inTestProject(alice, projects.alpha ?? '', run),
    asked: () => fake.calls({ service: 'image' }).map(({ method, path }) => `${method} ${path}`),
    async end() {
      await runtime.close()
      await fake.stop()
    },
  }
}

describe('[U5] a cloud is spoken to in its own way, and found out about once', () => {
  test.each<[Kind, string[], string]>([
    ['openstack', ['GET /v2/cloudimages', 'GET /versions'], 'GET /v2/images'],
    ['ecl', ['GET /v2/cloudimages', 'GET /versions'], 'GET /v2/images'],
    ['otc', ['GET /v2/cloudimages'], 'GET /v2/cloudimages'],
  ])('%s', async (flavour, probes, list) => {
    const { inAlpha, asked, end } = await world(flavour)
    const page = await inAlpha((ctx) => listImages(ctx, { hidden: 'false' }))
    expect(page.images.map(({ name }) => name)).toEqual(['Debian'])
    await inAlpha((ctx) => listImages(ctx, { hidden: 'false' }))
    expect(asked()).toEqual([...probes, list, list])
    await end()
  })

  test.each<[Kind, object]>([
    ['openstack', { canSwitchVisibility: true, members: { members: [], refused: 'not_shareable' } }],
    ['ecl', { canSwitchVisibility: false, members: { members: [{ status: 'accepted' }], refused: null } }],
    ['otc', { canSwitchVisibility: false, members: { members: [{ status: 'accepted' }], refused: null } }],
  ])('[row 8] a private image of %s', async (flavour, view) => {
    const { inAlpha, imageId, fake, end } = await world(flavour)
    const obstacle = flavour === 'openstack' ? 'visibility' : null
    expect(await inAlpha((ctx) => getImage(ctx, { imageId }))).toMatchObject({
      ...view,
      image: { shareObstacle: obstacle },
    })
    const change = inAlpha((ctx) => setVisibility(ctx, { imageId, visibility: 'shared' }))
    if (obstacle) expect((await change).shareObstacle).toBeNull()
    else await expect(change).rejects.toMatchObject({ code: 'not_supported' })
    expect(fake.calls({ method: 'PATCH' })).toHaveLength(obstacle ? 1 : 0)
    await end()
  })
})

describe('[U5] the clouds of a session', () => {
  test('are shown region by region, with what each can do and how that is known', async () => {
    const { alice, fake, asked, end } = await world('otc', ['north', 'south'])
    const views = await listClouds(alice)
    expect(views.map(({ region }) => region)).toEqual(['north', 'south'])
    for (const view of views) {
      expect(view).toMatchObject({
        cloud: 'openstack',
        label: 'openstack',
        identityHost: new URL(fake.authUrl).host,
        imageHost: new URL(fake.imageUrl).host,
        roles: ['member', 'reader'],
        memberLimit: null,
        capabilities: {
          sharing: { value: 'batch', source: 'probed', at: expect.stringMatching(/Z$/) },
          visibility_model: { value: 'any', source: 'probed' },
          job_endpoint: { value: 'project', source: 'stated', at: null },
          answer_undo: { value: 'no', source: 'stated', at: null },
          rescoping: { value: 'yes', source: 'measured', at: null },
        },
      })
    }
    expect(asked()).toHaveLength(2)
    await listClouds(alice)
    expect(asked()).toHaveLength(2)
    await end()
  })

  test('are shown as far as they are known where a region can’t be entered', async () => {
    const { alice, fake, end } = await world('openstack', ['north', 'west'])
    fake.cloud.settings.imageUrlByRegion = { west: 'https://elsewhere.example' }
    const views = await listClouds(alice)
    expect(views.map(({ imageHost, roles }) => [imageHost !== '', roles])).toEqual([
      [true, ['member', 'reader']],
      [false, []],
    ])
    expect(views[1]?.capabilities.sharing).toEqual({ value: 'native', source: 'unknown', at: null })
    await end()
  })
})
