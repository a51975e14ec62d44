import { queryOptions } from '@tanstack/react-query'
import type { Offer, OfferList } from '../contracts/incoming'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

/** What other projects offer to one of ours. */
export const incoming = {
  all: () => ['incoming'] as const,
  list: (scope: Scope) =>
    queryOptions({
      queryKey: [...incoming.all(), scope] as const,
      queryFn: ({ signal }) => fetchJson<OfferList>(api.incoming(scope), signal),
      staleTime: 15_000,
    }),

  /** One offer with the times that lists don't tell, for the decision card. */
  detail: (scope: Scope, imageId: string) =>
    queryOptions({
      queryKey: [...incoming.all(), scope, imageId] as const,
      queryFn: ({ signal }) => fetchJson<Offer>(api.offer(scope, imageId), signal),
      staleTime: 15_000,
    }),
}
