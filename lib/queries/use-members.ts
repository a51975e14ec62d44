'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Scope } from '../contracts/scope'
import { images } from './images'
import { KnownMembers } from './known-members'
import { MembersSweep } from './members-sweep'

/**
 * Members of a project's images: what is known already, and one background read of the rest while `wanted` is not
 * empty. Rows read their own members; this is for filters and totals over all of them.
 */
export function useMembers({ cloud, region, project }: Scope, wanted: readonly string[]) {
  const client = useQueryClient()
  const [store, sweep] = useMemo(() => {
    const scope = { cloud, region, project }
    const known = new KnownMembers(client, scope)
    const read = (ids: string[]) =>
      Promise.all(ids.map(async (id) => known.put(await client.fetchQuery(images.members(scope, id)))))
    return [known, new MembersSweep({ isRead: known.isRead, read })] as const
  }, [client, cloud, region, project])

  const known = useSyncExternalStore(store.subscribe, store.get, store.get)
  const { phase, error } = useSyncExternalStore(sweep.subscribe, sweep.state, sweep.state)

  // The background read lives outside React. It looks again when the store changes: a job may have made members stale.
  useEffect(() => {
    if (wanted.length === 0) {
      sweep.rest()
      return
    }
    sweep.want(wanted)
    return store.subscribe(() => sweep.want(wanted))
  }, [sweep, store, wanted])
  useEffect(() => () => sweep.rest(), [sweep])

  const read = useMemo(() => wanted.filter((id) => known.has(id)).length, [wanted, known])
  return { known, phase, error, read, stop: () => sweep.stop(), resume: () => sweep.resume() }
}
