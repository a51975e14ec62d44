import { describe, expect, test } from 'vitest'
import type { ImageSpec } from '../../mock-cloud/control/mint.ts'
import { type Answered, ask } from '../ask.ts'
import { DocumentedCloud } from './cloud.ts'

const cloud = new DocumentedCloud('otc', ['eu-de', 'eu-nl'])
const PATH = '/v1/cloudimages/members'

function expectCode(answer: Answered | string, code: string, status = 400): void {
  expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } })
}

const add = async (image: string, project = cloud.project('beta')) =>
  cloud.batch(cloud.as('alice'), 'POST', { images: [image], projects: [project] })

describe('OTC API reference, error codes: refused at once', () => {
  test.each([
    ['IMG.0046', { status: 'queued' }],
    ['IMG.0047', { project: 'beta', visibility: 'public' }],
    ['IMG.0089', { visibility: 'public' }],
    ['IMG.0105', { ims: { market: true } }],
    ['IMG.0135', { ims: { fullServer: 'other' } }],
  ] as [string, Partial<ImageSpec>][])('%s for an image that is %o', async (code, spec) => {
    expectCode(await add(await cloud.image(spec), cloud.project('gamma')), code)
  })

  test('IMG.0098 for an encrypted image, where such images are not shared', async () => {
    const image = await cloud.image({ ims: { encrypted: true } })
    expect(await add(image)).toEqual(expect.any(String))
    await cloud.control.set({ encryptedShares: false })
    expectCode(await add(image, cloud.project('gamma')), 'IMG.0098')
  })

  test('IMG.0027 for an image that is not there or not to be seen', async () => {
    expectCode(await add('7c6e0b52-2f0a-4f0c-9a55-0d6a1c9f1e01'), 'IMG.0027')
    expectCode(await add(await cloud.image({ project: 'beta' })), 'IMG.0027')
  })

  test('IMG.0067 and IMG.0076 for a wrong project', async () => {
    const image = await cloud.image()
    expectCode(await add(image, 'not-an-id'), 'IMG.0067')
    expectCode(await add(image, cloud.project('alpha')), 'IMG.0076')
  })

  test('IMG.0030 for an answer in the name of another project', async () => {
    const body = { images: [await cloud.image()], project_id: cloud.project('gamma'), status: 'accepted' }
    expectCode(await cloud.batch(cloud.as('bob'), 'PUT', body), 'IMG.0030')
  })

  test('IMG.0007 for a body that got lost, IMG.0001 for one that is wrong', async () => {
    const alice = cloud.as('alice')
    expectCode(await ask(alice, 'DELETE', PATH), 'IMG.0007')
    expectCode(await ask(alice, 'POST', PATH, { json: { images: [], projects: ['x'] } }), 'IMG.0001')
    expectCode(await ask(alice, 'POST', PATH, { raw: '{nope' }), 'IMG.0001')
  })

  test('403 with IMG.0026 for a role that only reads', async () => {
    const body = { images: [await cloud.image()], projects: [cloud.project('beta')] }
    expectCode(await cloud.batch(cloud.as('rita'), 'POST', body), 'IMG.0026', 403)
  })
})

describe('OTC API reference, error codes: met by the job', () => {
  const failed = async (image: string, project: string) => {
    const job = await add(image, project)
    return cloud.follow(cloud.as('alice'), `/v1/${cloud.project('alpha')}/jobs/${job}`)
  }

  test('IMG.0108 for a project that this region does not have', async () => {
    const job = await failed(await cloud.image(), '0'.repeat(32))
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0108' })
  })

  test('IMG.0108 for a project of another region', async () => {
    const { projects } = await cloud.control.mint({ projects: [{ name: 'eu-nl_shop' }] })
    const job = await failed(await cloud.image(), projects['eu-nl_shop'] ?? '')
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0108' })
  })

  test('IMG.0088 for one recipient too many', async () => {
    await cloud.control.set({ memberQuota: 1 })
    const image = await cloud.image()
    await cloud.share(image, 'gamma')
    const job = await failed(image, cloud.project('beta'))
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0088' })
  })

  test('the same is answered at once where the cloud is set so', async () => {
    await cloud.control.set({ imsFaultsInJob: [] })
    expectCode(await add(await cloud.image(), '0'.repeat(32)), 'IMG.0108')
  })
})

describe('Huawei Cloud API gateway, error codes', () => {
  const code = (error_code: string) => ({
    error_code,
    error_msg: expect.any(String),
    request_id: expect.any(String),
  })

  test('APIGW.0101 for a path that is none', async () => {
    const alice = cloud.as('alice')
    for (const path of ['/v1/cloudimages/nope', '/v1/cloudimages/job/ff80808200aa11bb']) {
      const answer = await ask(alice, 'GET', path)
      expect([answer.status, answer.body]).toEqual([404, code('APIGW.0101')])
      expect(answer.headers.get('X-Request-Id')).toBeTruthy()
    }
  })

  test('APIGW.0301 for a token that is none, for native calls too', async () => {
    const { url } = cloud.as('alice')
    for (const path of ['/v2/cloudimages', '/v2/images']) {
      const answer = await ask({ url, token: 'MIIno' }, 'GET', path)
      expect([answer.status, answer.body]).toEqual([401, code('APIGW.0301')])
    }
  })

  test('APIGW.0307 for a good token in the wrong region', async () => {
    const { projects } = await cloud.control.mint({ projects: [{ name: 'eu-nl_shop' }] })
    const { users } = await cloud.control.mint({
      users: [{ name: 'nell', roles: [{ project: projects['eu-nl_shop'] ?? '' }] }],
    })
    expect(users.nell).toBeTruthy()
    const nell = cloud.asUser('nell', 'eu-nl_shop')
    expect((await ask(nell, 'GET', '/eu-nl/v2/cloudimages')).status).toBe(200)
    const answer = await ask(nell, 'GET', '/v2/cloudimages')
    expect([answer.status, answer.body]).toEqual([401, code('APIGW.0307')])
  })

  test.each([
    ['APIGW.0308', 429],
    ['APIGW.0201', 494],
  ])('%s comes with status %i', async (error_code, status) => {
    const body = JSON.stringify({ error_code, error_msg: 'Text for humans.', request_id: 'r1' })
    await cloud.control.fault({ path: '^/v2/cloudimages$', fault: { kind: 'answer', status, body } })
    const answer = await ask(cloud.as('alice'), 'GET', '/v2/cloudimages')
    expect([answer.status, answer.body]).toEqual([status, code(error_code)])
  })
})
