import { describe, expect, test } from 'vitest'
import {
  type AuditImage,
  type AuditMember,
  type AuditPolicy,
  type AuditProject,
  defaultPolicy,
  type FindingKind,
  findingKinds,
} from '../contracts/audits'
import { findingsSearch } from './audit-findings'

const now = Date.UTC(2026, 10, 21, 12)
const dayMs = 86_400_000
const daysAgo = (days: number, moreMs = 0) => new Date(now - days * dayMs - moreMs).toISOString()
const [owner, friend, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string]

const member = (more: Partial<AuditMember> = {}): AuditMember => ({
  project: friend,
  status: 'accepted',
  sharedAt: daysAgo(1),
  answeredAt: null,
  ...more,
})
const members = (count: number) =>
  Array.from({ length: count }, (_, at) => member({ project: String(at).padStart(32, '0') }))

/** Nothing is wrong with this one. */
const image = (more: Partial<AuditImage> = {}): AuditImage => ({
  id: 'i-1',
  name: 'Debian',
  owner,
  status: 'active',
  visibility: 'shared',
  hidden: false,
  createdAt: daysAgo(10),
  updatedAt: daysAgo(10),
  side: 'owner',
  via: owner,
  refused: null,
  members: [member()],
  hadMembers: false,
  ...more,
})
const project = (more: Partial<AuditProject> = {}): AuditProject => ({
  id: friend,
  name: 'friends',
  domainId: 'd-1',
  domainName: 'Partners',
  standing: 'enabled',
  ...more,
})

interface Case {
  images: AuditImage[]
  projects?: AuditProject[]
  policy?: Partial<AuditPolicy>
  limit?: number | null
  allows?: (visibility: string) => boolean
  hasEarlier?: boolean
}

function find({ images, projects = [project()], policy, limit = null, ...more }: Case) {
  const search = findingsSearch({
    policy: { ...defaultPolicy, ...policy },
    limit,
    projects: new Map(projects.map((each) => [each.id, each])),
    allowsMembers: more.allows ?? ((visibility) => visibility === 'shared'),
    hasEarlier: more.hasEarlier ?? false,
    now,
  })
  for (const each of images) search.add([each])
  return search.result()
}

/** What was found, with ids in the place of indexes. */
function found(asked: Case) {
  const { findings, images, projects } = find(asked)
  return findings.map(({ kind, rows }) => [
    kind,
    ...rows.map(([at, who]) => [images[at], who === null ? null : projects[who]]),
  ])
}

const about = (kind: FindingKind, ...rows: [string, string | null][]) => [[kind, ...rows]]
const ofImage = (more: Partial<AuditImage>): Case => ({ images: [image(more)] })
const ofMember = (more: Partial<AuditMember>): Case => ofImage({ members: [member(more)] })
const ofProject = (more: Partial<AuditProject>): Case => ({ images: [image()], projects: [project(more)] })
const trusting = (policy: Partial<AuditPolicy>, more: Partial<AuditProject> = {}): Case => ({
  ...ofProject(more),
  policy,
})

/** As it stands for who may not ask about a project. */
const untold = { name: null, domainId: null, domainName: null, standing: 'not_told' } as const

test('nothing is found where nothing is wrong', () => {
  expect(found({ images: [image()] })).toEqual([])
})

