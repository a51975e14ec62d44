'use client'
import { type DehydratedState, HydrationBoundary, hydrate, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useLayoutEffect } from 'react'

/** Hands what the server has read for a page to the query cache, so that the browser does not read it again. */
export function PageData({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const client = useQueryClient()
  // HydrationBoundary fills queries that are in the cache already only after the views below have asked for stale ones.
  useLayoutEffect(() => hydrate(client, state), [client, state])
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>
}
