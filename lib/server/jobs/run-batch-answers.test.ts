import { beforeEach, describe, expect, test } from 'vitest'
import { fastClock } from '../testing/fast-clock'
import { accessAs, imsFamily } from '../testing/image-access'
import { batchCalls, imsRefusal } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import { failuresOf, summary } from '../testing/job-world'
import { stores } from '../testing/stores'

describe.each(stores)('answers in a batch on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)
  let recipient: string

  beforeEach(async () => {
    await ground.begin({ images: 6, projects: 1 })
    recipient = ground.world.projects[0] ?? ''
    ground.fake.mint({ members: ground.world.images.map((one) => ({ image: one, project: recipient })) })
  })

  const sent = () => batchCalls(ground.fake)
  const image = (at: number) => ground.world.images[at] ?? ''
  const vaultId = 'vault-1'
  const puts = () => sent().filter(({ method }) => method === 'PUT')
  async function answerJob(
    kind: 'accept' | 'reject',
    more: { vaultId?: string; fullServer?: number[] } = {},
  ) {
    const name = ground.fake.cloud.projects.get(recipient)?.name ?? ''
    ground.fake.mint({ users: [{ name, roles: [{ project: recipient }] }] })
    const access = { ...(await accessAs(ground.fake, ground.http, name, recipient)), family: imsFamily }
    const { id } = await ground.world.store({
      pairs: ground.world.images.map((_, at) => [at, 0]),
      more: {
        kind,
        projectId: recipient,
        projects: [{ id: recipient, name }],
        vaultId: more.vaultId ?? null,
        images: ground.world.images.map((one, at) => ({
          id: one,
          name: null,
          ...(more.fullServer?.includes(at) ? { fullServer: true as const } : {}),
        })),
      },
    })
    ground.fake.cloud.ledger.clear()
    await ground.world.run(id, { access, clock: fastClock(50) })
    return id
  }
  const statuses = () => ground.world.images.map((one) => ground.fake.members(one).get(recipient))

  test('go out as one call, and what is answered already is not sent', async () => {
    await ground.fake.control.setMember(image(0), recipient, 'accepted')
    const id = await answerJob('accept')
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 5, already: 1 }])
    expect([statuses(), puts().length]).toEqual([Array(6).fill('accepted'), 1])
    expect(puts()[0]?.images).toHaveLength(5)
  })

  test.each([
    ['403', imsRefusal('IMG.0026', 403)],
    ['a plain 404', { kind: 'answer' as const, status: 404 }],
    ['APIGW.0101', { kind: 'answer' as const, status: 404, body: '{"error_code":"APIGW.0101"}' }],
  ])('fall back to native calls on %s', async (_how, fault) => {
    ground.fake.fault({ method: 'PUT', path: '^/v1/', fault })
    const id = await answerJob('reject')
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(statuses()).toEqual(Array(6).fill('rejected'))
  })

  test('[row 40] name the vault for full-server images, in a call of their own', async () => {
    for (const at of [1, 2]) await ground.fake.control.changeImage(image(at), { ims: { fullServer: 'cbr' } })
    const id = await answerJob('accept', { vaultId, fullServer: [1, 2] })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
    expect(
      puts()
        .map(({ images = [] }) => images.length)
        .sort(),
    ).toEqual([2, 4])
  })

  test('[row 40] name the vault in native calls too', async () => {
    await ground.fake.control.changeImage(image(1), { ims: { fullServer: 'cbr' } })
    ground.fake.fault({ method: 'PUT', path: '^/v1/', fault: imsRefusal('IMG.0026', 403) })
    const id = await answerJob('accept', { vaultId, fullServer: [1] })
    expect(await summary(ground.store, id)).toEqual(['succeeded', { done: 6 }])
  })

  test('[row 40] without a vault fail for those images alone', async () => {
    for (const at of [1, 2]) await ground.fake.control.changeImage(image(at), { ims: { fullServer: 'cbr' } })
    const id = await answerJob('accept')
    expect(await failuresOf(ground.store, id)).toEqual([
      [1, 0, 'vault_needed'],
      [2, 0, 'vault_needed'],
    ])
  })
})
