import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  type ItemState,
  isFinished,
  type JobItemPage,
  type JobItemView,
  type JobSummary,
  type JobView,
} from '../contracts/jobs'
import { api } from '../paths'
import { fetchJson } from './fetch-json'
import { applyJobEffects } from './job-effects'
import { isLive } from './live-state'

const youngMs = 10_000
const youngPollMs = 1_000
const oldPollMs = 5_000
const errorPollMs = 15_000

/** How long until a job is read again; false when it need not be. The event stream makes polling a fallback. */
export function jobPollMs(
  job: Pick<JobView, 'state' | 'createdAt'> | undefined,
  failed: boolean,
  now: number,
) {
  if (failed) return errorPollMs
  if (!job || isFinished(job) || job.state === 'paused') return false
  if (isLive()) return errorPollMs
  return now - Date.parse(job.createdAt) < youngMs ? youngPollMs : oldPollMs
}

/** Reads a job; the read that first sees its end makes everything it touched stale. */
async function readJob(client: QueryClient, id: string, signal: AbortSignal): Promise<JobView> {
  const job = await fetchJson<JobView>(api.job(id), signal)
  applyJobEffects(client, job)
  return job
}

export const jobs = {
  all: () => ['jobs'] as const,

  list: () =>
    queryOptions({
      queryKey: [...jobs.all(), 'list'] as const,
      queryFn: ({ signal }) => fetchJson<JobSummary[]>(api.jobs(), signal),
      refetchInterval: (query) =>
        isLive() || !query.state.data?.some((job) => !isFinished(job)) ? false : oldPollMs,
      staleTime: 5_000,
    }),

  detail: (id: string) =>
    queryOptions({
      queryKey: [...jobs.all(), 'detail', id] as const,
      queryFn: ({ client, signal }) => readJob(client, id, signal),
      refetchInterval: (query) => jobPollMs(query.state.data, query.state.status === 'error', Date.now()),
      // Two answers can overtake each other; the one with the higher revision stays.
      structuralSharing: (old, next) =>
        old && (old as JobView).revision > (next as JobView).revision ? old : next,
      staleTime: 1_000,
    }),

  items: (id: string, state: ItemState | 'all') =>
    infiniteQueryOptions({
      queryKey: [...jobs.all(), 'items', id, state] as const,
      queryFn: ({ pageParam, signal }) => fetchJson<JobItemPage>(api.jobItems(id, pageParam, state), signal),
      initialPageParam: 0,
      getNextPageParam: (page) => page.next ?? undefined,
    }),

  /**
   * One pair with its times and reason: the first of the list that starts at its place (`pairOffset`). Read anew when
   * its state changes.
   */
  item: (id: string, offset: number, state: ItemState) =>
    queryOptions({
      queryKey: [...jobs.all(), 'item', id, offset, state] as const,
      queryFn: async ({ signal }): Promise<JobItemView | null> => {
        const page = await fetchJson<JobItemPage>(api.jobItems(id, offset, 'all'), signal)
        return page.items[0] ?? null
      },
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
