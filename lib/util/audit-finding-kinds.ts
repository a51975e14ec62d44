import type { AuditImage, AuditMember, AuditPolicy, AuditProject, FindingKind } from '../contracts/audits'

/** What images are held against. */
export interface FindingFacts {
  policy: AuditPolicy
  /** The most members an image may have; null where nobody knows. */
  limit: number | null
  /** What the identity service said, by project id. */
  projects: ReadonlyMap<string, AuditProject>
  /** Whether this cloud lets an image of that visibility have members. */
  allowsMembers: (visibility: string) => boolean
  /** Whether there is an earlier audit to hold this one against. */
  hasEarlier: boolean
  /** The moment the audit speaks of, in milliseconds since 1970. */
  now: number
}

type Judging = FindingFacts & { trusts: Trust | null }
type OfImage = (image: AuditImage, facts: Judging) => boolean
type OfMembers = (image: AuditImage, facts: Judging) => AuditMember[]

const dayMs = 86_400_000
const idPattern = /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Longer ago than these days: exactly so many are not. No time, no finding. */
function isOlder(time: string | null, days: number, now: number): boolean {
  return time !== null && now - Date.parse(time) > days * dayMs
}

/** Only who reads as the owner sees all members; to a recipient its own row is the only one. */
const isWhole = ({ side, refused }: AuditImage) => side === 'owner' && refused === null

const isShared: OfImage = ({ visibility, members }, { allowsMembers }) =>
  allowsMembers(visibility) && members.length > 0

/** Members that are projects other than the image's owner. */
const recipients = (image: AuditImage) =>
  isWhole(image)
    ? image.members.filter(({ project, type }) => project !== image.owner && type === undefined)
    : []

const inStanding =
  (standing: AuditProject['standing']): OfMembers =>
  (image, { projects }) =>
    recipients(image).filter(({ project }) => projects.get(project)?.standing === standing)

/**
 * How members stand to the lists of the trusted. One that is no project, such as a domain, is held against the list of its
 * own kind. Those that do not exist or can't be projects are told by themselves.
 */
const inTrust =
  (wanted: Trusted): OfMembers =>
  (image, { trusts, projects }) => {
    if (!trusts || !isWhole(image)) return []
    const others = image.members.filter(({ type }) => type !== undefined)
    return [
      ...recipients(image).filter(({ project }) => {
        const known = projects.get(project)
        const isToldElsewhere = known?.standing === 'gone' || known?.standing === 'odd'
        return !isToldElsewhere && trusts.project(project, known) === wanted
      }),
      ...others.filter(({ project }) => trusts.domain(project) === wanted),
    ]
  }

const untrusted = inTrust('no')
/** Members of whom the cloud does not tell what decides whether they are trusted. */
export const undecided = inTrust('unknown')

type Trusted = 'yes' | 'no' | 'unknown'

interface Trust {
  domain: (id: string) => Trusted
  project: (id: string, known: AuditProject | undefined) => Trusted
}

/**
 * Whether a project, or its domain, is on a list by id or name; null where nobody said whom to trust. What looks like an
 * id is one: else a project could be named like a trusted one's id. Unknown where an id or name that was not told may be
 * on a list.
 */
export function trustOf({ trustedDomains, trustedProjects }: AuditPolicy): Trust | null {
  if (trustedDomains.length === 0 && trustedProjects.length === 0) return null
  const isOn = (trusted: readonly string[]) => {
    const list = new Set(trusted)
    const hasNames = trusted.some((entry) => !idPattern.test(entry))
    return (id: string | null, name: string | null): Trusted => {
      if ((id !== null && list.has(id)) || (name !== null && list.has(name) && !idPattern.test(name)))
        return 'yes'
      return (id === null && list.size > 0) || (name === null && hasNames) ? 'unknown' : 'no'
    }
  }
  const [ofDomain, ofProject] = [isOn(trustedDomains), isOn(trustedProjects)]
  return {
    domain: (id) => ofDomain(id, null),
    project: (id, known) => {
      const both = [
        ofProject(id, known?.name ?? null),
        ofDomain(known?.domainId ?? null, known?.domainName ?? null),
      ]
      return (
        both.find((trusted) => trusted === 'yes') ?? both.find((trusted) => trusted === 'unknown') ?? 'no'
      )
    },
  }
}

const pendingLong: OfMembers = ({ members }, { policy, now }) =>
  members.filter(({ status, sharedAt }) => status === 'pending' && isOlder(sharedAt, policy.pendingDays, now))

const rejected: OfMembers = (image) =>
  isWhole(image) ? image.members.filter(({ status }) => status === 'rejected') : []

const duplicates: OfMembers = ({ members }) => {
  const seen = new Set<string>()
  return members.filter(({ project }) => {
    const isSecond = seen.has(project)
    seen.add(project)
    return isSecond
  })
}

const limitReached: OfImage = (image, { limit }) =>
  isWhole(image) && limit !== null && image.members.length > 0 && image.members.length >= limit

const limitNear: OfImage = (image, { limit, policy }) =>
  isWhole(image) &&
  limit !== null &&
  image.members.length < limit &&
  image.members.length * 100 >= limit * policy.limitPercent

/**
 * Glance keeps the members of an image that is switched away from `shared`, hides them, and revives them when it is
 * switched back. What is kept shows only where the cloud lists members all the same, or in an earlier audit.
 */
const frozen: OfImage = ({ visibility, members, hadMembers }, { allowsMembers }) =>
  !allowsMembers(visibility) && (members.length > 0 || hadMembers)

/** Findings about an image as a whole. */
export const imageKinds: readonly [FindingKind, OfImage][] = [
  ['limit_reached', limitReached],
  ['limit_near', limitNear],
  ['image_deactivated', (image, facts) => isShared(image, facts) && image.status === 'deactivated'],
  [
    'image_not_active',
    (image, facts) => isShared(image, facts) && !['active', 'deactivated'].includes(image.status),
  ],
  ['image_hidden', (image, facts) => isShared(image, facts) && image.hidden],
  [
    'image_old',
    (image, facts) => isShared(image, facts) && isOlder(image.createdAt, facts.policy.imageDays, facts.now),
  ],
  ['image_public', ({ visibility }) => visibility === 'public'],
  ['image_community', ({ visibility }) => visibility === 'community'],
  ['members_frozen', frozen],
]

/** Findings about members of an image. */
export const memberKinds: readonly [FindingKind, OfMembers][] = [
  ['recipient_gone', inStanding('gone')],
  ['recipient_disabled', inStanding('disabled')],
  ['recipient_odd', inStanding('odd')],
  ['recipient_untrusted', untrusted],
  ['pending_long', pendingLong],
  ['rejected', rejected],
  ['duplicate_members', duplicates],
]
