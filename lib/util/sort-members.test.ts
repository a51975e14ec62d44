import { expect, test } from 'vitest'
import type { Member, MemberStatus } from '../contracts/images'
import { type MemberSort, nextSort, sortMembers } from './sort-members'

const member = (
  project: string,
  projectName: string | null,
  status: MemberStatus,
  sharedAt: string,
  answeredAt: string | null = null,
): Member => ({ project, projectName, status, sharedAt, answeredAt })

const members = [
  member('b1', null, 'accepted', '2026-11-03', '2026-11-04'),
  member('a1', null, 'pending', '2026-11-01'),
  member('c1', 'retail', 'rejected', '2026-11-02', '2026-11-05'),
  member('d1', 'data-lake', 'accepted', '2026-11-03', '2026-11-03'),
]

test.each<[MemberSort['key'], MemberSort['direction'], string[]]>([
  ['project', 'asc', ['d1', 'c1', 'a1', 'b1']],
  ['project', 'desc', ['b1', 'a1', 'c1', 'd1']],
  ['status', 'asc', ['a1', 'c1', 'd1', 'b1']],
  ['status', 'desc', ['d1', 'b1', 'c1', 'a1']],
  ['shared', 'desc', ['d1', 'b1', 'c1', 'a1']],
  ['answered', 'asc', ['a1', 'd1', 'b1', 'c1']],
])('members by %s, %s', (key, direction, order) => {
  expect(sortMembers(members, { key, direction }).map(({ project }) => project)).toEqual(order)
})

test.each<[MemberSort, MemberSort['key'], MemberSort['direction']]>([
  [{ key: 'project', direction: 'asc' }, 'project', 'desc'],
  [{ key: 'project', direction: 'desc' }, 'project', 'asc'],
  [{ key: 'project', direction: 'asc' }, 'status', 'asc'],
  [{ key: 'project', direction: 'asc' }, 'answered', 'desc'],
])('from %o a click on %s sorts %s', (sort, key, direction) => {
  expect(nextSort(sort, key)).toEqual({ key, direction })
})
