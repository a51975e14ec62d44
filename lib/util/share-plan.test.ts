import { describe, expect, test } from 'vitest'
import type { ImageMembers, MemberStatus } from '../contracts/images'
import * as inputs from '../contracts/inputs/jobs'
import {
  choosePairs,
  listObstacles,
  maxCellsPerJob,
  maxPairsPerJob,
  maxTargetsPerJob,
  type PlanInput,
  type PlannedImage,
  planCells,
  planShare,
  refuseImage,
} from './share-plan'

const image = (id: string, more: Partial<PlannedImage> = {}): PlannedImage => ({
  id,
  name: id,
  shareObstacle: null,
  owner: 'own',
  ...more,
})

const read = (imageId: string, members: Record<string, MemberStatus>, more: Partial<ImageMembers> = {}) =>
  [
    imageId,
    {
      imageId,
      members: Object.entries(members).map(([project, status]) => ({
        project,
        projectName: null,
        status,
        sharedAt: '2026-11-01T00:00:00Z',
        answeredAt: null,
      })),
      refused: null,
      ...more,
    },
  ] as const

const input = (more: Partial<PlanInput>): PlanInput => ({
  images: [image('i')],
  projects: ['p', 'q', 'r'],
  own: 'own',
  members: new Map([read('i', {})]),
  limit: null,
  ...more,
})

describe('the plan of one image', () => {
  test.each<[string, Partial<PlanInput>, string]>([
    ['nobody has it', {}, 'nnn'],
    [
      'each status is kept',
      { members: new Map([read('i', { p: 'accepted', q: 'pending', r: 'rejected' })]) },
      'apr',
    ],
    ['not read yet', { members: new Map() }, '...'],
    ['of a visibility that forbids it', { images: [image('i', { shareObstacle: 'visibility' })] }, 'xxx'],
    ['from the marketplace', { images: [image('i', { shareObstacle: 'marketplace' })] }, 'xxx'],
    ['not ready', { images: [image('i', { shareObstacle: 'not_active' })] }, 'xxx'],
    [
      'an obstacle needs no members to be seen',
      { images: [image('i', { shareObstacle: 'visibility' })], members: new Map() },
      'xxx',
    ],
    ['refused by the cloud', { members: new Map([read('i', {}, { refused: 'forbidden' })]) }, 'xxx'],
    ['of another project', { images: [image('i', { owner: 'other' })] }, 'xxx'],
    ['[row 39] without an owner', { images: [image('i', { owner: null })] }, 'xxx'],
    ['the own project among the recipients', { projects: ['p', 'own'] }, 'nx'],
    ['limit unknown', { limit: null, members: new Map([read('i', { z: 'pending' })]) }, 'nnn'],
    ['room for all', { limit: 3 }, 'nnn'],
    ['room for two', { limit: 3, members: new Map([read('i', { z: 'pending' })]) }, 'nnx'],
    ['who has it needs no place', { limit: 2, members: new Map([read('i', { r: 'accepted' })]) }, 'nxa'],
    ['full', { limit: 1, members: new Map([read('i', { z: 'rejected' })]) }, 'xxx'],
    [
      'over the limit already',
      { limit: 1, members: new Map([read('i', { y: 'pending', z: 'pending' })]) },
      'xxx',
    ],
  ])('%s', (_, more, cells) => {
    expect(planCells(planShare(input(more)))).toEqual([cells])
  })
})

test('doubled member rows use up places', () => {
  const [id, entry] = read('i', { p: 'accepted' })
  const doubled = { ...entry, members: [...entry.members, ...entry.members] }
  expect(planCells(planShare(input({ members: new Map([[id, doubled]]), limit: 3 })))).toEqual(['anx'])
})

test('counts cover every pair', () => {
  const { counts } = planShare(
    input({
      images: [image('i'), image('j'), image('k', { shareObstacle: 'visibility' })],
      members: new Map([read('i', { p: 'accepted', q: 'rejected' })]),
    }),
  )
  expect(counts).toEqual({ new: 1, unread: 3, accepted: 1, pending: 0, rejected: 1, impossible: 3 })
})

