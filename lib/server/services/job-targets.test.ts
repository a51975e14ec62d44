import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StartJobInput } from '../../contracts/inputs/jobs'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp, imsFamily, oldGlanceFamily } from '../testing/image-access'
import { chooseTargets, pairsOf } from './job-targets'

const http = hastyHttp()
let fake: FakeCloud
let ids: Record<string, string>
let images: Record<string, string>
let owner: ProjectContext
let recipient: ProjectContext
let admin: ProjectContext

beforeAll(async () => {
  fake = await startFakeCloud()
  const minted = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
      { name: 'root', roles: [{ project: 'gamma', role: 'admin' }] },
    ],
    images: [
      { project: 'alpha', name: 'one' },
      { project: 'alpha', name: 'hidden', os_hidden: true },
      { project: 'alpha', name: 'private', visibility: 'private' },
      { project: 'beta', name: 'foreign', visibility: 'public' },
      { project: 'gamma', name: 'unseen' },
      { project: 'alpha', name: 'switched off', status: 'deactivated' },
      { project: 'beta', name: 'everybody’s', visibility: 'community' },
    ],
    members: [
      { image: 'one', project: 'beta' },
      { image: 'hidden', project: 'beta', status: 'rejected' },
    ],
  })
  ids = minted.projects
  images = minted.images
  const context = async (user: string, project: string) => {
    const access = await accessAs(fake, http, user, project)
    const projects = [{ id: ids.gamma, name: 'Gamma', domainId: 'default', enabled: true }]
    return { access, project: { id: project }, session: { projects } } as unknown as ProjectContext
  }
  owner = await context('alice', ids.alpha ?? '')
  recipient = await context('bob', ids.beta ?? '')
  admin = { ...(await context('root', ids.gamma ?? '')), isAdmin: true }
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
beforeEach(() => fake.cloud.ledger.clear())

const unknown = '00000000-0000-4000-8000-000000000000'
const image = (...names: string[]) => names.map((name) => images[name] ?? name)
const project = (...names: string[]) => names.map((name) => ids[name] ?? name)
const choose = (ctx: ProjectContext, wish: Partial<StartJobInput>) =>
  chooseTargets(ctx, {
    cloud: 'openstack',
    region: 'north',
    project: 'whatever the input says',
    kind: 'share',
    images: image('one'),
    projects: project('gamma'),
    except: [],
    idempotencyKey: '',
    ...wish,
  })

describe('a bulk act', () => {
  test('is about images and projects by name, each once, hidden images too', async () => {
    const targets = await choose(owner, {
      images: image('one', 'hidden', 'one'),
      projects: project('gamma', 'beta', 'gamma'),
      except: [[image('hidden')[0] ?? '', project('beta')[0] ?? '']],
    })
    expect(targets).toEqual({
      images: [
        { id: images.one, name: 'one' },
        { id: images.hidden, name: 'hidden' },
      ],
      projects: [
        { id: ids.gamma, name: 'Gamma' },
        { id: ids.beta, name: null },
      ],
      pairs: [
        [0, 0],
        [0, 1],
        [1, 0],
      ],
    })
  })

  test.each<[string, Partial<StartJobInput>, string, object]>([
    ['one’s own project', { projects: ['alpha'] }, 'own_project', { fields: { projects: 'own_project' } }],
    ['one’s own project, offered again', { kind: 'offer_again', projects: ['alpha'] }, 'own_project', {}],
    [
      'a name for a project',
      { projects: ['gamma', 'My Project'] },
      'invalid_input',
      { values: { id: 'My Project' } },
    ],
    ['an id in capitals', { projects: ['0123456789ABCDEF0123456789ABCDEF'] }, 'invalid_input', {}],
    ['an endless id', { projects: ['x'.repeat(255)] }, 'invalid_input', { values: { id: 'x'.repeat(80) } }],
    [
      'a private image',
      { images: ['one', 'private'] },
      'not_shareable',
      { values: { name: 'private', count: 1 } },
    ],
    ['a foreign image', { images: ['foreign'] }, 'image_not_found', { values: { count: 1 } }],
    ['an image out of sight', { images: ['unseen'] }, 'image_not_found', {}],
    [
      'an unknown image',
      { images: [unknown, 'one'] },
      'image_not_found',
      { values: { id: unknown, count: 1 } },
    ],
  ])(
    'on %s is refused before anything is sent',
    async (_what, { images: some, projects, ...wish }, code, facts) => {
      const named = {
        ...wish,
        ...(some ? { images: image(...some) } : {}),
        ...(projects ? { projects: project(...projects) } : {}),
      }
      const error = await choose(owner, named).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ code, ...facts })
      expect(fake.calls({ path: '/members' })).toEqual([])
    },
  )

  test('that stops sharing takes members and private images as they are', async () => {
    const targets = await choose(owner, {
      kind: 'stop',
      images: image('private'),
      projects: ['A typed name', ids.alpha ?? ''],
    })
    expect(targets.pairs).toHaveLength(2)
  })

  test('asks the cloud a few times, not once per image', async () => {
    const many = fake.mint({ images: [{ project: 'alpha', name: 'many', count: 120 }] }).imageIds
    const targets = await choose(owner, { images: many })
    expect([targets.images.length, fake.calls({ service: 'image' }).length]).toEqual([120, 6])
  })
})

