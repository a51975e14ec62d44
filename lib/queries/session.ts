import { queryOptions } from '@tanstack/react-query'
import type { SessionView } from '../contracts/session'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

export const session = {
  current: () =>
    queryOptions({
      queryKey: ['session'] as const,
      queryFn: ({ signal }) => fetchJson<SessionView>(api.session(), signal),
      staleTime: 60_000,
    }),
}
