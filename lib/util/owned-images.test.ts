import { expect, test } from 'vitest'
import type { ImageMembers, ImageSummary, MemberStatus } from '../contracts/images'
import { facetOf, filterImages, type ImageFilter, needsMembers, readSort, sortImages } from './owned-images'

const any: ImageFilter = { q: '', os: '', visibility: '', status: '', hidden: '', sharing: '', to: '' }

const image = (id: string, facts: Partial<ImageSummary> = {}): ImageSummary => ({
  id,
  name: id,
  status: 'active',
  visibility: 'shared',
  owner: 'me',
  os: null,
  sizeBytes: 1,
  diskFormat: 'qcow2',
  containerFormat: 'bare',
  hidden: false,
  protected: false,
  tags: [],
  shareObstacle: null,
  cautions: [],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ...facts,
})

const members = (
  imageId: string,
  list: [project: string, name: string | null, status: MemberStatus][],
  refused: ImageMembers['refused'] = null,
): [string, ImageMembers] => [
  imageId,
  {
    imageId,
    refused,
    members: list.map(([project, projectName, status]) => ({
      project,
      projectName,
      status,
      sharedAt: '2026-01-01T00:00:00Z',
      answeredAt: null,
    })),
  },
]

const all = [
  image('rocky', { os: 'Rocky 9', tags: ['Hardened'], sizeBytes: 30, updatedAt: '2026-03-01T00:00:00Z' }),
  image('debian', { os: 'Debian 13', hidden: true, sizeBytes: null, updatedAt: '2026-02-01T00:00:00Z' }),
  image('secret', {
    visibility: 'private',
    shareObstacle: 'visibility',
    status: 'queued',
    sizeBytes: 4,
    updatedAt: '2026-02-01T00:00:00Z',
  }),
  image('unread'),
  image('refused'),
]
const known = new Map([
  members('rocky', [['p-lake', 'Data-Lake', 'pending']]),
  members('debian', []),
  members('refused', [], 'forbidden'),
])

test.each<[Partial<ImageFilter>, string[]]>([
  [{}, ['rocky', 'debian', 'secret', 'unread', 'refused']],
  [{ q: ' ROCK ' }, ['rocky']],
  [{ q: 'harden' }, ['rocky']],
  [{ os: 'Debian 13' }, ['debian']],
  [{ visibility: 'private' }, ['secret']],
  [{ status: 'queued' }, ['secret']],
  [{ hidden: 'yes' }, ['debian']],
  [{ hidden: 'no', q: 'd' }, ['rocky', 'unread', 'refused']],
  [{ sharing: 'shared' }, ['rocky']],
  [{ sharing: 'unshared' }, ['debian', 'secret']],
  [{ sharing: 'pending' }, ['rocky']],
  [{ sharing: 'rejected' }, []],
  [{ sharing: 'nonsense' }, []],
  [{ to: 'data-l' }, ['rocky']],
  [{ to: 'P-LAKE' }, ['rocky']],
  [{ to: 'nobody' }, []],
])('%j finds %j', (filter, expected) => {
  expect(filterImages(all, { ...any, ...filter }, known).map(({ id }) => id)).toEqual(expected)
})

test('only filters on members need members', () => {
  expect(needsMembers({ ...any, q: 'rocky', os: 'Rocky 9', hidden: 'yes' })).toBe(false)
  expect(needsMembers({ ...any, sharing: 'shared' })).toBe(true)
  expect(needsMembers({ ...any, to: ' ' })).toBe(false)
  expect(needsMembers({ ...any, to: 'lake' })).toBe(true)
})

test.each([
  ['name', ['debian', 'refused', 'rocky', 'secret', 'unread']],
  ['-size', ['rocky', 'secret', 'refused', 'unread', 'debian']],
  ['-updated', ['rocky', 'debian', 'secret', 'refused', 'unread']],
  ['updated', ['refused', 'unread', 'debian', 'secret', 'rocky']],
  ['nonsense', ['rocky', 'debian', 'secret', 'refused', 'unread']],
])('sorted by %s', (sort, expected) => {
  expect(sortImages(all, sort).map(({ id }) => id)).toEqual(expected)
})

test('numbers in names count as numbers', () => {
  const named = ['img-10', 'img-9', 'img-2'].map((name) => image(name))
  expect(sortImages(named, 'name').map(({ name }) => name)).toEqual(['img-2', 'img-9', 'img-10'])
  expect(readSort('name')).toEqual({ key: 'name', descending: false })
})

test('facets are counted and leave out what is missing', () => {
  expect(facetOf(all, ({ os }) => os)).toEqual([
    { value: 'Debian 13', count: 1 },
    { value: 'Rocky 9', count: 1 },
  ])
})
