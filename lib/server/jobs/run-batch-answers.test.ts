import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { jobCall } from '../store/schema'
import type { Store } from '../store/store'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { fastClock } from '../testing/fast-clock'
import { accessAs, hastyHttp } from '../testing/image-access'
import { batchCalls, imsFamily } from '../testing/ims-calls'
import { type JobWorld, jobWorld, summary } from '../testing/job-world'
import { stores, type TestStore } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'

const refusal = (code: string, status = 400) => ({
  kind: 'answer' as const,
  status,
  body: JSON.stringify({ error: { code, message: 'no' } }),
})

describe.each(stores)('answers in a batch on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let store: Store
  let http: CloudHttp
  let world: JobWorld
  let recipient: string

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud({ flavour: 'otc' }), open()])
    // Nothing here is about signing in.
    fake.cloud.settings.identity = 'keystone'
    store = place.store
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    world = await jobWorld(fake, http, store, { images: 6, projects: 1 }, imsFamily)
    recipient = world.projects[0] ?? ''
    fake.mint({ members: world.images.map((one) => ({ image: one, project: recipient })) })
    fake.cloud.ledger.clear()
  })
  afterEach(async () => {
    fake.heal()
    await store.db.delete(jobCall)
  })

  const sent = () => batchCalls(fake)
  const image = (at: number) => world.images[at] ?? ''
  const failuresOf = async (id: string) =>
    (await jobNow(store, id)).items
      .filter(({ state }) => state === 'failed')
      .map((item) => [item.image, item.project, item.code])
  const vaultId = 'vault-1'
  const puts = () => sent().filter(({ method }) => method === 'PUT')
  async function answerJob(
    kind: 'accept' | 'reject',
    more: { vaultId?: string; fullServer?: number[] } = {},
  ) {
    const name = fake.cloud.projects.get(recipient)?.name ?? ''
    fake.mint({ users: [{ name, roles: [{ project: recipient }] }] })
    const access = { ...(await accessAs(fake, http, name, recipient)), family: imsFamily }
    const { id } = await world.store({
      pairs: world.images.map((_, at) => [at, 0]),
      more: {
        kind,
        projectId: recipient,
        projects: [{ id: recipient, name }],
        vaultId: more.vaultId ?? null,
        images: world.images.map((one, at) => ({
          id: one,
          name: null,
          ...(more.fullServer?.includes(at) ? { fullServer: true as const } : {}),
        })),
      },
    })
    fake.cloud.ledger.clear()
    await world.run(id, { access, clock: fastClock(50) })
    return id
  }
  const statuses = () => world.images.map((one) => fake.members(one).get(recipient))

  test('go out as one call, and what is answered already is not sent', async () => {
    await fake.control.setMember(image(0), recipient, 'accepted')
    const id = await answerJob('accept')
    expect(await summary(store, id)).toEqual(['succeeded', { done: 5, already: 1 }])
    expect([statuses(), puts().length]).toEqual([Array(6).fill('accepted'), 1])
    expect(puts()[0]?.images).toHaveLength(5)
  })

  test.each([
    ['403', refusal('IMG.0026', 403)],
    ['a plain 404', { kind: 'answer' as const, status: 404 }],
    ['APIGW.0101', { kind: 'answer' as const, status: 404, body: '{"error_code":"APIGW.0101"}' }],
  ])('fall back to native calls on %s', async (_how, fault) => {
    fake.fault({ method: 'PUT', path: '^/v1/', fault })
    const id = await answerJob('reject')
    expect(await summary(store, id)).toEqual(['succeeded', { done: 6 }])
    expect(statuses()).toEqual(Array(6).fill('rejected'))
  })

  test('[row 40] name the vault for full-server images, in a call of their own', async () => {
    for (const at of [1, 2]) await fake.control.changeImage(image(at), { ims: { fullServer: 'cbr' } })
    const id = await answerJob('accept', { vaultId, fullServer: [1, 2] })
    expect(await summary(store, id)).toEqual(['succeeded', { done: 6 }])
    expect(
      puts()
        .map(({ images = [] }) => images.length)
        .sort(),
    ).toEqual([2, 4])
  })

  test('[row 40] name the vault in native calls too', async () => {
    await fake.control.changeImage(image(1), { ims: { fullServer: 'cbr' } })
    fake.fault({ method: 'PUT', path: '^/v1/', fault: refusal('IMG.0026', 403) })
    const id = await answerJob('accept', { vaultId, fullServer: [1] })
    expect(await summary(store, id)).toEqual(['succeeded', { done: 6 }])
  })

  test('[row 40] without a vault fail for those images alone', async () => {
    for (const at of [1, 2]) await fake.control.changeImage(image(at), { ims: { fullServer: 'cbr' } })
    const id = await answerJob('accept')
    expect(await failuresOf(id)).toEqual([
      [1, 0, 'vault_needed'],
      [2, 0, 'vault_needed'],
    ])
  })
})
