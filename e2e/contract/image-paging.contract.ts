import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { type ImagePage, newImage, noImage, patch } from './images.ts'

const tag = `contract-${randomUUID()}`
const base = `/v2/images?tag=${tag}`

let as: People
let hidden: string

beforeAll(async () => {
  as = await people()
  for (const name of ['a', 'b', 'c', 'd']) {
    await newImage(as.alice, 'shared', { name, properties: { tags: [tag], os_distro: `distro-${name}` } })
  }
  await newImage(as.alice, 'shared', {
    name: 'with-data',
    data: 'abc',
    properties: { tags: [`${tag}-data`] },
  })
  hidden = await newImage(as.alice, 'private')
})

async function page(path: string): Promise<ImagePage> {
  return expectOk<ImagePage>(await ask(as.alice, 'GET', path))
}

async function names(query: string): Promise<string> {
  return (await page(`${base}&${query}`)).images.map(({ name }) => name).join(' ')
}

describe('pages', () => {
  test('the next link is relative, keeps the parameters, and comes with every full page', async () => {
    const first = await page(`${base}&sort=name:asc&limit=2`)
    expect(first.images.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(first.first).toBe(`${base}&sort=name%3Aasc&limit=2`)
    expect(first.next).toBe(`${base}&sort=name%3Aasc&limit=2&marker=${first.images[1]?.id}`)
    const second = await page(first.next ?? '')
    expect(second.images.map(({ name }) => name)).toEqual(['c', 'd'])
    const beyond = await page(second.next ?? '')
    expect(beyond.images).toEqual([])
    expect(beyond).not.toHaveProperty('next')
  })

  test('a page that is not full is the last', async () => {
    expect(await page(`${base}&limit=5`)).not.toHaveProperty('next')
    expect(await page(`${base}&limit=100000`)).not.toHaveProperty('next')
  })

  test('none are asked for, none come', async () => {
    expect((await page(`${base}&limit=0`)).images).toEqual([])
  })

  test('limits that are no number or below zero are refused', async () => {
    for (const limit of ['-1', 'abc']) {
      expectRefusal(await ask(as.alice, 'GET', `${base}&limit=${limit}`), 400, /^limit param must be/)
    }
  })

  test('a marker that does not exist is 400, one that is not visible 403', async () => {
    for (const id of [noImage(), 'not-a-uuid']) {
      expectRefusal(await ask(as.alice, 'GET', `${base}&marker=${id}`), 400, `No image found with ID ${id}`)
    }
    expect((await ask(as.bob, 'GET', `${base}&marker=${hidden}`)).status).toBe(403)
  })
})

describe('order', () => {
  test('newest first unless asked otherwise', async () => {
    expect(await names('')).toBe('d c b a')
  })

  test.each([
    ['sort=name:asc', 'a b c d'],
    ['sort=name:desc,created_at:asc', 'd c b a'],
    ['sort_key=name&sort_dir=asc', 'a b c d'],
    ['sort_key=name', 'd c b a'],
    ['sort=disk_format:asc,name:asc', 'a b c d'],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toBe(expected)
  })

  test.each([
    ['sort=bogus:asc', /^Invalid sort key: bogus\. It must be one of the following: name, status, /],
    ['sort=name:up', 'Invalid sort direction: up'],
    ['sort_key=bogus', /^Invalid sort key: bogus\./],
    ['sort_dir=up', 'Invalid sort direction: up'],
    ['sort=name:asc&sort_key=name', 'Old and new sorting syntax cannot be combined'],
  ])('%s is refused', async (query, sentence) => {
    expectRefusal(await ask(as.alice, 'GET', `${base}&${query}`), 400, sentence)
  })
})

describe('filters', () => {
  test.each([
    ['name=b', 'b'],
    ['name=B', ''],
    ['name=', ''],
    ['name=in:b,c', 'b c'],
    ['name=in:"b","c"', 'b c'],
    ['status=queued', 'a b c d'],
    ['status=in:queued,active', 'a b c d'],
    ['status=bogus', ''],
    ['disk_format=in:raw,qcow2', 'a b c d'],
    ['created_at=gt:2020-01-01T00:00:00Z', 'a b c d'],
    ['created_at=lt:2020-01-01T00:00:00Z', ''],
    ['size_min=0', ''],
    ['os_hidden=true', ''],
    ['protected=true', ''],
    ['checksum=abc', ''],
    ['os_distro=distro-b', 'b'],
    ['nosuchproperty=x', ''],
    ['member=whoever', ''],
  ])('%s', async (query, expected) => {
    expect(await names(`sort=name:asc&${query}`)).toBe(expected)
  })

  test('several tags must all be there', async () => {
    expect(await names(`tag=${tag}-data`)).toBe('')
  })

  test('size counts only where it is known', async () => {
    const found = await page(`/v2/images?tag=${tag}-data&size_min=3&size_max=3`)
    expect(found.images.map(({ name }) => name)).toEqual(['with-data'])
    expect((await page(`/v2/images?tag=${tag}-data&size_min=4`)).images).toEqual([])
  })

  test('ids may be given as a list', async () => {
    const [first] = (await page(`${base}&name=a`)).images
    expect(await names(`id=in:${first?.id},${noImage()}`)).toBe('a')
    expect(await names(`owner=${ids.beta}`)).toBe('')
  })

  test('hidden images come only when asked for', async () => {
    const image = await newImage(as.alice, 'shared', {
      name: 'h',
      properties: { tags: [`${tag}-h`], os_hidden: true },
    })
    expect((await page(`/v2/images?tag=${tag}-h`)).images).toEqual([])
    expect((await page(`/v2/images?tag=${tag}-h&os_hidden=true`)).images.map(({ id }) => id)).toEqual([image])
    expectOk(await patch(as.alice, image, 'os_hidden', false))
  })

  test.each([
    ['name=like:a%25', "Unable to filter by unknown operator 'like'."],
    ['name=neq:a', "Unable to filter by unknown operator 'neq'."],
    ['size_min=abc', 'Unable to filter on a range with a non-numeric value.'],
    ['os_hidden=bogus', "Invalid value 'bogus' for 'os_hidden' filter. Valid values are 'true' or 'false'."],
    ['protected=maybe', "Invalid value 'maybe' for 'protected' filter. Valid values are 'true' or 'false'."],
    ['created_at=gt:nonsense', 'Bad "created_at" query filter format. Use ISO 8601 DateTime notation.'],
  ])('%s is refused', async (query, sentence) => {
    expectRefusal(await ask(as.alice, 'GET', `${base}&${query}`), 400, sentence)
  })
})
