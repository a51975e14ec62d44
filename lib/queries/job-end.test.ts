import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { JobState, JobView } from '../contracts/jobs'
import { jobEnd } from './job-end'
import { jobs } from './jobs'

const view = (state: JobState, revision: number) =>
  ({ id: 'j1', state, revision, createdAt: new Date().toISOString() }) as JobView

test.each<[JobState]>([['succeeded'], ['partly_failed'], ['cancelled'], ['paused']])(
  'a job is waited for until it is %s',
  async (state) => {
    const client = new QueryClient()
    const { queryKey } = jobs.detail('j1')
    client.setQueryData(queryKey, view('queued', 1))
    let end: JobState | null = null
    const waiting = jobEnd(client, 'j1').then((job) => {
      end = job.state
    })
    client.setQueryData(queryKey, view('running', 2))
    // The cache tells its watchers in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve))
    expect(end).toBeNull()
    client.setQueryData(queryKey, view(state, 3))
    await waiting
    expect(end).toBe(state)
    expect(client.getQueryCache().find({ queryKey })?.getObserversCount()).toBe(0)
  },
)
