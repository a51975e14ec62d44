import { describe, expect, test } from 'vitest'
import type { ImageMembers, MemberStatus } from '../contracts/images'
import { canHaveMembers, countMembers, recipientsOf, sharingTotals, stopPlan } from './sharing'

const member = (project: string, status: MemberStatus) => ({
  project,
  projectName: null,
  status,
  sharedAt: '2026-11-01T00:00:00Z',
  answeredAt: null,
})

const read = (imageId: string, ...members: [project: string, status: MemberStatus][]): ImageMembers => ({
  imageId,
  members: members.map(([project, status]) => member(project, status)),
  refused: null,
})

const rocky = read('rocky', ['retail', 'accepted'], ['lake', 'pending'])
const debian = read('debian', ['retail', 'rejected'], ['crm', 'accepted'])

test('members are counted by status', () => {
  expect(countMembers([...rocky.members, ...debian.members])).toEqual({
    accepted: 2,
    pending: 1,
    rejected: 1,
    total: 4,
  })
  expect(countMembers([])).toEqual({ accepted: 0, pending: 0, rejected: 0, total: 0 })
})

test.each([
  [null, true],
  ['not_active', true],
  ['visibility', false],
  ['marketplace', false],
] as const)('an image with the obstacle %s is asked for members: %s', (shareObstacle, expected) => {
  expect(canHaveMembers({ shareObstacle })).toBe(expected)
})

test('[row 4] totals count each project once and say how many images are unread', () => {
  const images = ['rocky', 'debian', 'alpine'].map((id) => ({ id, shareObstacle: null }))
  const known = new Map([rocky, debian].map((entry) => [entry.imageId, entry]))
  const secret = { id: 'secret', shareObstacle: 'visibility' as const }
  expect(sharingTotals([...images, secret], known)).toEqual({ sharedImages: 2, projects: 3, unread: 1 })
  known.set('alpine', read('alpine'))
  expect(sharingTotals([...images, secret], known)).toEqual({ sharedImages: 2, projects: 3, unread: 0 })
})

describe('stopping', () => {
  test('recipients of several images are put together, the widest first', () => {
    const found = recipientsOf([rocky, debian])
    expect(found.map(({ project, images }) => [project, images])).toEqual([
      ['retail', ['rocky', 'debian']],
      ['crm', ['debian']],
      ['lake', ['rocky']],
    ])
    expect(found[0]?.counts).toEqual({ accepted: 1, pending: 0, rejected: 1, total: 2 })
  })

  test('pairs that do not exist are left out of the job', () => {
    const found = recipientsOf([rocky, debian])
    expect(stopPlan(found)).toEqual({
      images: ['rocky', 'debian'],
      projects: ['retail', 'crm', 'lake'],
      except: [
        ['rocky', 'crm'],
        ['debian', 'lake'],
      ],
      pairs: 4,
    })
    expect(stopPlan(found.slice(1, 2))).toEqual({
      images: ['debian'],
      projects: ['crm'],
      except: [],
      pairs: 1,
    })
  })
})
