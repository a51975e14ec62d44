import { expect, test } from 'vitest'
import type { AuditMemberTuple } from '../contracts/audits'
import { addRows, emptyAudit } from './audit-data'
import { canStop, sharesAt, tickedRows, toggleRows } from './audit-selection'
import { type PageImage, pageImage } from './testing/page-image'

const auditOf = (images: PageImage[], projects = ['p1', 'p2', 'p3'], to = emptyAudit()) =>
  addRows(to, { images, projects, next: `${images.length}`, more: false })
const rowsOf = ({ size }: { size: number }) => Int32Array.from({ length: size }, (_, row) => row)

const data = auditOf([
  pageImage('i1', [
    [0, 'a', 100, 200],
    [1, 'p', 300, null],
  ]),
  pageImage('i2', [
    [0, 'r', 50, 60],
    [2, 'a', null, null],
  ]),
  pageImage('i3', [], { visibility: 'public' }),
  pageImage('i4', [[1, 'p', 400, null]], { side: 'recipient', owner: 'x', via: 'p2' }),
])
const all = rowsOf(data)
const nothing = new Set<number>()
const noneReadOnly = new Set<string>()

test('only what can be ended from here is ticked', () => {
  expect([...all].filter((row) => canStop(data, row, noneReadOnly))).toEqual([0, 1, 2, 3])
  // Entries past the members stand for images that have none.
  expect(canStop(data, data.size, noneReadOnly)).toBe(false)
  expect(tickedRows(data, toggleRows(data, nothing, all, noneReadOnly), all)).toEqual([0, 1, 2, 3])
  const members: AuditMemberTuple[] = [
    [0, 'p', 1, 1, { type: 'domain' }],
    [1, 'p', 1, 1],
    [2, 'p', 1, 1],
  ]
  const odd = auditOf([pageImage('i1', members)], ['d', 'a/b', 'not an id'])
  expect([0, 1, 2].filter((row) => canStop(odd, row, noneReadOnly))).toEqual([2])
})

test('what a project would have to end in which one only reads is not ticked', () => {
  const two = auditOf([
    pageImage('i1', [[0, 'p', 1, 1]], { via: 'reads' }),
    pageImage('i2', [[0, 'p', 1, 1]], { via: 'writes' }),
  ])
  const [rows, readOnly] = [rowsOf(two), new Set(['reads'])]
  expect([...rows].filter((row) => canStop(two, row, readOnly))).toEqual([1])
  expect(tickedRows(two, toggleRows(two, nothing, rows, readOnly), rows)).toEqual([1])
})

test('all of some rows are ticked, and unticked when all of them are', () => {
  const one = toggleRows(data, nothing, [0], noneReadOnly)
  const both = toggleRows(data, one, [0, 1], noneReadOnly)
  expect(tickedRows(data, both, all)).toEqual([0, 1])
  expect(toggleRows(data, both, [0, 1], noneReadOnly).size).toBe(0)
})

const named = (shares: ReturnType<typeof sharesAt>) =>
  shares.map(({ imageId, project }) => `${imageId} ${project}`)

test('every row of a pair is handed on, though only one of them was in view', () => {
  const doubled = auditOf([
    pageImage('i1', [
      [0, 'p', 1, 1],
      [1, 'p', 1, 1],
      [0, 'a', 1, 1],
    ]),
    pageImage('i2', [[0, 'p', 1, 1]]),
  ])
  expect(named(sharesAt(doubled, new Map(), [2]))).toEqual(['i1 p1', 'i1 p1'])
  expect(named(sharesAt(doubled, new Map(), [3, 1]))).toEqual(['i2 p1', 'i1 p2'])
})

test('the same shares stay ticked when an image is read again', () => {
  const ticked = toggleRows(data, nothing, [3], noneReadOnly)
  const again = auditOf([pageImage('i1', [[0, 'a', 100, 200]])], ['p1'], data)
  expect(sharesAt(again, new Map(), tickedRows(again, ticked, rowsOf(again)))).toEqual([
    { imageId: 'i2', imageName: 'name of i2', via: 'o1', project: 'p3', projectName: null },
  ])
})
