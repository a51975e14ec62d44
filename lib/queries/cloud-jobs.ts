import { queryOptions } from '@tanstack/react-query'
import type { UpstreamJobReport } from '../contracts/jobs'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

const youngReads = 10
const youngPollMs = 1_000
const oldPollMs = 5_000
const errorPollMs = 15_000

/** How long until one of the cloud's jobs is asked for again; false once it ended, or was never found. */
export function cloudJobPollMs(
  job: Pick<UpstreamJobReport, 'state'> | undefined,
  isFailed: boolean,
  reads: number,
): number | false {
  if (isFailed) return job && isUnderWay(job) ? errorPollMs : false
  if (!job || !isUnderWay(job)) return false
  return reads <= youngReads ? youngPollMs : oldPollMs
}

/** Whether the cloud still works at it, as far as it says. */
export function isUnderWay({ state }: Pick<UpstreamJobReport, 'state'>): boolean {
  return state === 'starting' || state === 'running'
}

/** Jobs of the cloud's own, followed by their ids. */
export const cloudJobs = {
  detail: (scope: Scope, id: string) =>
    queryOptions({
      queryKey: ['cloud-jobs', scope, id] as const,
      queryFn: ({ signal }) => fetchJson<UpstreamJobReport>(api.upstreamJob(scope, id), signal),
      refetchInterval: ({ state }) =>
        cloudJobPollMs(state.data, state.status === 'error', state.dataUpdateCount),
      staleTime: 1_000,
    }),
}
