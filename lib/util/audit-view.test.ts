import { describe, expect, it } from 'vitest'
import type { AuditFindings, AuditMemberTuple, AuditProject } from '../contracts/audits'
import { type AuditData, addRows, emptyAudit } from './audit-data'
import { type AuditFilter, filterEntries, kindsAt, marksOf } from './audit-filter'
import { facetsOf, usableBy, usersOf } from './audit-pivots'
import { ranksOf, sortedBy } from './audit-sort'
import { type AuditGroup, groupEntries, imageOf, projectOf, type Sorting, sortEntries } from './audit-view'
import { type PageImage, pageImage } from './testing/page-image'

const image = (id: string, name: string, members: AuditMemberTuple[], more: Partial<PageImage> = {}) =>
  pageImage(id, members, { name, ...more })

const project = (id: string, name: string | null, standing: AuditProject['standing'] = 'enabled') =>
  [id, { id, name, domainId: null, domainName: null, standing }] as const

const projects = new Map([
  project('p1', 'retail-prod'),
  project('p2', 'Analytics'),
  project('p3', null, 'gone'),
  project('o1', 'platform'),
  project('o2', 'security'),
])

const data = addRows(emptyAudit(), {
  images: [
    image('i1', 'rocky-v10', [
      [0, 'a', 100, 200],
      [1, 'p', 300, null],
    ]),
    image(
      'i2',
      'rocky-v9',
      [
        [0, 'r', 50, 60],
        [2, 'a', null, null],
      ],
      { owner: 'o2' },
    ),
    image('i3', 'everybody', [], { visibility: 'public', owner: 'o2' }),
    image('i4', 'offered', [[1, 'p', 400, null]], { side: 'recipient', owner: 'x', via: 'p2' }),
  ],
  projects: ['p1', 'p2', 'p3'],
  next: '4',
  more: false,
})

const none: AuditFilter = {
  text: '',
  status: '',
  standing: '',
  visibility: '',
  owner: '',
  recipient: '',
  image: '',
}
const filtered = (filter: Partial<AuditFilter>, marks: Parameters<typeof filterEntries>[3] = null) =>
  named(data, filterEntries(data, projects, { ...none, ...filter }, marks))

const named = (of: AuditData, entries: Iterable<number>) =>
  [...entries].map((entry) => {
    const at = projectOf(of, entry)
    return `${of.images[imageOf(of, entry)]?.id} ${at === -1 ? '-' : of.projects[at]}`
  })

const all = filterEntries(data, projects, none, null)
const ranks = ranksOf(data, projects)
const sorted = (by: Sorting['by'], isDescending = false) =>
  named(data, sortEntries(data, ranks, all, { by, isDescending }))

const found: AuditFindings = {
  findings: [
    { kind: 'recipient_gone', rows: [[0, 0]], mend: 'stop' },
    { kind: 'image_public', rows: [[1, null]], mend: null },
    { kind: 'image_old', rows: [[2, null]], mend: 'stop' },
  ],
  notChecked: [],
  images: ['i2', 'i3', 'i1', 'not read here'],
  projects: ['p3'],
}

describe('filterEntries', () => {
  it('finds words in names and ids of image, owner and recipient, each word anywhere', () => {
    expect(filtered({ text: 'V10' })).toEqual(['i1 p1', 'i1 p2'])
    expect(filtered({ text: 'rocky RETAIL' })).toEqual(['i1 p1', 'i2 p1'])
    expect(filtered({ text: 'security p3' })).toEqual(['i2 p3'])
    expect(filtered({ text: 'rocky nothing' })).toEqual([])
  })

  it('keeps what fits every filter', () => {
    expect(filtered({ status: 'accepted' })).toEqual(['i1 p1', 'i2 p3'])
    expect(filtered({ standing: 'gone' })).toEqual(['i2 p3'])
    expect(filtered({ owner: 'o2', recipient: 'p1' })).toEqual(['i2 p1'])
    expect(filtered({ image: 'i4' })).toEqual(['i4 p2'])
    expect(filtered({ visibility: 'public' })).toEqual([])
    expect(filtered({ recipient: 'nobody' })).toEqual([])
  })

  it('shows the pairs of a finding, all members of its images, and images without members', () => {
    expect(filtered({}, marksOf(data, found, 'recipient_gone'))).toEqual(['i2 p3'])
    expect(filtered({}, marksOf(data, found, 'image_old'))).toEqual(['i1 p1', 'i1 p2'])
    expect(filtered({}, marksOf(data, found, 'image_public'))).toEqual(['i3 -'])
    expect(filtered({ owner: 'o1' }, marksOf(data, found, 'image_public'))).toEqual([])
    expect(filtered({ status: 'pending' }, marksOf(data, found, 'image_public'))).toEqual([])
    expect(filtered({}, marksOf(data, found, 'rejected'))).toEqual([])
  })
})

