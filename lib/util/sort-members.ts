import type { Member, MemberStatus } from '../contracts/images'

export const memberSortKeys = ['project', 'status', 'shared', 'answered'] as const
export type MemberSortKey = (typeof memberSortKeys)[number]
export type MemberSort = { key: MemberSortKey; direction: 'asc' | 'desc' }

/** What asks for the owner's eyes comes first. */
const ranks: Record<MemberStatus, number> = { pending: 0, rejected: 1, accepted: 2 }

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Those with a name by their name, then those of which only the id is known. */
function byProject(a: Member, b: Member): number {
  if (a.projectName === null || b.projectName === null) {
    return Number(a.projectName === null) - Number(b.projectName === null) || text(a.project, b.project)
  }
  return a.projectName.localeCompare(b.projectName) || text(a.project, b.project)
}

const compare: Record<MemberSortKey, (a: Member, b: Member) => number> = {
  project: byProject,
  status: (a, b) => ranks[a.status] - ranks[b.status],
  shared: (a, b) => text(a.sharedAt, b.sharedAt),
  // Not answered is before every answer.
  answered: (a, b) => text(a.answeredAt ?? '', b.answeredAt ?? ''),
}

/** The members in another order; equal ones stand by project, whatever the direction. */
export function sortMembers(members: readonly Member[], { key, direction }: MemberSort): Member[] {
  const sign = direction === 'asc' ? 1 : -1
  return members.toSorted((a, b) => sign * compare[key](a, b) || byProject(a, b))
}

/** What a click on a column's head leads to: times begin with the newest, the rest with the first. */
export function nextSort(sort: MemberSort, key: MemberSortKey): MemberSort {
  if (sort.key === key) return { key, direction: sort.direction === 'asc' ? 'desc' : 'asc' }
  return { key, direction: key === 'shared' || key === 'answered' ? 'desc' : 'asc' }
}
