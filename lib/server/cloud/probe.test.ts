import { afterAll, describe, expect, test } from 'vitest'
import { hastyHttp } from '../testing/image-access'
import { reply, startScripted } from '../testing/scripted-server'
import { probe } from './probe'

const http = hastyHttp()
afterAll(() => http.close())

type Answer = [status: number, body: unknown, headers?: object]
const images: Answer = [200, { images: [] }]
const none: Answer = [404, { message: 'Not Found', code: '404 Not Found', title: 'Not Found' }]
const versions = (...ids: string[]) => ({
  versions: ids.map((id, at) => ({ id, status: at === 0 ? 'CURRENT' : 'SUPPORTED', links: [] })),
})
const modern: Answer = [200, versions('v2.16', 'v2.15')]

async function probing(cloudImages: Answer, versionList: Answer = modern) {
  const server = await startScripted((response, { url }) => {
    const [status, body, headers] = url.startsWith('/image/v2/cloudimages?limit=1')
      ? cloudImages
      : versionList
    reply(response, status, body, headers)
  })
  const access = { http, endpoint: `${server.url}/image`, token: 't' }
  const found = await probe(access).finally(() => server.stop())
  return { found, asked: server.requests.map(({ url }) => url) }
}

const glance = { sharing: 'native', image_list: 'glance' }
const ims = { sharing: 'batch', image_list: 'cloudimages', visibility_model: 'any' }

describe('what a cloud can do', () => {
  test('is told by its image list alone where it has one; the version beside it is not believed', async () => {
    const { found, asked } = await probing(images, [200, versions('v2.2')])
    expect([found, asked]).toEqual([ims, ['/image/v2/cloudimages?limit=1']])
  })

  test.each<[string, Answer, Answer, object]>([
    ['no such list, Glance of today', none, modern, { ...glance, visibility_model: 'shared' }],
    [
      'no such API at a gateway',
      [400, { error_code: 'APIGW.0101', error_msg: 'The API does not exist' }],
      modern,
      { ...glance, visibility_model: 'shared' },
    ],
    [
      'an HTML 404',
      [404, '<html>no</html>', { 'content-type': 'text/html' }],
      modern,
      { ...glance, visibility_model: 'shared' },
    ],
    ['Glance 2.5', none, [200, versions('v2.5')], { ...glance, visibility_model: 'shared' }],
    ['Glance 2.4', none, [200, versions('v2.4')], { ...glance, visibility_model: 'private' }],
    ['Glance 3', none, [200, versions('v3.0')], { ...glance, visibility_model: 'shared' }],
    ['versions that are no list', none, [200, '<html></html>'], glance],
    [
      'versions without a current one',
      none,
      [200, { versions: [{ id: 'v2.16', status: 'SUPPORTED' }] }],
      glance,
    ],
    ['versions out of order', none, [503, {}], glance],
  ])('%s', async (_what, cloudImages, versionList, wanted) => {
    const { found, asked } = await probing(cloudImages, versionList)
    expect([found, asked.length]).toEqual([wanted, 2])
  })

  test('[row 38] is read from the versions of an answer 300, which is not followed', async () => {
    const list: Answer = [300, versions('v2.3'), { location: '/elsewhere' }]
    const { found, asked } = await probing(none, list)
    expect(found).toEqual({ ...glance, visibility_model: 'private' })
    expect(asked).toEqual(['/image/v2/cloudimages?limit=1', '/image/versions'])
  })

  test.each<[string, Answer]>([
    ['out of order', [500, {}]],
    ['too busy', [429, {}]],
    ['not allowed', [403, { error: { code: 'IMG.0026', message: 'no' } }]],
    ['an answer without images', [200, { quotas: {} }]],
    ['a page of HTML', [200, '<html></html>']],
  ])('stays open when the list is %s, and nothing more is asked', async (_what, cloudImages) => {
    const { found, asked } = await probing(cloudImages)
    expect([found, asked.length]).toEqual([{}, 1])
  })

  test('is not told to a dead token', async () => {
    await expect(probing([401, {}])).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
