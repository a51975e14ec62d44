import { describe, expect, test } from 'vitest'
import { type ItemCounts, itemStates, type JobFailure } from '../contracts/jobs'
import {
  answeredPairs,
  groupPairs,
  outcomeCells,
  outcomeOrder,
  pairFailure,
  pairOffset,
  pairState,
  percentSettled,
  reachedMilestone,
  timeLeftMs,
} from './job-progress'

const counts = (more: Partial<ItemCounts>): ItemCounts => ({
  waiting: 0,
  running: 0,
  unknown: 0,
  done: 0,
  already: 0,
  failed: 0,
  skipped: 0,
  ...more,
})

describe('per cent', () => {
  test.each([
    ['no pairs', counts({}), 0, null],
    ['none settled', counts({ waiting: 5, running: 3, unknown: 2 }), 10, 0],
    ['every settled state counts', counts({ done: 1, already: 1, failed: 1, skipped: 1, waiting: 4 }), 8, 50],
    ['99.9 stays 99', counts({ done: 999, waiting: 1 }), 1_000, 99],
    ['99.99 stays 99', counts({ done: 19_999, running: 1 }), 20_000, 99],
    ['29 of 100 is not cut by floating point', counts({ done: 29, waiting: 71 }), 100, 29],
    ['all', counts({ done: 7, failed: 1 }), 8, 100],
  ])('%s', (_, given, total, percent) => {
    expect(percentSettled(given, total)).toBe(percent)
  })
})

test.each([
  [null, null],
  [0, 0],
  [24, 0],
  [25, 25],
  [49, 25],
  [50, 50],
  [75, 75],
  [99, 75],
  [100, 100],
])('at %s per cent the last milestone is %s', (percent, milestone) => {
  expect(reachedMilestone(percent)).toBe(milestone)
})

test('what was never sent is not answered', () => {
  expect(answeredPairs(counts({ done: 3, already: 2, failed: 1, skipped: 9, running: 4, unknown: 1 }))).toBe(
    6,
  )
})

test('time left is what is open at the last pace', () => {
  const job = { counts: counts({ done: 6, waiting: 3, running: 1 }), total: 10, msPerPair: 250 }
  expect(timeLeftMs(job)).toBe(1_000)
  expect(timeLeftMs({ ...job, msPerPair: null })).toBeNull()
  expect(timeLeftMs({ ...job, counts: counts({ done: 10 }) })).toBe(0)
})

test('letters of a job become those of the grid', () => {
  expect(outcomeCells(['wrudafs', '.?'])).toEqual(['wgudlfs', '..'])
})

test('the drawing order has every state once', () => {
  expect([...outcomeOrder].sort()).toEqual([...itemStates].sort())
})

describe('one pair', () => {
  const cells = ['d.w', '.fr']
  test.each([
    [0, 0, 'done', 0],
    [0, 1, null, 1],
    [0, 2, 'waiting', 1],
    [1, 1, 'failed', 2],
    [1, 2, 'running', 3],
    [2, 0, null, 4],
  ])('image %i, project %i: %s at %i', (image, project, state, offset) => {
    expect(pairState(cells, image, project)).toBe(state)
    expect(pairOffset(cells, image, project)).toBe(offset)
  })

  test('finds why it failed', () => {
    const failures: JobFailure[] = [
      { code: 'member_limit', values: {}, requestIds: [], pairs: [[1, 1]], retryable: false },
    ]
    expect(pairFailure(failures, 1, 1)?.code).toBe('member_limit')
    expect(pairFailure(failures, 0, 1)).toBeNull()
  })
})

describe('pairs in words', () => {
  const images = [
    { id: 'i0', name: 'a' },
    { id: 'i1', name: null },
    { id: 'i2', name: 'c' },
  ]
  const projects = [
    { id: 'p0', name: 'x' },
    { id: 'p1', name: null },
  ]
  test.each([
    ['one', [[0, 1]], { kind: 'pair', image: images[0], project: projects[1] }],
    [
      'a row',
      [
        [1, 0],
        [1, 1],
      ],
      { kind: 'image', image: images[1], projects },
    ],
    [
      'a column',
      [
        [0, 1],
        [2, 1],
      ],
      { kind: 'project', project: projects[1], images: [images[0], images[2]] },
    ],
    [
      'scattered',
      [
        [0, 0],
        [2, 1],
      ],
      { kind: 'many', pairs: 2, images: 2, projects: 2 },
    ],
  ] as [string, [number, number][], unknown][])('%s', (_, pairs, group) => {
    expect(groupPairs(pairs, images, projects)).toEqual(group)
  })
})
