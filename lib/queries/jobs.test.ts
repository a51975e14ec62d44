import { QueryClient } from '@tanstack/react-query'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type JobState, type JobView, jobStates } from '../contracts/jobs'
import { activityKey } from './activity-key'
import { images } from './images'
import { incoming } from './incoming'
import { applyJobEffects } from './job-effects'
import { jobPollMs, jobs } from './jobs'
import { setLive } from './live-state'

const now = Date.UTC(2026, 10, 20, 12)
const job = (state: JobState, ageMs = 0) => ({ state, createdAt: new Date(now - ageMs).toISOString() })

afterEach(() => setLive(false))

describe('a job is read again', () => {
  test.each<[string, JobState | null, number, boolean, boolean, number | false]>([
    ['a young one every second', 'running', 0, false, false, 1_000],
    ['a young one to its tenth second', 'queued', 9_999, false, false, 1_000],
    ['an older one every five', 'running', 10_000, false, false, 5_000],
    ['seldom while events arrive', 'running', 0, false, true, 15_000],
    ['seldom after a failed read', 'running', 0, true, false, 15_000],
    ['seldom after a failed read, though it seemed over', 'succeeded', 0, true, false, 15_000],
    ['seldom when nothing was ever read', null, 0, true, false, 15_000],
    ['not before the first read', null, 0, false, false, false],
    ['not while it rests', 'paused', 0, false, false, false],
    ['not while it rests, events or not', 'paused', 0, false, true, false],
  ])('%s', (_what, state, ageMs, failed, live, wanted) => {
    setLive(live)
    expect(jobPollMs(state ? job(state, ageMs) : undefined, failed, now)).toBe(wanted)
  })

  test.each(jobStates.map((state) => [state]))('or not, by its state: %s', (state) => {
    const goesOn = state === 'queued' || state === 'running'
    expect(jobPollMs(job(state), false, now) !== false).toBe(goesOn)
  })
})

const scope = { cloud: 'openstack', region: 'north', project: 'p1' }
const view = (more: Partial<JobView>) =>
  ({
    id: 'j1',
    scope,
    kind: 'share',
    state: 'running',
    revision: 1,
    images: [{ id: 'i1', name: null }],
    ...more,
  }) as JobView

test('of two answers that overtake each other the newer one stays', () => {
  const { structuralSharing } = jobs.detail('j1')
  if (typeof structuralSharing !== 'function') throw new Error('the answers are not compared')
  const [older, newer] = [view({ revision: 4 }), view({ revision: 5 })]
  expect(structuralSharing(newer, older)).toBe(newer)
  expect(structuralSharing(older, newer)).toBe(newer)
  expect(structuralSharing(undefined, older)).toBe(older)
})

describe('the end of a job', () => {
  function stale(more: Partial<JobView>, times = 1) {
    const client = new QueryClient()
    const told = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    for (let time = 0; time < times; time += 1) applyJobEffects(client, view(more))
    return told.mock.calls.map(([filter]) => filter?.queryKey)
  }

  test('makes the log and its images’ members stale, once, however often it is seen', () => {
    const { members, detail } = images
    const keys = [activityKey, members(scope, 'i1').queryKey, detail(scope, 'i1').queryKey]
    expect(stale({ state: 'partly_failed' })).toEqual(keys)
    expect(stale({ state: 'succeeded' }, 3)).toEqual(keys)
  })

  test('makes the log and the offers stale when it was an answer', () => {
    expect(stale({ state: 'succeeded', kind: 'reject' })).toEqual([activityKey, incoming.all()])
  })

  test('is nothing before it came', () => {
    for (const state of ['queued', 'running', 'paused'] as const) expect(stale({ state })).toEqual([])
  })
})
