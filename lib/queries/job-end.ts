import { type QueryClient, QueryObserver } from '@tanstack/react-query'
import { isFinished, type JobView } from '../contracts/jobs'
import { jobs } from './jobs'

/**
 * Resolves once a job has ended, or rests until somebody goes on with it. Watches it as its own page would; what can't be
 * read is asked for again.
 */
export function jobEnd(client: QueryClient, id: string): Promise<JobView> {
  return new Promise((resolve) => {
    const leave = new QueryObserver(client, jobs.detail(id)).subscribe(({ data }) => {
      if (!data || !(isFinished(data) || data.state === 'paused')) return
      leave()
      resolve(data)
    })
  })
}
