import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ImageMembers, ImagePage, ImageSummary, ImageView } from '../contracts/images'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'
import { membersLoader } from './members-loader'

/** As many pages as our server would read of one list. */
const mostPages = 200

/** The marker of the next page; undefined at the end, and where a cloud's links lead round in a circle. */
function nextMarker(page: ImagePage, read: readonly (string | undefined)[]): string | undefined {
  if (page.next === null || read.includes(page.next) || read.length >= mostPages) return undefined
  return page.next
}

/** At most so many ids go into one call; the server takes no more. */
const idsPerCall = 50

/** Cuts a list of ids into the parts that `images.byId` may be asked for. */
export function idChunks(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / idsPerCall)
  return Array.from({ length: count }, (_, n) => ids.slice(n * idsPerCall, (n + 1) * idsPerCall))
}

/** Everything read about the images a project owns. */
export const images = {
  all: (scope: Scope) => ['images', scope] as const,

  /** One query per hidden flag, because Glance leaves hidden images out unless they are asked for. */
  pages: (scope: Scope, hidden: boolean) =>
    infiniteQueryOptions({
      queryKey: [...images.all(scope), 'pages', { hidden }] as const,
      queryFn: ({ pageParam, signal }) =>
        fetchJson<ImagePage>(api.images(scope, { marker: pageParam, hidden }), signal),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page, _pages, _marker, read) => nextMarker(page, read),
      staleTime: 30_000,
    }),

  detail: (scope: Scope, imageId: string) =>
    queryOptions({
      queryKey: [...images.all(scope), 'detail', imageId] as const,
      queryFn: ({ signal }) => fetchJson<ImageView>(api.image(scope, imageId), signal),
      staleTime: 10_000,
    }),

  /** Images named by an address, for example the ones a person is about to share. */
  byId: (scope: Scope, ids: readonly string[]) =>
    queryOptions({
      queryKey: [...images.all(scope), 'by-id', [...ids].sort()] as const,
      queryFn: ({ signal }) => fetchJson<ImageSummary[]>(api.imagesById(scope, ids), signal),
      staleTime: 30_000,
    }),

  /** Asked for row by row, sent in batches, read once per image and visit. */
  members: (scope: Scope, imageId: string) =>
    queryOptions({
      queryKey: [...images.all(scope), 'members', imageId] as const,
      queryFn: (): Promise<ImageMembers> => membersLoader(scope).load(imageId),
      staleTime: Number.POSITIVE_INFINITY,
      // Totals and filters go on counting what no row shows any more.
      gcTime: Number.POSITIVE_INFINITY,
    }),
}