describe('what a job is asked for', () => {
  const images = [image('i'), image('j'), image('k', { shareObstacle: 'visibility' })]
  const projects = ['p', 'q', 'r']
  const members = new Map([read('i', { p: 'accepted', r: 'accepted' }), read('j', { r: 'rejected' })])
  const plan = planShare(input({ images, projects, members }))

  test('new pairs, without images and projects that have none', () => {
    expect(choosePairs(plan, images, projects, (pair) => pair.state === 'new')).toEqual({
      images: ['i', 'j'],
      projects: ['p', 'q'],
      except: [['i', 'p']],
    })
  })

  test('rejected pairs alone', () => {
    expect(choosePairs(plan, images, projects, (pair) => pair.state === 'rejected')).toEqual({
      images: ['j'],
      projects: ['r'],
      except: [],
    })
  })

  test('nothing', () => {
    expect(choosePairs(plan, images, projects, () => false)).toEqual({ images: [], projects: [], except: [] })
  })

  test('the rectangle less its holes is exactly what was chosen', () => {
    const set = choosePairs(plan, images, projects, (_, i, j) => (i + j) % 2 === 0)
    const holes = new Set(set.except.map((pair) => pair.join()))
    const pairs = set.images.flatMap((one) => set.projects.map((other) => `${one},${other}`))
    expect(pairs.filter((pair) => !holes.has(pair)).sort()).toEqual(['i,p', 'i,r', 'j,q', 'k,p', 'k,r'])
  })
})

describe('what stands in the way', () => {
  test('[row 14] an image that is not shareable, and the own project, are named once each', () => {
    const plan = planShare(
      input({
        images: [image('i'), image('k', { shareObstacle: 'visibility' })],
        projects: ['p', 'own', 'q'],
        members: new Map([read('i', {})]),
      }),
    )
    expect(listObstacles(plan)).toEqual([
      { kind: 'project', project: 1, reason: 'own_project', images: [0, 1] },
      { kind: 'image', image: 1, reason: 'not_shareable', projects: [0, 2] },
    ])
  })

  test('a full image names the projects that find no place', () => {
    const plan = planShare(input({ limit: 2, members: new Map([read('i', { z: 'pending' })]) }))
    expect(listObstacles(plan)).toEqual([
      { kind: 'image', image: 0, reason: 'member_limit', projects: [1, 2] },
    ])
  })

  test('a project that finds a place on no image is named as a project', () => {
    const images = [image('i'), image('j')]
    const members = new Map([read('i', {}), read('j', {})])
    expect(listObstacles(planShare(input({ images, members, limit: 2 })))).toEqual([
      { kind: 'project', project: 2, reason: 'member_limit', images: [0, 1] },
    ])
  })

  test('every impossible pair is listed exactly once', () => {
    const plan = planShare(
      input({
        images: [
          image('i'),
          image('j'),
          image('k', { shareObstacle: 'visibility' }),
          image('l', { owner: 'other' }),
        ],
        projects: ['p', 'own', 'q', 'r'],
        members: new Map([read('i', { z: 'accepted' }), read('j', {})]),
        limit: 2,
      }),
    )
    const listed = listObstacles(plan).flatMap((obstacle) =>
      obstacle.kind === 'image'
        ? obstacle.projects.map((j) => `${obstacle.image},${j}`)
        : obstacle.images.map((i) => `${i},${obstacle.project}`),
    )
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed.length).toBe(plan.counts.impossible)
  })

  test('without recipients, the images that nobody could get', () => {
    const images = [image('i'), image('k', { shareObstacle: 'visibility' })]
    expect(listObstacles(planShare(input({ images, projects: [] })))).toEqual([
      { kind: 'image', image: 1, reason: 'not_shareable', projects: [] },
    ])
  })

  test.each([
    ['marketplace', 'marketplace'],
    ['not_active', 'not_active'],
    ['visibility', 'not_shareable'],
  ] as const)('%s is called %s', (shareObstacle, reason) => {
    expect(refuseImage(image('i', { shareObstacle }), 'own')).toBe(reason)
  })

  test('nothing at all', () => {
    expect(listObstacles(planShare(input({ images: [] })))).toEqual([])
  })
})

test('the bounds are those of the server', () => {
  expect(maxPairsPerJob).toBe(inputs.maxPairsPerJob)
  expect(maxCellsPerJob).toBe(inputs.maxCellsPerJob)
  const uuid = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`
  const ask = (images: number, projects: number) =>
    inputs.StartJobInput.safeParse({
      cloud: 'c',
      region: 'r',
      project: 'a'.repeat(32),
      kind: 'share',
      images: Array.from({ length: images }, (_, n) => uuid(n)),
      projects: Array.from({ length: projects }, (_, n) => `p${n}`),
      idempotencyKey: '3e144c0b-21e6-42aa-97a2-9a7844c936e4',
    }).success
  expect([ask(maxTargetsPerJob, 1), ask(maxTargetsPerJob + 1, 1)]).toEqual([true, false])
  expect([ask(1, maxTargetsPerJob), ask(1, maxTargetsPerJob + 1)]).toEqual([true, false])
})
