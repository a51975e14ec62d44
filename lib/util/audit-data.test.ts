import { describe, expect, it } from 'vitest'
import type { AuditMemberTuple, AuditRowsPage } from '../contracts/audits'
import { type AuditData, addRows, auditStatuses, emptyAudit } from './audit-data'
import { pageImage } from './testing/page-image'

const image = (id: string, members: AuditMemberTuple[]) =>
  pageImage(id, members, { owner: 'owner', via: 'owner' })

const page = (images: AuditRowsPage['images'], projects: string[]): AuditRowsPage => ({
  images,
  projects,
  next: '1',
  more: false,
})

const rowsOf = (data: AuditData) =>
  Array.from({ length: data.size }, (_, row) => [
    data.images[data.image[row] as number]?.id,
    data.projects[data.project[row] as number],
    auditStatuses[data.status[row] as number],
  ])

describe('addRows', () => {
  it('appends pages whose project indexes are their own', () => {
    const first = addRows(emptyAudit(), page([image('i1', [[0, 'a', 10, 20]])], ['p1']))
    const both = addRows(
      first,
      page(
        [
          image('i2', [
            [0, 'p', null, null],
            [1, 'r', 30, null],
          ]),
        ],
        ['p2', 'p1'],
      ),
    )
    expect(rowsOf(both)).toEqual([
      ['i1', 'p1', 'accepted'],
      ['i2', 'p2', 'pending'],
      ['i2', 'p1', 'rejected'],
    ])
    expect(both.projects).toEqual(['p1', 'p2'])
    expect([...both.sharedAt.subarray(0, 3)]).toEqual([10_000, Number.NaN, 30_000])
    expect([...both.answeredAt.subarray(0, 3)]).toEqual([20_000, Number.NaN, Number.NaN])
  })

  it('leaves the audit before the page as it was', () => {
    const first = addRows(emptyAudit(), page([image('i1', [[0, 'a', 10, 20]])], ['p1']))
    addRows(first, page([image('i1', [[0, 'r', 10, 20]]), image('i2', [[0, 'p', 1, 1]])], ['p1']))
    expect(rowsOf(first)).toEqual([['i1', 'p1', 'accepted']])
    expect(first.images).toHaveLength(1)
  })

  it('can go on from the same state twice', () => {
    const first = addRows(emptyAudit(), page([image('i1', [[0, 'a', 10, 20]])], ['p1']))
    const one = addRows(first, page([image('i2', [[0, 'p', 1, 1]])], ['p2']))
    const other = addRows(first, page([image('i3', [[0, 'r', 1, 1]])], ['p3']))
    expect(rowsOf(one).at(-1)).toEqual(['i2', 'p2', 'pending'])
    expect(rowsOf(other).at(-1)).toEqual(['i3', 'p3', 'rejected'])
    expect([other.imageAt.get('i2'), other.projectAt.get('p3')]).toEqual([undefined, 1])
  })

  it('replaces the members and the facts of an image that comes again, in its place', () => {
    const first = addRows(
      emptyAudit(),
      page(
        [
          image('i1', [
            [0, 'a', 10, 20],
            [1, 'p', 1, 1],
          ]),
          image('i2', [[1, 'p', 1, 1, { said: 'maybe' }]]),
        ],
        ['p1', 'p2'],
      ),
    )
    const again = addRows(first, page([{ ...image('i1', [[0, 'r', 10, 40]]), name: 'renamed' }], ['p3']))
    expect(rowsOf(again)).toEqual([
      ['i2', 'p2', 'pending'],
      ['i1', 'p3', 'rejected'],
    ])
    expect(again.images.map(({ name }) => name)).toEqual(['renamed', 'name of i2'])
    expect([...again.odd]).toEqual([[0, { said: 'maybe' }]])
    expect([...first.odd]).toEqual([[2, { said: 'maybe' }]])
  })

  it('keeps every member while its columns grow', () => {
    let data = emptyAudit()
    for (let i = 0; i < 60; i++) {
      const members = Array.from({ length: 100 }, (_, at): AuditMemberTuple => [at, 'a', i, at])
      data = addRows(
        data,
        page(
          [image(`i${i}`, members)],
          Array.from({ length: 100 }, (_, at) => `p${at}`),
        ),
      )
    }
    expect(data.size).toBe(6_000)
    expect(data.projects).toHaveLength(100)
    for (const row of [0, 1_023, 1_024, 5_999]) {
      expect(data.images[data.image[row] as number]?.id).toBe(`i${Math.floor(row / 100)}`)
      expect(data.projects[data.project[row] as number]).toBe(`p${row % 100}`)
      expect(data.sharedAt[row]).toBe(Math.floor(row / 100) * 1_000)
    }
  })
})
