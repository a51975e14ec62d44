import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { ActivityPage } from '../contracts/activity'
import type { ActivityFilterInput } from '../contracts/inputs/activity'
import { api } from '../paths'
import { activityKey } from './activity-key'
import { fetchJson } from './fetch-json'

const underWayMs = 5_000

/** What was done through the dashboard, newest first. */
export const activity = {
  pages: (filter: ActivityFilterInput) =>
    infiniteQueryOptions({
      queryKey: [...activityKey, filter] as const,
      queryFn: ({ pageParam, signal }) =>
        fetchJson<ActivityPage>(api.activity({ ...filter, cursor: pageParam }), signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      // Another filter keeps what is shown until its own answer is there.
      placeholderData: keepPreviousData,
      // Only while nobody has gone further back: all pages would be read again.
      refetchInterval: ({ state: { data } }) =>
        data?.pages.length === 1 && data.pages[0]?.entries.some(({ openState }) => openState === 'under_way')
          ? underWayMs
          : false,
      staleTime: 5_000,
    }),
}
