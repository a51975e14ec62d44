import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Asker, ask } from './ask.ts'
import { ids, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, type ImagePage, newImage, setStatus } from './images.ts'

const tag = `contract-${randomUUID()}`

let as: People

beforeAll(async () => {
  as = await people()
  const tagged = (name: string, owner?: string) => ({
    name,
    properties: { tags: [tag], ...(owner ? { owner } : {}) },
  })
  for (const status of ['pending', 'accepted', 'rejected']) {
    const image = await newImage(as.alice, 'shared', tagged(status))
    expectOk(await addMember(as.alice, image, ids.beta))
    if (status !== 'pending') expectOk(await setStatus(as.bob, image, ids.beta, status))
  }
  await newImage(as.alice, 'shared', tagged('with-nobody'))
  await newImage(as.alice, 'private', tagged('private'))
  await newImage(as.alice, 'community', tagged('community'))
  await newImage(as.admin, 'public', tagged('public', ids.alpha))
  await newImage(as.bob, 'shared', tagged('own'))
})

async function names(who: Asker, query = ''): Promise<string[]> {
  const page = expectOk<ImagePage>(await ask(who, 'GET', `/v2/images?tag=${tag}&sort=name:asc${query}`))
  return page.images.map(({ name }) => name)
}

describe('the list of a recipient', () => {
  test.each([
    ['', 'accepted own public'],
    ['&visibility=shared', 'accepted own'],
    ['&visibility=shared&member_status=accepted', 'accepted own'],
    ['&visibility=shared&member_status=pending', 'own pending'],
    ['&visibility=shared&member_status=rejected', 'own rejected'],
    ['&visibility=shared&member_status=all', 'accepted own pending rejected'],
    ['&member_status=pending', 'own pending public'],
    ['&member_status=all', 'accepted own pending public rejected'],
    ['&visibility=all', 'accepted community own public'],
    ['&visibility=all&member_status=all', 'accepted community own pending public rejected'],
    ['&visibility=private', ''],
    ['&visibility=public', 'public'],
    ['&visibility=community', 'community'],
    ['&visibility=shared&member_status=pending&member_status=accepted', ''],
  ])('with %j has: %s', async (query, expected) => {
    expect((await names(as.bob, query)).join(' ')).toBe(expected)
  })

  test('an owner named leaves that one alone', async () => {
    expect(await names(as.bob, `&visibility=shared&member_status=all&owner=${ids.alpha}`)).toEqual([
      'accepted',
      'pending',
      'rejected',
    ])
    expect(await names(as.bob, `&visibility=shared&member_status=all&owner=${ids.beta}`)).toEqual(['own'])
    expect(await names(as.bob, `&owner=${ids.alpha}`)).toEqual(['accepted', 'public'])
  })

  test('unknown values are refused', async () => {
    const refuse = (query: string) => ask(as.bob, 'GET', `/v2/images?tag=${tag}&${query}`)
    expectRefusal(await refuse('member_status=bogus'), 400, 'Invalid status: bogus')
    expectRefusal(await refuse('member_status='), 400, 'Invalid status:')
    expectRefusal(await refuse('visibility=bogus'), 400, 'Invalid visibility value: bogus')
  })
})

test.each(['', '&visibility=shared&member_status=pending', '&visibility=shared&member_status=all'])(
  "the owner's own images come whatever status is asked for: %j",
  async (query) => {
    const own = await names(as.alice, query)
    for (const name of ['accepted', 'pending', 'rejected', 'with-nobody']) expect(own).toContain(name)
  },
)

test('an admin sees the images of all, but no community ones of others', async () => {
  const all = 'accepted own pending private public rejected with-nobody'
  expect((await names(as.admin)).join(' ')).toBe(all)
  expect((await names(as.admin, '&member_status=pending')).join(' ')).toBe(all)
})

test('an outsider sees what is open to all', async () => {
  expect(await names(as.dave)).toEqual(['public'])
  expect(await names(as.dave, '&visibility=shared&member_status=all')).toEqual([])
})

test('an image is listed with all its attributes', async () => {
  const page = expectOk<ImagePage>(await ask(as.bob, 'GET', `/v2/images?tag=${tag}&name=accepted`))
  expect(page.images).toHaveLength(1)
  expect(page.images[0]).toMatchObject({
    name: 'accepted',
    visibility: 'shared',
    status: 'queued',
    owner: ids.alpha,
    protected: false,
    os_hidden: false,
    size: null,
    checksum: null,
    os_hash_algo: null,
    tags: [tag],
    self: `/v2/images/${page.images[0]?.id}`,
    file: `/v2/images/${page.images[0]?.id}/file`,
    schema: '/v2/schemas/image',
  })
})
