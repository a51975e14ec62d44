import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OfferList } from '../../contracts/incoming'
import type { ProjectContext } from '../context'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp } from '../testing/image-access'
import { getOffer, listOffers, seesWholeCloud } from './incoming'

const http = hastyHttp()
let fake: FakeCloud
let ids: Record<string, string>
const images: Record<string, string> = {}

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
      { name: 'root', roles: [{ project: 'beta', role: 'admin' }] },
    ],
  })
  ids = projects
  const mint = (
    name: string,
    more: object,
    members: { project: string; status?: 'accepted' | 'rejected' }[],
  ) => {
    const [id = ''] = fake.mint({ images: [{ project: 'alpha', name, ...more }] }).imageIds
    fake.mint({ members: members.map((member) => ({ ...member, image: id })) })
    images[name] = id
  }
  mint('waiting', {}, [{ project: 'beta' }])
  mint('taken', {}, [{ project: 'beta', status: 'accepted' }])
  mint('refused', {}, [{ project: 'beta', status: 'rejected' }])
  mint('hidden', { os_hidden: true }, [{ project: 'beta' }])
  mint('for others', {}, [{ project: 'gamma', status: 'accepted' }])
  mint('for nobody', {}, [])
  mint('made private', { visibility: 'private' }, [{ project: 'beta' }])
  mint('our own', { project: 'beta' }, [{ project: 'alpha' }])
  mint('nobody’s', { project: null }, [{ project: 'beta' }])
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
afterEach(() => fake.heal())

async function contextOf(user: string, project = 'beta'): Promise<ProjectContext> {
  const access = await accessAs(fake, http, user, ids[project] ?? '')
  const session = { projects: [{ id: ids.alpha, name: 'The owner', domainId: 'default', enabled: true }] }
  return { access, session } as unknown as ProjectContext
}
const named = ({ offers }: OfferList) =>
  Object.fromEntries(offers.map(({ image, status }) => [image.name, status]).sort())

const offered = {
  hidden: 'pending',
  'nobody’s': 'pending',
  refused: 'rejected',
  taken: 'accepted',
  waiting: 'pending',
}

describe('[X9] incoming offers', () => {
  test('[row 4] [row 5] are all of them, in every state, hidden ones too, and never our own', async () => {
    const list = await listOffers(await contextOf('bob'))
    expect(named(list)).toEqual(offered)
    expect(list).toMatchObject({
      counts: { pending: 3, accepted: 1, rejected: 1 },
      truncated: false,
      wholeCloud: false,
    })
  })

  test('name their owner where the cloud tells it', async () => {
    const { offers } = await listOffers(await contextOf('bob'))
    const owners = new Map(offers.map(({ image, owner, ownerName }) => [image.name, [owner, ownerName]]))
    expect(owners.get('waiting')).toEqual([ids.alpha, 'The owner'])
    expect(owners.get('nobody’s')).toEqual(['', null])
  })

  test('[row 6] for a token that sees the whole cloud are read image by image', async () => {
    fake.cloud.ledger.clear()
    const list = await listOffers(await contextOf('root'))
    expect(named(list)).toEqual(offered)
    expect(list).toMatchObject({ wholeCloud: true, truncated: false, counts: { pending: 3 } })
    const asked = fake.calls({ method: 'GET', path: '/members/' })
    expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length)
    for (const { path } of asked) expect(path).toMatch(new RegExp(`/members/${ids.beta}$`))
    expect(asked.some(({ path }) => path.includes(images['our own'] ?? '-'))).toBe(false)
  })

  test('answered while we read stand there once, as answered', async () => {
    const ctx = await contextOf('bob')
    const hold = await fake.control.hold({ query: 'member_status=accepted', times: 1 })
    const reading = listOffers(ctx)
    await hold.waitFor(1)
    await fake.control.waitForCalls({ query: 'member_status=pending' }, 2, { answered: true })
    fake.mint({ members: [{ image: images.waiting ?? '', project: 'beta', status: 'accepted' }] })
    await hold.remove()
    const list = await reading
    fake.mint({ members: [{ image: images.waiting ?? '', project: 'beta', status: 'pending' }] })
    expect(list.offers.filter(({ image }) => image.name === 'waiting')).toHaveLength(1)
    expect(list.offers).toHaveLength(list.counts.pending + list.counts.accepted + list.counts.rejected)
  })

  test('[matrix 15] behind a link that leads nowhere are said to be incomplete', async () => {
    fake.fault({ query: 'member_status=pending', fault: { kind: 'next-link', how: 'loop' } })
    expect(await listOffers(await contextOf('bob'))).toMatchObject({ truncated: true, wholeCloud: false })
    fake.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'loop' } })
    const all = await listOffers(await contextOf('root'))
    expect([named(all), all.truncated]).toEqual([offered, true])
  })

  test('[row 17] that their owner took back are gone from the list and by id, though they were accepted', async () => {
    const ctx = await contextOf('bob')
    const [imageId = ''] = fake.mint({ images: [{ project: 'alpha', name: 'taken back' }] }).imageIds
    fake.mint({ members: [{ image: imageId, project: 'beta', status: 'accepted' }] })
    expect(named(await listOffers(ctx))).toEqual({ ...offered, 'taken back': 'accepted' })
    await fake.control.removeMember(imageId, ids.beta ?? '')
    expect(named(await listOffers(ctx))).toEqual(offered)
    await expect(getOffer(ctx, { imageId })).rejects.toMatchObject({ code: 'image_not_found' })
  })

  test('that cannot be read are an error, not an empty inbox', async () => {
    fake.fault({ query: 'member_status=rejected', fault: { kind: 'mangle', how: 'html' } })
    await expect(listOffers(await contextOf('bob'))).rejects.toMatchObject({ code: 'upstream_contract' })
  })
})

describe('one offer', () => {
  test('has the times that lists don’t tell', async () => {
    const ctx = await contextOf('bob')
    expect(await getOffer(ctx, { imageId: images.taken ?? '' })).toMatchObject({
      status: 'accepted',
      sharedAt: expect.stringMatching(/Z$/),
      answeredAt: expect.stringMatching(/Z$/),
    })
    expect(await getOffer(ctx, { imageId: images.hidden ?? '' })).toMatchObject({
      status: 'pending',
      answeredAt: null,
    })
  })

  test.each(['our own', 'for others', 'for nobody', 'made private'])('%s is none', async (name) => {
    const imageId = images[name] ?? ''
    await expect(getOffer(await contextOf('bob'), { imageId })).rejects.toMatchObject({
      code: 'image_not_found',
    })
  })
})

describe('a token sees the whole cloud', () => {
  const of = (...texts: string[]) => texts.map((text) => [...text].map((id) => ({ id })))
  test.each([
    [of('abc', 'abc', 'abc'), true],
    [of('a', 'ab', 'xa'), true],
    [of('ab', 'bc', 'ca'), false],
    [of('', 'abc', 'abc'), false],
    [of('', '', ''), false],
    [[], false],
  ])('when an image is in every list: %j is %s', (lists, wanted) => {
    expect(seesWholeCloud(lists)).toBe(wanted)
  })
})
