import {
  type AuditFindings,
  type AuditImage,
  type Finding,
  type FindingKind,
  type FindingRow,
  findingKinds,
  type NotChecked,
} from '../contracts/audits'
import { type FindingFacts, imageKinds, memberKinds, trustOf, undecided } from './audit-finding-kinds'
import { nameSkeleton } from './name-skeleton'

/** Kinds where ending the shares they name is the cure; a row without a recipient names all shares of its image. */
const stopHelps: ReadonlySet<FindingKind> = new Set([
  'recipient_gone',
  'recipient_disabled',
  'recipient_odd',
  'recipient_untrusted',
  'pending_long',
  'rejected',
  'image_deactivated',
  'image_not_active',
  'image_hidden',
  'image_old',
  'duplicate_members',
])

/**
 * Looks at the images of an audit, handed over in any number of parts, and keeps no more of them than their findings and
 * the look of their names. Rows come out in the order of the images, then of the recipients.
 */
export function findingsSearch(facts: FindingFacts) {
  const judging = { ...facts, trusts: trustOf(facts.policy) }
  const found = new Map<FindingKind, FindingRow[]>(findingKinds.map((kind) => [kind, []]))
  const images = numbering()
  const projects = numbering()
  /** Kinds with a row that is ours to mend. */
  const ours = new Set<FindingKind>()
  const names = new Map<string, { id: string; owner: string; isOurs: boolean }[]>()
  let someNotTold = false
  let someUndecided = false

  function note(kind: FindingKind, image: Pick<AuditImage, 'id' | 'side'>, project: string | null) {
    found.get(kind)?.push([images.of(image.id), project === null ? null : projects.of(project)])
    if (image.side === 'owner') ours.add(kind)
  }

  function addImage(image: AuditImage) {
    for (const [kind, fires] of imageKinds) if (fires(image, judging)) note(kind, image, null)
    for (const [kind, firing] of memberKinds) {
      const hit = new Set(firing(image, judging).map(({ project }) => project))
      for (const project of [...hit].sort()) note(kind, image, project)
    }
    someNotTold ||= image.members.some(
      ({ project, type }) =>
        type === undefined && (facts.projects.get(project)?.standing ?? 'not_told') === 'not_told',
    )
    someUndecided ||= undecided(image, judging).length > 0
    const name = nameSkeleton(image.name)
    if (name === '' || image.owner === null) return
    const same = names.get(name) ?? []
    names.set(name, same)
    same.push({ id: image.id, owner: image.owner, isOurs: image.side === 'owner' })
  }

  function addSameNames() {
    for (const same of names.values()) {
      if (new Set(same.map(({ owner }) => owner)).size < 2) continue
      for (const { id, isOurs } of same) note('same_name', { id, side: isOurs ? 'owner' : 'recipient' }, null)
    }
    names.clear()
  }

  return {
    add(part: readonly AuditImage[]): void {
      for (const image of part) addImage(image)
    },
    /** What was found in all parts. To be asked once, at the end. */
    result(): AuditFindings {
      addSameNames()
      const findings = findingKinds.flatMap((kind): Finding[] => {
        const rows = found.get(kind) ?? []
        if (rows.length === 0) return []
        return [{ kind, rows, mend: stopHelps.has(kind) && ours.has(kind) ? 'stop' : null }]
      })
      const isFound = new Set(findings.map(({ kind }) => kind))
      return {
        findings,
        notChecked: notChecked(facts, { someNotTold, someUndecided }).filter(
          ({ kind }) => !isFound.has(kind),
        ),
        images: images.all(),
        projects: projects.all(),
      }
    },
  }
}

/** Kinds that could not be looked for, or not everywhere. */
function notChecked(
  { policy, limit, hasEarlier }: FindingFacts,
  { someNotTold, someUndecided }: { someNotTold: boolean; someUndecided: boolean },
) {
  const reasons: [isMissing: boolean, why: NotChecked, kinds: FindingKind[]][] = [
    [someNotTold, 'not_told', ['recipient_gone', 'recipient_disabled']],
    [someUndecided, 'not_told', ['recipient_untrusted']],
    [trustOf(policy) === null, 'no_trust_list', ['recipient_untrusted']],
    [limit === null, 'no_limit', ['limit_reached', 'limit_near']],
    [!hasEarlier, 'no_earlier', ['members_frozen']],
  ]
  return reasons.flatMap(([isMissing, why, kinds]) => (isMissing ? kinds.map((kind) => ({ kind, why })) : []))
}

/** Gives each id its place in a list of them. */
function numbering() {
  const places = new Map<string, number>()
  return {
    of(id: string): number {
      const place = places.get(id) ?? places.size
      places.set(id, place)
      return place
    },
    all: () => [...places.keys()],
  }
}
