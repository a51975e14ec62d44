import { describe, expect, test } from 'vitest'
import { type Asker, ask } from '../ask.ts'
import { expectOk } from '../expectations.ts'
import { DocumentedCloud } from './cloud.ts'

const cloud = new DocumentedCloud('otc')

type Row = Record<string, unknown> & { id: string; owner: string; visibility: string }

async function list(who: Asker, query: string): Promise<Row[]> {
  return expectOk<{ images: Row[] }>(await ask(who, 'GET', `/v2/cloudimages?${query}`)).images
}
const idsOf = (rows: Row[]) => rows.map(({ id }) => id)

describe('OTC API reference, querying images', () => {
  test('a private image with its fields: flags and the size are texts, hashes are missing', async () => {
    const id = await cloud.image({ name: 'windows', size: 734_003_200, os_distro: 'windows' })
    const [row] = await list(cloud.as('alice'), `id=${id}`)
    expect(row).toMatchObject({
      id,
      name: 'windows',
      status: 'active',
      visibility: 'private',
      __imagetype: 'private',
      __isregistered: 'true',
      __image_size: '734003200',
      __os_type: 'Windows',
      size: 0,
      virtual_env_type: 'FusionCompute',
    })
    for (const field of ['checksum', 'virtual_size', '__system__cmkid', '__whole_image']) {
      expect(row).not.toHaveProperty(field)
    }
  })

  test('encrypted, full-server and marketplace images say so', async () => {
    const [encrypted, backup, market] = [
      await cloud.image({ ims: { encrypted: true } }),
      await cloud.image({ ims: { fullServer: 'cbr' } }),
      await cloud.image({ ims: { market: true } }),
    ]
    const rows = await list(cloud.as('alice'), `owner=${cloud.project('alpha')}`)
    const row = (id: string) => rows.find((one) => one.id === id)
    expect(row(encrypted)?.__system__cmkid).toEqual(expect.any(String))
    expect(row(backup)).toMatchObject({ __whole_image: 'true', __backup_id: expect.any(String) })
    expect(row(market)).toMatchObject({ __imagetype: 'market', __productcode: expect.any(String) })
  })

  test('public images are gold', async () => {
    const gold = await cloud.image({ project: 'admin', ims: { gold: true }, protected: true })
    const query = '__imagetype=gold&visibility=public&protected=true&__isregistered=true'
    expect(idsOf(await list(cloud.as('bob'), query))).toEqual([gold])
  })

  test('pages go on behind the marker until one is shorter than the limit, without links', async () => {
    await cloud.control.set({ cloudImagesLimits: { default: 12, max: 1000 } })
    const alice = cloud.as('alice')
    const mine = `owner=${cloud.project('alpha')}`
    const seen: string[] = []
    for (let marker = ''; ; marker = `&marker=${seen.at(-1)}`) {
      const answer = await ask(alice, 'GET', `/v2/cloudimages?${mine}${marker}`)
      const body = expectOk<{ images: Row[] }>(answer)
      expect(Object.keys(body)).toEqual(['images'])
      seen.push(...idsOf(body.images))
      if (body.images.length < 12) break
    }
    expect([seen.length, new Set(seen).size]).toEqual([30, 30])
  })

  test('a limit beyond the most is trimmed', async () => {
    await cloud.control.set({ cloudImagesLimits: { default: 10, max: 10 } })
    expect(await list(cloud.as('alice'), 'limit=500')).toHaveLength(10)
  })

  test('an own image that is shared leaves the private ones, and is found by its owner', async () => {
    const id = await cloud.image()
    await cloud.share(id, 'beta')
    const alice = cloud.as('alice')
    expect(idsOf(await list(alice, 'visibility=private'))).not.toContain(id)
    expect(idsOf(await list(alice, `owner=${cloud.project('alpha')}`))).toContain(id)
    const [row] = await list(alice, `id=${id}`)
    expect(row).toMatchObject({ visibility: 'shared', __imagetype: 'shared' })
  })

  test('shared images in one state hold the ones taken and the ones given', async () => {
    const [taken, rejected, given] = [
      await cloud.image(),
      await cloud.image(),
      await cloud.image({ project: 'beta' }),
    ]
    await cloud.share(taken, 'beta')
    await cloud.share(rejected, 'beta', 'rejected')
    await cloud.share(given, 'alpha')
    const bob = cloud.as('bob')
    const rows = await list(bob, '__imagetype=shared&visibility=shared&member_status=pending')
    expect(idsOf(rows).sort()).toEqual([taken, given].sort())
    const later = await list(bob, '__imagetype=shared&visibility=shared&member_status=rejected')
    expect(idsOf(later)).toContain(rejected)
  })

  test.each([['limit=x'], ['member_status=all'], ['sort_key=nope']])('%s is refused', async (query) => {
    const answer = await ask(cloud.as('alice'), 'GET', `/v2/cloudimages?${query}`)
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'IMG.0001' } }])
  })
})

test('OTC API reference, querying quotas', async () => {
  const answer = await ask(cloud.as('alice'), 'GET', '/v1/cloudimages/quota')
  const { quotas } = expectOk<{ quotas: { resources: { type: string }[] } }>(answer)
  expect(quotas.resources[0]).toMatchObject({ type: 'image', used: 30, min: 0 })
  expect(quotas.resources.map(({ type }) => type)).toEqual(['image', 'image_shared', 'image_member'])
})

test('OTC API reference, updating an image: the visibility is not among what can be changed', async () => {
  const id = await cloud.image()
  const answer = await ask(cloud.as('alice'), 'PATCH', `/v2/images/${id}`, {
    json: [{ op: 'replace', path: '/visibility', value: 'shared' }],
    headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
  })
  expect(answer.status).toBe(403)
})

test('OTC API reference, querying versions: an old minor version is named', async () => {
  const answer = await ask({ url: cloud.as('alice').url }, 'GET', '/versions')
  const { versions } = expectOk<{ versions: { id: string; status: string }[] }>(answer)
  expect(versions.find(({ status }) => status === 'CURRENT')?.id).toBe('v2.2')
})
