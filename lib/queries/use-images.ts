'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { ImagePage, ImageSummary } from '../contracts/images'
import type { Scope } from '../contracts/scope'
import { images } from './images'

/**
 * All images of a project, page after page as the cloud hands them out, hidden ones included.
 * `complete` turns true when both lists have ended; until then every count is "at least".
 */
export function useOwnedImages(scope: Scope) {
  const shown = useInfiniteQuery(images.pages(scope, false))
  const hidden = useInfiniteQuery(images.pages(scope, true))
  useFollowPages(shown)
  useFollowPages(hidden)

  const list = useMemo(() => {
    const byId = new Map<string, ImageSummary>()
    for (const page of [...(shown.data?.pages ?? []), ...(hidden.data?.pages ?? [])]) {
      for (const image of page.images) byId.set(image.id, image)
    }
    return [...byId.values()]
  }, [shown.data, hidden.data])

  const pages = [...(shown.data?.pages ?? []), ...(hidden.data?.pages ?? [])]
  return {
    images: list,
    isPending: shown.isPending,
    isFetching: shown.isFetching || hidden.isFetching,
    error: shown.error ?? hidden.error,
    truncated: pages.some((page) => page.truncated) || isCut(shown) || isCut(hidden),
    complete: shown.isSuccess && hidden.isSuccess && !shown.hasNextPage && !hidden.hasNextPage,
    refetch: () => Promise.all([shown.refetch(), hidden.refetch()]),
  }
}

/** The last page names another one that is not asked for. */
const isCut = ({ data, hasNextPage }: { data?: { pages: ImagePage[] }; hasNextPage: boolean }) =>
  !hasNextPage && (data?.pages.at(-1)?.next ?? null) !== null

interface Pages {
  hasNextPage: boolean
  isFetching: boolean
  isError: boolean
  fetchNextPage: () => Promise<unknown>
}

/** The upstream list is outside React: ask for its next page as soon as one has arrived. */
function useFollowPages({ hasNextPage, isFetching, isError, fetchNextPage }: Pages) {
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
}
