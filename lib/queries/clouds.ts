import { queryOptions } from '@tanstack/react-query'
import type { CloudView } from '../contracts/clouds'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

/** What the session's cloud can do, region by region. */
export const clouds = {
  list: () =>
    queryOptions({
      queryKey: ['clouds'] as const,
      queryFn: ({ signal }) => fetchJson<CloudView[]>(api.clouds(), signal),
      staleTime: 60_000,
    }),
}