describe('marksOf', () => {
  it('marks what any finding is about', () => {
    const marks = marksOf(data, found, null)
    expect(named(data, marks.members)).toEqual(['i1 p1', 'i1 p2', 'i2 p3'])
    expect([...marks.images].map((at) => data.images[at]?.id).sort()).toEqual(['i1', 'i2', 'i3'])
  })

  it('tells the findings of a share and of an image', () => {
    expect(kindsAt(found, 'i2', 'p3')).toEqual(['recipient_gone'])
    expect(kindsAt(found, 'i1', 'p1')).toEqual(['image_old'])
    expect(kindsAt(found, 'i2', 'p1')).toEqual([])
    expect(kindsAt(found, 'i3', null)).toEqual(['image_public'])
  })
})

describe('sortEntries', () => {
  it('sorts numbers in names as numbers, and equal ones by recipient', () => {
    expect(sorted('image')).toEqual(['i4 p2', 'i2 p3', 'i2 p1', 'i1 p2', 'i1 p1'])
    expect(sorted('recipient')).toEqual(['i4 p2', 'i1 p2', 'i2 p3', 'i2 p1', 'i1 p1'])
    expect(sorted('owner')).toEqual(['i1 p2', 'i1 p1', 'i2 p3', 'i2 p1', 'i4 p2'])
    expect(sorted('status')).toEqual(['i4 p2', 'i1 p2', 'i2 p1', 'i2 p3', 'i1 p1'])
  })

  it('puts what is not told last, in both directions', () => {
    expect(sorted('shared')).toEqual(['i2 p1', 'i1 p1', 'i1 p2', 'i4 p2', 'i2 p3'])
    expect(sorted('shared', true)).toEqual(['i4 p2', 'i1 p2', 'i1 p1', 'i2 p1', 'i2 p3'])
    expect(sorted('age')).toEqual(sorted('shared', true))
    expect(sorted('age', true)).toEqual(sorted('shared'))
    expect(sorted('answered')).toEqual(['i2 p1', 'i1 p1', 'i4 p2', 'i2 p3', 'i1 p2'])
  })

  it('tells owners of the same name apart', () => {
    const same = new Map([project('o1', 'same'), project('o2', 'same')])
    const [first, second] = ranksOf(data, same).owner()
    expect(first).not.toBe(second)
  })
})

describe('groupEntries', () => {
  const grouped = (by: AuditGroup | null, folded: string[] = []) =>
    groupEntries(
      data,
      ranks,
      sortEntries(data, ranks, all, { by: 'shared', isDescending: false }),
      by,
      new Set(folded),
    )

  const drawn = ({ lines, groups }: ReturnType<typeof grouped>) =>
    [...lines].map((line) => (line < 0 ? `[${groups[~line]?.id}]` : named(data, [line])[0]))

  it('leaves rows as they are without a group', () => {
    expect(drawn(grouped(null))).toEqual(sorted('shared'))
  })

  it('puts heads over the rows of a group, which stay sorted', () => {
    const view = grouped('recipient')
    expect(drawn(view)).toEqual(['[p2]', 'i1 p2', 'i4 p2', '[p3]', 'i2 p3', '[p1]', 'i2 p1', 'i1 p1'])
    expect(view.groups[2]).toMatchObject({
      members: 2,
      images: 2,
      accepted: 1,
      pending: 0,
      rejected: 1,
      first: 3,
    })
    expect(drawn(grouped('owner'))[0]).toBe('[o1]')
    expect(grouped('image').groups.map(({ id, members }) => [id, members])).toEqual([
      ['i4', 1],
      ['i2', 2],
      ['i1', 2],
    ])
  })

  it('leaves out the rows of a folded group, but counts and keeps them', () => {
    const view = grouped('recipient', ['p2'])
    expect(drawn(view)).toEqual(['[p2]', '[p3]', 'i2 p3', '[p1]', 'i2 p1', 'i1 p1'])
    expect(named(data, view.rows)).toHaveLength(5)
    const { first = -1, members = 0 } = view.groups[0] ?? {}
    expect(named(data, view.rows.subarray(first, first + members))).toEqual(['i1 p2', 'i4 p2'])
  })

  it('gives images without members a group of their own', () => {
    const entries = filterEntries(data, projects, none, marksOf(data, found, null))
    const view = groupEntries(data, ranks, entries, 'recipient', new Set())
    expect(view.groups.at(-1)).toMatchObject({ id: '', images: 1, members: 0 })
    expect(drawn(view).at(-1)).toBe('i3 -')
  })
})