// Each kind: what must be found, and what only looks like it.
const planted: Record<FindingKind, [Case, [string, string | null][]][]> = {
  recipient_gone: [[ofProject({ standing: 'gone', name: null }), [['i-1', friend]]]],
  recipient_disabled: [[ofProject({ standing: 'disabled' }), [['i-1', friend]]]],
  recipient_odd: [[ofProject({ standing: 'odd', name: null }), [['i-1', friend]]]],
  recipient_untrusted: [
    [trusting({ trustedProjects: [other] }), [['i-1', friend]]],
    [trusting({ trustedDomains: ['d-2'] }), [['i-1', friend]]],
    // Nobody told its name or domain, and only ids of projects are trusted; then its domain's name, and only ids are.
    [trusting({ trustedProjects: [other] }, untold), [['i-1', friend]]],
    [
      trusting({ trustedDomains: [other], trustedProjects: [owner] }, { domainName: null }),
      [['i-1', friend]],
    ],
    // Named like a trusted project's id, and like a trusted domain.
    [trusting({ trustedProjects: [other] }, { name: other }), [['i-1', friend]]],
    [trusting({ trustedDomains: ['friends'] }), [['i-1', friend]]],
    [trusting({ trustedProjects: ['Partners'] }), [['i-1', friend]]],
    [
      { ...ofMember({ project: 'd-9', type: 'domain' }), policy: { trustedDomains: [other] } },
      [['i-1', 'd-9']],
    ],
  ],
  pending_long: [
    [ofMember({ status: 'pending', sharedAt: daysAgo(30, 1) }), [['i-1', friend]]],
    [
      ofImage({ side: 'recipient', members: [member({ status: 'pending', sharedAt: daysAgo(31) })] }),
      [['i-1', friend]],
    ],
  ],
  rejected: [[ofMember({ status: 'rejected' }), [['i-1', friend]]]],
  limit_reached: [
    [{ ...ofImage({ members: members(10) }), limit: 10 }, [['i-1', null]]],
    [{ ...ofImage({ members: members(11) }), limit: 10 }, [['i-1', null]]],
  ],
  limit_near: [
    [{ ...ofImage({ members: members(9) }), limit: 10 }, [['i-1', null]]],
    [{ ...ofImage({ members: members(9) }), limit: 10, policy: { limitPercent: 90 } }, [['i-1', null]]],
  ],
  image_deactivated: [[ofImage({ status: 'deactivated' }), [['i-1', null]]]],
  image_not_active: [[ofImage({ status: 'queued' }), [['i-1', null]]]],
  image_hidden: [[ofImage({ hidden: true }), [['i-1', null]]]],
  image_old: [[ofImage({ createdAt: daysAgo(365, 1) }), [['i-1', null]]]],
  same_name: [
    [
      { images: [image(), image({ id: 'i-2', owner: other }), image({ id: 'i-3' })] },
      [
        ['i-1', null],
        ['i-2', null],
        ['i-3', null],
      ],
    ],
    // Case, blanks, width, what can't be seen, and a Cyrillic letter.
    ...[' debian ', 'DEBIAN', 'Ｄebian', 'Deb\u200bian', 'D\u0435bian'].map(
      (name): [Case, [string, string | null][]] => [
        { images: [image(), image({ id: 'i-2', owner: other, name, members: [] })] },
        [
          ['i-1', null],
          ['i-2', null],
        ],
      ],
    ),
  ],
  image_public: [[ofImage({ visibility: 'public', members: [] }), [['i-1', null]]]],
  image_community: [[ofImage({ visibility: 'community', members: [] }), [['i-1', null]]]],
  members_frozen: [
    [ofImage({ visibility: 'private', members: [], hadMembers: true }), [['i-1', null]]],
    [ofImage({ visibility: 'private' }), [['i-1', null]]],
  ],
  duplicate_members: [
    [ofImage({ members: [member(), member({ project: other }), member()] }), [['i-1', friend]]],
  ],
}

