import { expect, test } from 'vitest'
import type { AuditMemberTuple } from '../contracts/audits'
import { addRows, emptyAudit } from './audit-data'
import { ranksOf } from './audit-sort'
import { itemsAt } from './matrix-cells'
import { type MatrixOrder, matrixOfAudit } from './matrix-of-audit'
import { pageImage } from './testing/page-image'

const image = (name: string, members: AuditMemberTuple[]) => pageImage(`id-${name}`, members, { name })
const member = (project: number, status: AuditMemberTuple[1] = 'a'): AuditMemberTuple => [
  project,
  status,
  null,
  null,
]

const data = addRows(emptyAudit(), {
  images: [
    image('v10', [member(0), member(1, 'p')]),
    image('v9', [member(1, 'r')]),
    image('empty', []),
    image('a', [member(2), member(2, 'p'), member(1)]),
  ],
  projects: ['zeta', 'beta', 'alpha'],
  next: '',
  more: false,
})
const all = Int32Array.from({ length: data.size }, (_, at) => at)
const ranks = ranksOf(data, new Map())

function laidOut(shown = all, marked: number[] = [], order: Partial<MatrixOrder> = {}) {
  const shape = matrixOfAudit(data, ranks, shown, new Set(marked), {
    isFullestImageFirst: false,
    isFullestProjectFirst: false,
    ...order,
  })
  return {
    shape,
    images: Array.from(shape.images, (at) => data.images[at]?.name),
    projects: Array.from(shape.projects, (at) => data.projects[at]),
  }
}

test('images down and projects across, by name, without those that have no member', () => {
  const { shape, images, projects } = laidOut()
  expect(images).toEqual(['a', 'v9', 'v10'])
  expect(projects).toEqual(['alpha', 'beta', 'zeta'])
  expect([...shape.imageCounts]).toEqual([3, 1, 2])
  expect([...shape.projectCounts]).toEqual([2, 3, 1])
})

test('every member lies on the cell of its image and its project', () => {
  const { shape, images, projects } = laidOut()
  for (const at of all) {
    const row = images.indexOf(data.images[data.image[at] ?? -1]?.name)
    const column = projects.indexOf(data.projects[data.project[at] ?? -1])
    expect(itemsAt(shape.cells, row, column)).toContain(at)
  }
  expect(itemsAt(shape.cells, 0, 0)).toHaveLength(2)
})

test('the fullest first, equal ones by name', () => {
  const { images, projects } = laidOut(all, [], { isFullestImageFirst: true, isFullestProjectFirst: true })
  expect(images).toEqual(['a', 'v10', 'v9'])
  expect(projects).toEqual(['beta', 'alpha', 'zeta'])
})

test('a finding rings its cell, and marks a line that is nothing else', () => {
  const rejected = 2
  const { shape } = laidOut(all, [rejected])
  expect(String.fromCharCode(...shape.cells.code)).toBe('apaRpa')
  expect([...shape.isImageMarked]).toEqual([0, 1, 0])
  expect([...shape.isProjectMarked]).toEqual([0, 0, 0])
})

test('only what is shown', () => {
  const { images, projects } = laidOut(Int32Array.of(2))
  expect(images).toEqual(['v9'])
  expect(projects).toEqual(['beta'])
  expect(laidOut(Int32Array.of()).images).toEqual([])
})
