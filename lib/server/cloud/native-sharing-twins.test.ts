import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp } from '../testing/image-access'
import type { ImageAccess } from './glance'
import { nativeSharing } from './native-sharing'

const http = hastyHttp()
let fake: FakeCloud
let owner: ImageAccess
let beta = ''
let imageId = ''

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
  })
  beta = projects.beta ?? ''
  owner = await accessAs(fake, http, 'alice', projects.alpha ?? '')
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
beforeEach(() => {
  ;[imageId = ''] = fake.mint({ images: [{ project: 'alpha', name: 'Debian' }] }).imageIds
  fake.cloud.ledger.clear()
})
afterEach(() => fake.heal())

const plant = (rows: number) =>
  fake.mint({
    members: Array.from({ length: rows }, (_, at) => ({
      image: imageId,
      project: 'beta',
      status: at === 0 ? ('accepted' as const) : ('pending' as const),
      isTwin: at > 0,
    })),
  })
const pair = (more: { mayHaveHappened?: boolean; standsTwice?: boolean } = {}) => ({
  imageId,
  projectId: beta,
  mayHaveHappened: false,
  standsTwice: true,
  ...more,
})
const isMember = () => fake.members(imageId).has(beta)
const sent = () => fake.calls({ path: '/members' }).map(({ method }) => method)

describe('stopping, where a project stands more than once', () => {
  test.each([1, 2, 3, 8])('ends all of its rows, be they %i', async (rows) => {
    plant(rows)
    expect(await nativeSharing.stop(owner, pair())).toMatchObject({ state: 'done' })
    expect([isMember(), fake.effects().length]).toEqual([false, rows])
  })

  test('looks after each removal; where nobody saw two rows, nothing is read', async () => {
    plant(2)
    await nativeSharing.stop(owner, pair())
    expect(sent()).toEqual(['DELETE', 'GET', 'DELETE', 'GET'])
    plant(1)
    fake.cloud.ledger.clear()
    await nativeSharing.stop(owner, pair({ standsTwice: false }))
    expect(sent()).toEqual(['DELETE'])
  })

  test('is not done while one of them is left', async () => {
    plant(2)
    fake.fault({ method: 'DELETE', path: '/members', fault: { kind: 'answer', status: 403 }, after: 1 })
    // Half of it has happened: whoever tries again has to look first.
    await expect(nativeSharing.stop(owner, pair())).rejects.toMatchObject({
      code: 'forbidden',
      mayHaveActed: true,
    })
    expect(isMember()).toBe(true)
    fake.heal()
    expect(await nativeSharing.stop(owner, pair({ mayHaveHappened: true }))).toMatchObject({ state: 'done' })
    expect(isMember()).toBe(false)
  })

  test('survives answers that are lost', async () => {
    plant(3)
    const reset = { kind: 'reset', effect: true } as const
    fake.fault({ method: 'DELETE', path: '/members', fault: reset, times: 2 })
    expect(await nativeSharing.stop(owner, pair())).toMatchObject({ state: 'done' })
    expect([isMember(), fake.effects().length]).toEqual([false, 3])
  })

  test('gives up when rows do not become fewer', async () => {
    plant(2)
    const ignored = { kind: 'answer', status: 204 } as const
    fake.fault({ method: 'DELETE', path: '/members', fault: ignored, after: 1, times: 9 })
    await expect(nativeSharing.stop(owner, pair())).rejects.toMatchObject({ code: 'conflict' })
    expect(sent().filter((method) => method === 'DELETE')).toHaveLength(2)
  })

  test('finds nothing to do once they are gone', async () => {
    expect(await nativeSharing.stop(owner, pair())).toMatchObject({ state: 'already' })
    expect(fake.effects()).toEqual([])
  })
})

test.each([false, true])(
  'offering again to a project that stands twice makes one new offer (may have happened: %s)',
  async (mayHaveHappened) => {
    plant(2)
    const again = pair({ mayHaveHappened, standsTwice: undefined })
    expect(await nativeSharing.offerAgain(owner, again)).toMatchObject({ state: 'done' })
    expect((await nativeSharing.list(owner, imageId)).map(({ status }) => status)).toEqual(['pending'])
    expect(fake.effects()).toHaveLength(3)
  },
)