describe('pivots', () => {
  it('counts what a project can use', () => {
    expect(usableBy(data, 'p1')).toEqual({
      shared: 2,
      counts: { pending: 0, accepted: 1, rejected: 1 },
      own: 0,
      public: 1,
      community: 0,
    })
    expect(usableBy(data, 'o2')).toMatchObject({ shared: 0, own: 2, public: 0 })
  })

  it('counts who can use an image', () => {
    expect(usersOf(data, projects, 'i1')).toMatchObject({
      projects: 2,
      nobodies: 0,
      members: 2,
      counts: { pending: 1, accepted: 1, rejected: 0 },
    })
    expect(usersOf(data, projects, 'not read')).toBeNull()
  })

  it('counts a project that is listed twice once, and one that is none not at all', () => {
    expect(usersOf(data, projects, 'i2')).toMatchObject({ projects: 1, nobodies: 1, members: 2 })
    const twice = addRows(emptyAudit(), {
      images: [
        image('i1', 'rocky', [
          [0, 'a', 100, 200],
          [0, 'p', 300, null],
        ]),
      ],
      projects: ['p1'],
      next: '1',
      more: false,
    })
    expect(usersOf(twice, projects, 'i1')).toMatchObject({ projects: 1, nobodies: 0, members: 2 })
  })

  it('offers what rows can be told apart by', () => {
    expect(facetsOf(data, projects)).toEqual({
      owners: [
        { value: 'o1', count: 2 },
        { value: 'o2', count: 2 },
        { value: 'x', count: 1 },
      ],
      recipients: [
        { value: 'p2', count: 2 },
        { value: 'p1', count: 2 },
        { value: 'p3', count: 1 },
      ],
      visibilities: [{ value: 'shared', count: 5 }],
      standings: [
        { value: 'enabled', count: 4 },
        { value: 'gone', count: 1 },
      ],
    })
  })
})

describe('a hundred thousand rows', () => {
  /** Repeatable chance. */
  const chance = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }

  const large = (() => {
    const next = chance(7)
    const ids = Array.from({ length: 300 }, (_, at) => `p${at}`)
    const images = Array.from({ length: 10_000 }, (_, at) =>
      image(
        `i${at}`,
        `name-${Math.floor(next() * 5_000)}`,
        Array.from({ length: 10 }, (): AuditMemberTuple => {
          const status = (['p', 'a', 'r'] as const)[Math.floor(next() * 3)] ?? 'p'
          return [
            Math.floor(next() * 300),
            status,
            next() < 0.1 ? null : Math.floor(next() * 2_000_000_000),
            null,
          ]
        }),
        { owner: `o${at % 40}` },
      ),
    )
    return addRows(emptyAudit(), { images, projects: ids, next: '1', more: false })
  })()
  const nobody = new Map<string, AuditProject>()
  const byRanks = ranksOf(large, nobody)

  it('are filtered as one by one', () => {
    const kept = filterEntries(
      large,
      nobody,
      { ...none, text: 'name-1', status: 'pending', owner: 'o3' },
      null,
    )
    const expected = Array.from({ length: large.size }, (_, row) => row).filter((row) => {
      const of = large.images[large.image[row] as number]
      const text = `${of?.name}\n${of?.id}\n${of?.owner}`
      return text.includes('name-1') && large.status[row] === 0 && of?.owner === 'o3'
    })
    expect([...kept]).toEqual(expected)
    expect(kept.length).toBeGreaterThan(50)
  })

  it('are sorted as by comparing', () => {
    const every = filterEntries(large, nobody, none, null)
    const time = (row: number) => {
      const ms = large.sharedAt[row] as number
      return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms
    }
    const imageRank = byRanks.image()
    const projectRank = byRanks.recipient()
    const expected = [...every].sort(
      (a, b) =>
        (time(a) === time(b) ? 0 : time(a) - time(b)) ||
        (imageRank[large.image[a] as number] as number) - (imageRank[large.image[b] as number] as number) ||
        (projectRank[large.project[a] as number] as number) -
          (projectRank[large.project[b] as number] as number) ||
        a - b,
    )
    expect([...sortEntries(large, byRanks, every, { by: 'shared', isDescending: false })]).toEqual(expected)
  })

  it('all stand in one group each', () => {
    const every = filterEntries(large, nobody, none, null)
    const view = groupEntries(large, byRanks, every, 'owner', new Set())
    expect(view.groups).toHaveLength(40)
    expect(view.groups.reduce((sum, { members }) => sum + members, 0)).toBe(100_000)
    expect(view.lines).toHaveLength(100_040)
  })
})

describe('sortedBy', () => {
  it('sorts by all 32 bits of the keys and keeps the order of equal ones', () => {
    const keys = Uint32Array.of(0xffff_ffff, 5, 0x1_0005, 5, 0, 0x8000_0000)
    expect([...sortedBy(Int32Array.of(0, 1, 2, 3, 4, 5), keys)]).toEqual([4, 1, 3, 2, 5, 0])
  })
})
