import { describe, expect, test } from 'vitest'
import type { UpstreamJobReport } from '../contracts/jobs'
import { cloudJobPollMs } from './cloud-jobs'

type State = UpstreamJobReport['state']

describe('a job of the cloud is asked for again', () => {
  test.each<[string, State | null, boolean, number, number | false]>([
    ['soon at first', 'running', false, 1, 1_000],
    ['soon before it has begun', 'starting', false, 10, 1_000],
    ['less often later', 'running', false, 11, 5_000],
    ['seldom after a question that failed', 'running', true, 3, 15_000],
    ['not when it was never found', null, true, 0, false],
    ['not before the first answer', null, false, 0, false],
  ])('%s', (_what, state, isFailed, reads, wanted) => {
    expect(cloudJobPollMs(state ? { state } : undefined, isFailed, reads)).toBe(wanted)
  })

  test.each<[State]>([['succeeded'], ['failed'], ['unreadable'], ['timed_out']])(
    'or not any more: %s',
    (state) => {
      expect(cloudJobPollMs({ state }, false, 1)).toBe(false)
      expect(cloudJobPollMs({ state }, true, 1)).toBe(false)
    },
  )
})