const nearMisses: Record<FindingKind, Case[]> = {
  recipient_gone: [
    ofProject({ standing: 'not_told', name: null }),
    ofProject({ standing: 'odd' }),
    ofProject({ standing: 'disabled' }),
    // The owner itself is no recipient.
    { ...ofMember({ project: owner }), projects: [project({ id: owner, standing: 'gone' })] },
    { ...ofMember({ type: 'domain' }), projects: [project({ standing: 'gone' })] },
    { ...ofImage({ side: 'recipient' }), projects: [project({ standing: 'gone' })] },
  ],
  recipient_disabled: [
    ofProject({ standing: 'enabled' }),
    ofProject({ standing: 'gone' }),
    { ...ofMember({ project: owner }), projects: [project({ id: owner, standing: 'disabled' })] },
  ],
  recipient_odd: [
    ofProject({ standing: 'gone' }),
    { ...ofMember({ project: 'd-9', type: 'domain' }), projects: [project({ id: 'd-9', standing: 'odd' })] },
  ],
  recipient_untrusted: [
    trusting({}),
    trusting({ trustedProjects: [other, friend] }),
    trusting({ trustedProjects: ['friends'] }),
    trusting({ trustedDomains: ['d-1'] }),
    trusting({ trustedDomains: ['Partners'] }),
    // What was not told may be what is trusted: a domain at all, the name of one, the name of a project.
    trusting({ trustedDomains: ['Partners'] }, untold),
    trusting({ trustedDomains: [other] }, untold),
    trusting({ trustedDomains: ['Partners'] }, { domainName: null }),
    trusting({ trustedProjects: ['friends'] }, untold),
    { ...trusting({ trustedDomains: ['Partners'] }), projects: [] },
    { ...ofMember({ project: 'd-9', type: 'domain' }), policy: { trustedDomains: ['Partners'] } },
    // Told once, as gone and as odd.
    trusting({ trustedProjects: [other] }, { standing: 'gone' }),
    trusting({ trustedProjects: [other] }, { standing: 'odd' }),
    { ...ofMember({ project: owner }), policy: { trustedProjects: [other] } },
    { ...ofMember({ project: 'd-9', type: 'domain' }), policy: { trustedDomains: ['d-9'] } },
  ],
  pending_long: [
    ofMember({ status: 'pending', sharedAt: daysAgo(30) }),
    ofMember({ status: 'pending', sharedAt: null }),
    ofMember({ status: 'pending', sharedAt: 'long ago' }),
    ofMember({ status: 'accepted', sharedAt: daysAgo(99) }),
    ofMember({ status: 'rejected', sharedAt: daysAgo(99) }),
    { ...ofMember({ status: 'pending', sharedAt: daysAgo(31) }), policy: { pendingDays: 31 } },
  ],
  rejected: [
    ofMember({ status: 'pending' }),
    // Not a place of ours: the own answer to somebody's offer.
    ofImage({ side: 'recipient', members: [member({ status: 'rejected' })] }),
  ],
  limit_reached: [
    { ...ofImage({ members: members(9) }), limit: 10 },
    ofImage({ members: members(500) }),
    { ...ofImage({ members: [] }), limit: 0 },
    // Only the own row is known.
    { ...ofImage({ side: 'recipient' }), limit: 1 },
  ],
  limit_near: [
    { ...ofImage({ members: members(8) }), limit: 10 },
    { ...ofImage({ members: members(9) }), limit: 10, policy: { limitPercent: 91 } },
    { ...ofImage({ members: members(10) }), limit: 10 },
    ofImage({ members: members(500) }),
  ],
  image_deactivated: [
    ofImage({ status: 'deactivated', members: [] }),
    ofImage({ status: 'deactivated', visibility: 'public' }),
    ofImage({ status: 'queued' }),
  ],
  image_not_active: [
    ofImage({ status: 'deactivated' }),
    ofImage({ status: 'queued', members: [] }),
    ofImage({ status: 'queued', visibility: 'community' }),
  ],
  image_hidden: [ofImage({ hidden: true, members: [] }), ofImage({ hidden: true, visibility: 'public' })],
  image_old: [
    ofImage({ createdAt: daysAgo(365) }),
    ofImage({ createdAt: daysAgo(999), members: [] }),
    ofImage({ createdAt: 'long ago' }),
    { ...ofImage({ createdAt: daysAgo(366) }), policy: { imageDays: 366 } },
    // It is updated that is old.
    ofImage({ updatedAt: daysAgo(999) }),
  ],
  same_name: [
    { images: [image(), image({ id: 'i-2' })] },
    { images: [image(), image({ id: 'i-2', owner: other, name: 'Debian 13' })] },
    { images: [image({ name: '' }), image({ id: 'i-2', owner: other, name: '' })] },
    { images: [image({ name: ' ' }), image({ id: 'i-2', owner: other, name: '\u200b' })] },
    { images: [image(), image({ id: 'i-2', owner: null })] },
  ],
  image_public: [ofImage({ visibility: 'community' }), ofImage({ visibility: 'private' })],
  image_community: [ofImage({ visibility: 'public' }), ofImage({ visibility: 'unknown' })],
  members_frozen: [
    ofImage({ visibility: 'private', members: [] }),
    ofImage({ hadMembers: true }),
    { ...ofImage({ visibility: 'private', hadMembers: true }), allows: () => true },
  ],
  duplicate_members: [
    ofImage({ members: [member(), member({ project: other })] }),
    { images: [image(), image({ id: 'i-2' })] },
  ],
}

