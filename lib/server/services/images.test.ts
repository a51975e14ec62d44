import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ProjectContext, SessionContext } from '../context'
import { keepFact } from '../store/fact-rows'
import { activity } from '../store/schema'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { getImage, listImages, listImagesById, listMembers, setVisibility } from './images'

const embedded = stores[0]

describe('the images of a project', () => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let alice: SessionContext
  let ids: Record<string, string>
  let images: Record<string, string>

  beforeAll(async () => {
    if (!embedded) throw new Error('there is always the embedded store')
    ;[fake, place] = await Promise.all([startFakeCloud(), embedded.open()])
    runtime = await testRuntime({ fake, store: place.store })
    const minted = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
      images: [
        { project: 'alpha', name: 'Debian', count: 130 },
        { project: 'alpha', name: 'shared' },
        { project: 'alpha', name: 'private', visibility: 'private' },
        { project: 'alpha', name: 'hidden', os_hidden: true },
        { project: 'beta', name: 'offered' },
        { project: 'beta', name: 'public', visibility: 'public' },
      ],
      members: [
        { image: 'shared', project: 'beta', status: 'accepted' },
        { image: 'shared', project: 'A typed name' },
        { image: 'offered', project: 'alpha', status: 'accepted' },
      ],
    })
    ids = minted.projects
    images = minted.images
    alice = await signedIn(runtime, 'alice')
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  afterEach(() => fake.heal())

  const inAlpha = <Output>(run: (ctx: ProjectContext) => Promise<Output>) =>
    inTestProject(alice, ids.alpha ?? '', run)
  const id = (name: string) => images[name] ?? ''

  test('come page by page, as many calls upstream as pages, without foreign ones', async () => {
    await inAlpha(async () => {})
    fake.cloud.ledger.clear()
    const first = await inAlpha((ctx) => listImages(ctx, { hidden: 'false' }))
    const second = await inAlpha((ctx) =>
      listImages(ctx, { hidden: 'false', marker: first.next ?? undefined }),
    )
    expect([first.images.length, second.images.length, second.next]).toEqual([100, 32, null])
    expect(fake.calls()).toHaveLength(2)
    const hidden = await inAlpha((ctx) => listImages(ctx, { hidden: 'true' }))
    expect(hidden.images.map(({ name }) => name)).toEqual(['hidden'])
  })

  test('[matrix 36] leave out what a proxy without our filter lets through', async () => {
    const foreign = [...fake.cloud.images().images.values()].find(({ name }) => name === 'public')
    const body = JSON.stringify({
      images: [{ ...foreign, members: [], created_at: 'x', updated_at: 'x', tags: [] }],
    })
    fake.fault({ path: '^/v2/images$', fault: { kind: 'answer', status: 200, body } })
    expect(await inAlpha((ctx) => listImages(ctx, { hidden: 'false' }))).toEqual({
      images: [],
      next: null,
      truncated: false,
    })
  })

  test('[matrix 15] say that they are cut where the cloud’s link leads back', async () => {
    fake.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'loop' } })
    const page = await inAlpha((ctx) => listImages(ctx, { hidden: 'false' }))
    expect([page.images.length, page.next, page.truncated]).toEqual([100, null, true])
  })

  test('by id are one’s own, hidden ones too; unknown and foreign ones are left out', async () => {
    const asked = [
      id('shared'),
      id('hidden'),
      id('public'),
      id('offered'),
      '00000000-0000-4000-8000-000000000000',
    ]
    const found = await inAlpha((ctx) => listImagesById(ctx, { ids: asked }))
    expect(found.map(({ name }) => name).sort()).toEqual(['hidden', 'shared'])
  })

  test('have members with status and times; one that has none to show says why', async () => {
    const asked = [id('shared'), id('private'), '00000000-0000-4000-8000-000000000000', id('Debian-0001')]
    fake.cloud.ledger.clear()
    const [shared, ...others] = await inAlpha((ctx) => listMembers(ctx, { ids: asked }))
    expect(shared?.members.map(({ project, status }) => [project, status]).sort()).toEqual(
      [
        [ids.beta, 'accepted'],
        ['A typed name', 'pending'],
      ].sort(),
    )
    expect(others.map(({ refused, members }) => [refused, members.length])).toEqual([
      ['not_shareable', 0],
      ['image_not_found', 0],
      [null, 0],
    ])
    expect(fake.calls({ path: '/members$' })).toHaveLength(4)
  })

  test('whose members can’t be read are an error, not images without members', async () => {
    fake.fault({ path: '/members$', fault: { kind: 'mangle', how: 'html' } })
    const reading = inAlpha((ctx) => listMembers(ctx, { ids: [id('shared')] }))
    await expect(reading).rejects.toMatchObject({ code: 'upstream_contract' })
  })

  test('one of them comes with its members and the limit, as far as it is known', async () => {
    const view = () => inAlpha((ctx) => getImage(ctx, { imageId: id('shared') }))
    expect(await view()).toMatchObject({
      image: { name: 'shared' },
      memberLimit: null,
      members: { refused: null },
    })
    await keepFact(place.store.db, { cloud: 'openstack', region: 'north' }, 'member-limit', 128, 0)
    expect((await view()).memberLimit).toBe(128)
    for (const imageId of [id('public'), id('offered'), '00000000-0000-4000-8000-000000000000']) {
      await expect(inAlpha((ctx) => getImage(ctx, { imageId }))).rejects.toMatchObject({
        code: 'image_not_found',
      })
    }
  })

  describe('made shareable', () => {
    const change = (imageId: string, visibility: 'shared' | 'private') =>
      inAlpha((ctx) => setVisibility(ctx, { imageId, visibility }))

    test('[row 8] leave an intent and an outcome in the log', async () => {
      expect(await change(id('private'), 'shared')).toMatchObject({ visibility: 'shared' })
      const acts = await place.store.db.select().from(activity).orderBy(activity.id)
      const rows = acts.filter(({ verb }) => verb === 'image.set_visibility')
      expect(rows).toMatchObject([
        { phase: 'intent', outcome: null, userName: 'alice', projectId: ids.alpha },
        { phase: 'outcome', outcome: 'succeeded', upstreamRequestId: expect.stringMatching(/^req-/) },
      ])
      expect(rows[0]?.targets).toMatchObject({ name: 'private', before: 'private', after: 'shared' })
      expect(rows[0]?.act).toBe(rows[1]?.act)
    })

    test.each([
      ['refused', { kind: 'answer', status: 403 }, 'forbidden', 'failed'],
      ['lost', { kind: 'reset', effect: true }, 'outcome_unknown', 'unknown'],
    ] as const)('and %s say so there', async (_how, fault, code, outcome) => {
      fake.fault({ method: 'PATCH', fault })
      await expect(change(id('Debian-0002'), 'private')).rejects.toMatchObject({ code })
      expect((await place.store.db.select().from(activity).orderBy(activity.id)).at(-1)).toMatchObject({
        phase: 'outcome',
        outcome,
        code,
      })
    })

    test('[row 18] and private again keep their members out of sight, and nobody is let in meanwhile', async () => {
      const [imageId = ''] = fake.mint({ images: [{ project: 'alpha', name: 'switched' }] }).imageIds
      fake.mint({ members: [{ image: imageId, project: 'beta', status: 'accepted' }] })
      const seen = async () => (await inAlpha((ctx) => listMembers(ctx, { ids: [imageId] })))[0]
      expect(await change(imageId, 'private')).toMatchObject({ shareObstacle: 'visibility' })
      expect(await seen()).toMatchObject({ members: [], refused: 'not_shareable' })
      await change(imageId, 'shared')
      expect(await seen()).toMatchObject({ members: [{ status: 'accepted' }], refused: null })
    })

    test('are one’s own alone: a foreign one is refused before the cloud is asked to', async () => {
      await expect(change(id('public'), 'private')).rejects.toMatchObject({ code: 'image_not_found' })
      expect(fake.calls({ method: 'PATCH', path: id('public') })).toEqual([])
    })
  })
})
