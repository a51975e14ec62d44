import { expect, test } from 'vitest'
import type { AuditMemberTuple, AuditProject, AuditSide, Finding } from '@/lib/contracts/audits'
import { addRows, emptyAudit } from '@/lib/util/audit-data'
import { pageImage } from '@/lib/util/testing/page-image'
import { sharesOf } from './finding-shares'

const image = (id: string, members: AuditMemberTuple[], side: AuditSide = 'owner') =>
  pageImage(id, members, { side, via: `via ${id}` })

const data = addRows(emptyAudit(), {
  images: [
    image('i1', [
      [0, 'a', null, null],
      [1, 'p', null, null],
      [1, 'r', null, null],
    ]),
    image('i2', [
      [0, 'r', null, null],
      [2, 'a', null, null, { type: 'domain' }],
    ]),
    image('i3', [[0, 'p', null, null]], 'recipient'),
  ],
  projects: ['p1', 'p2', 'a-domain'],
  next: '3',
  more: false,
})
const projects = new Map<string, AuditProject>([
  ['p1', { id: 'p1', name: 'retail', domainId: null, domainName: null, standing: 'enabled' }],
])
// Other places than in the audit's own lists, and one image that has not arrived yet.
const ids = { images: ['i9', 'i3', 'i2', 'i1'], projects: ['p2', 'p1', 'a-domain'] }
const shares = (rows: Finding['rows'], readOnly: string[] = []) =>
  sharesOf({ kind: 'rejected', rows, mend: 'stop' }, ids, data, projects, new Set(readOnly))
const pairs = (rows: Finding['rows']) =>
  shares(rows).ours.map(({ imageId, project }) => `${imageId} ${project}`)

test('a row with a recipient is that share, and no other of its image or project', () => {
  expect(pairs([[3, 1]])).toEqual(['i1 p1'])
  expect(shares([[3, 1]]).ours).toEqual([
    { imageId: 'i1', imageName: 'name of i1', via: 'via i1', project: 'p1', projectName: 'retail' },
  ])
})

test('a row without a recipient is every share of its image, but those that no call of ours ends', () => {
  expect(pairs([[2, null]])).toEqual(['i2 p1'])
})

test('duplicate rows are both there', () => {
  expect(pairs([[3, 0]])).toEqual(['i1 p2', 'i1 p2'])
})

test('what others offered to us is counted, not ended', () => {
  expect(shares([[1, 1]])).toEqual({ ours: [], locked: 0, theirs: 1 })
})

test('what a project would have to end in which we only read is counted, not ended', () => {
  const rows: Finding['rows'] = [
    [1, 1],
    [2, 1],
    [3, 1],
  ]
  const { ours, ...counts } = shares(rows, ['via i1', 'via i3'])
  expect(ours.map(({ imageId, project }) => `${imageId} ${project}`)).toEqual(['i2 p1'])
  expect(counts).toEqual({ locked: 1, theirs: 1 })
})

test('an image that has not arrived is nothing yet', () => {
  expect(
    shares([
      [0, null],
      [0, 1],
    ]),
  ).toEqual({ ours: [], locked: 0, theirs: 0 })
})