describe.each(findingKinds)('%s', (kind) => {
  test.each(planted[kind].map(([asked, rows], at) => ({ at, asked, rows })))(
    'is found ($at)',
    ({ asked, rows }) => {
      expect(found(asked)).toContainEqual([kind, ...rows])
    },
  )

  test.each(nearMisses[kind].map((asked, at) => ({ at, asked })))(
    'is not found in a near miss ($at)',
    ({ asked }) => {
      expect(found(asked).map(([name]) => name)).not.toContain(kind)
    },
  )
})

test('one wrong thing is one finding', () => {
  for (const kind of findingKinds) {
    const [first] = planted[kind]
    if (first) expect.soft(found(first[0]), kind).toEqual(about(kind, ...first[1]))
  }
})

test('a recipient that is disabled and outside of the list is both', () => {
  const { findings } = find(trusting({ trustedProjects: [other] }, { standing: 'disabled' }))
  expect(findings.map(({ kind }) => kind)).toEqual(['recipient_disabled', 'recipient_untrusted'])
})

test('ending shares mends what is about shares of ours, and nothing else', () => {
  const mendOf = (asked: Case) => find(asked).findings.map(({ mend }) => mend)
  expect(mendOf(ofMember({ status: 'rejected' }))).toEqual(['stop'])
  expect(mendOf(ofImage({ status: 'deactivated' }))).toEqual(['stop'])
  expect(mendOf(ofImage({ status: 'deactivated', side: 'recipient' }))).toEqual([null])
  expect(mendOf(ofImage({ visibility: 'public', members: [] }))).toEqual([null])
  expect(mendOf({ ...ofImage({ members: members(10) }), limit: 10 })).toEqual([null])
})

describe('what could not be looked for', () => {
  const notChecked = (asked: Case) => find(asked).notChecked.map(({ kind, why }) => `${kind} ${why}`)
  const all = {
    policy: { trustedProjects: [friend] },
    limit: 10,
    hasEarlier: true,
  }

  test('is nothing, when everything is known', () => {
    expect(notChecked({ images: [image()], ...all })).toEqual([])
  })
  test('is said with the reason', () => {
    expect(notChecked({ images: [image()] })).toEqual([
      'recipient_untrusted no_trust_list',
      'limit_reached no_limit',
      'limit_near no_limit',
      'members_frozen no_earlier',
    ])
    const untold = ['recipient_gone not_told', 'recipient_disabled not_told']
    expect(notChecked({ ...all, ...ofProject({ standing: 'not_told' }) })).toEqual(untold)
    expect(notChecked({ ...all, images: [image()], projects: [] })).toEqual(untold)
  })
  test('is whom to trust, as soon as one recipient could not be judged', () => {
    const named = { ...all, policy: { trustedDomains: ['Partners'] } }
    expect(notChecked({ ...ofProject({ domainName: null }), ...named })).toEqual([
      'recipient_untrusted not_told',
    ])
    expect(notChecked({ ...ofProject({}), ...named })).toEqual([])
  })
  test('is not said of what was found', () => {
    expect(notChecked({ ...ofImage({ visibility: 'private' }), limit: 1 })).toEqual([
      'recipient_untrusted no_trust_list',
    ])
  })
})

test('rows come in the order of the images, each recipient once', () => {
  const gone = [project({ standing: 'gone' }), project({ id: other, standing: 'gone' })]
  const both: AuditImage['members'] = [member({ project: other }), member(), member()]
  expect(
    found({ images: [image({ id: 'i-2', members: both }), image({ id: 'i-1' })], projects: gone }),
  ).toEqual([
    ['recipient_gone', ['i-2', friend], ['i-2', other], ['i-1', friend]],
    ['duplicate_members', ['i-2', friend]],
  ])
})