describe('an administrator', () => {
  const stop = (...names: string[]) => choose(admin, { kind: 'stop', images: image(...names) })

  test('stops the sharing of anybody’s image, hidden, deactivated or behind another visibility', async () => {
    const names = ['one', 'hidden', 'switched off', 'private', 'everybody’s', 'unseen']
    const targets = await stop(...names)
    expect(targets.images.map(({ name }) => name)).toEqual(names)
    expect(targets.pairs).toHaveLength(6)
  })

  test('still hears of images that are not there', async () => {
    await expect(stop('one', unknown)).rejects.toMatchObject({
      code: 'image_not_found',
      values: { count: 1 },
    })
  })

  test.each(['share', 'offer_again', 'accept', 'reject'] as const)('does not %s for others', async (kind) => {
    const projects = kind === 'accept' || kind === 'reject' ? project('gamma') : project('beta')
    const images = kind === 'accept' || kind === 'reject' ? image('private') : image('one')
    await expect(choose(admin, { kind, images, projects })).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('of a cloud that hides others’ images stops only what is the project’s own', async () => {
    const there = { ...admin, access: { ...admin.access, family: oldGlanceFamily } }
    await expect(choose(there, { kind: 'stop' })).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('nobody else ends the sharing of others', async () => {
    const wish = { kind: 'stop' as const, images: image('foreign') }
    await expect(choose(owner, wish)).rejects.toMatchObject({ code: 'image_not_found' })
  })
})

describe('pairs that are no rectangle', () => {
  test('are run as named, each once, though images or projects were named twice', async () => {
    const targets = await choose(owner, {
      kind: 'stop',
      images: image('one', 'hidden', 'one'),
      projects: project('gamma', 'beta'),
      only: [
        [2, 1],
        [0, 1],
        [1, 0],
      ],
    })
    expect(targets.images.map(({ name }) => name)).toEqual(['one', 'hidden'])
    expect(targets.pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })
})

test.each(['stop', 'offer_again'] as const)(
  'images with a project twice are marked for %s alone',
  async (kind) => {
    const wish = { kind, images: image('one', 'hidden'), twice: image('hidden', 'foreign') }
    const { images: targets } = await choose(owner, wish)
    expect(targets.map(({ twice }) => twice)).toEqual([undefined, kind === 'stop' ? true : undefined])
  },
)

describe('pairs out of an audit that is older than the cloud', () => {
  const gone = '00000000-0000-4000-8000-00000000dead'
  const both = (images: string[]) =>
    choose(owner, {
      kind: 'stop',
      images,
      projects: project('beta', 'gamma'),
      only: [
        [0, 1],
        [1, 0],
      ],
    })

  test('leave out images that are gone: nothing is left to stop there', async () => {
    const targets = await both([gone, ...image('one')])
    expect(targets.images.map(({ name }) => name)).toEqual(['one'])
    expect(targets.projects).toMatchObject([{ id: project('beta')[0] }])
    expect(targets.pairs).toEqual([[0, 0]])
  })

  test('are refused when every image is gone, or somebody else’s', async () => {
    await expect(both([gone, ...image('foreign')])).rejects.toMatchObject({ code: 'image_not_found' })
  })
})

describe('an answer', () => {
  const mine = () => project('beta')

  test('is about offers in any state, hidden ones too', async () => {
    const { pairs } = await choose(recipient, {
      kind: 'accept',
      images: image('one', 'hidden'),
      projects: mine(),
    })
    expect(pairs).toEqual([
      [0, 0],
      [1, 0],
    ])
  })

  test.each<[string, string[], string[], string]>([
    ['for another project', ['one'], ['gamma'], 'invalid_input'],
    ['for two', ['one'], ['beta', 'gamma'], 'invalid_input'],
    ['to one’s own image', ['foreign'], ['beta'], 'image_not_found'],
    ['to what is not offered', ['unseen'], ['beta'], 'image_not_found'],
    ['to what is private by now', ['private'], ['beta'], 'image_not_found'],
  ])('%s is refused', async (_what, some, projects, code) => {
    const wish = { kind: 'reject' as const, images: image(...some), projects: project(...projects) }
    await expect(choose(recipient, wish)).rejects.toMatchObject({ code })
  })
})

describe.each([
  ['ecl', oldGlanceFamily],
  ['otc', imsFamily],
] as const)('a bulk act on %s', (flavour, family) => {
  let other: FakeCloud
  let ours: ProjectContext
  let named: Record<string, string>
  let gamma = ''

  beforeAll(async () => {
    other = await startFakeCloud({ flavour })
    // How one signs in there is told elsewhere.
    other.cloud.settings.identity = 'keystone'
    const minted = other.mint({
      projects: [{ name: 'alpha' }, { name: 'gamma' }],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
      images: [
        { project: 'alpha', name: 'private', visibility: 'private' },
        { project: 'alpha', name: 'public', visibility: 'public' },
        { project: 'alpha', name: 'queued', visibility: 'private', status: 'queued' },
        { project: 'alpha', name: 'server', visibility: 'private', ims: { fullServer: 'cbr' } },
      ],
    })
    named = minted.images
    gamma = minted.projects.gamma ?? ''
    const access = await accessAs(other, http, 'alice', minted.projects.alpha ?? '', family)
    const project = { id: minted.projects.alpha }
    ours = { access, project, session: { projects: [] } } as unknown as ProjectContext
  })
  afterAll(() => other.stop())

  const share = (...names: string[]) =>
    choose(ours, { images: names.map((name) => named[name] ?? ''), projects: [gamma] })

  test('shares private images, and no public ones', async () => {
    expect((await share('private')).images).toEqual([{ id: named.private, name: 'private' }])
    await expect(share('private', 'public')).rejects.toMatchObject({
      code: 'image_public',
      values: { name: 'public' },
    })
  })

  test('on an image that is not ready is refused where the cloud would refuse it', async () => {
    if (flavour === 'ecl') expect((await share('queued')).pairs).toHaveLength(1)
    else await expect(share('queued')).rejects.toMatchObject({ code: 'image_not_ready' })
  })

  test('[row 40] knows which images are of whole servers', async () => {
    const { images: targets } = await share('private', 'server')
    expect(targets.map(({ fullServer }) => fullServer)).toEqual([
      undefined,
      flavour === 'otc' ? true : undefined,
    ])
  })
})

describe('pairs', () => {
  test.each<[string[], string[], [string, string][], string]>([
    [['a', 'b'], ['x', 'y'], [], '00 01 10 11'],
    [
      ['a', 'b'],
      ['x', 'y'],
      [
        ['a', 'x'],
        ['b', 'y'],
      ],
      '01 10',
    ],
    [
      ['a'],
      ['x'],
      [
        ['a', 'y'],
        ['z', 'x'],
      ],
      '00',
    ],
  ])('of %j and %j without %j', (some, projects, except, wanted) => {
    expect(
      pairsOf(some, projects, except)
        .map((pair) => pair.join(''))
        .join(' '),
    ).toBe(wanted)
  })

  test('are no more than one job may have, whatever else the exceptions name', () => {
    const many = (letter: string, count: number) => Array.from({ length: count }, (_, at) => `${letter}${at}`)
    const elsewhere = many('e', 19_000).map((one): [string, string] => [one, one])
    expect(pairsOf(many('a', 200), many('x', 100), elsewhere)).toHaveLength(20_000)
    expect(() => pairsOf(many('a', 200), many('x', 101), elsewhere)).toThrow(
      expect.objectContaining({ code: 'too_many', values: { limit: 20_000 } }),
    )
  })

  test('that are all left out are none to run', () => {
    expect(() => pairsOf(['a'], ['x'], [['a', 'x']])).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
