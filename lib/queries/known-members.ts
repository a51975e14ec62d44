import { hashKey, type QueryClient } from '@tanstack/react-query'
import type { ImageMembers } from '../contracts/images'
import type { Scope } from '../contracts/scope'
import { images } from './images'

/** Rows that arrive together are handed to React together. */
const publishMs = 80

/**
 * All members of a project's images that are in the query cache, as one map. Thousands of rows would cost thousands
 * of observers; this is one subscription to the cache.
 */
export class KnownMembers {
  readonly #client: QueryClient
  readonly #prefix: readonly unknown[]
  readonly #listeners = new Set<() => void>()
  readonly #current = new Map<string, ImageMembers>()
  readonly #stale = new Set<string>()
  #published: ReadonlyMap<string, ImageMembers> = new Map()
  #timer: ReturnType<typeof setTimeout> | undefined
  #leave: (() => void) | undefined

  constructor(client: QueryClient, scope: Scope) {
    this.#client = client
    this.#prefix = [...images.all(scope), 'members']
  }

  readonly get = (): ReadonlyMap<string, ImageMembers> => this.#published

  readonly subscribe = (listener: () => void) => {
    if (this.#listeners.size === 0) this.#join()
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#leave?.()
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  readonly isRead = (imageId: string): boolean => this.#current.has(imageId) && !this.#stale.has(imageId)

  readonly put = (members: ImageMembers): void => {
    this.#current.set(members.imageId, members)
    this.#stale.delete(members.imageId)
    this.#publishSoon()
  }

  #join(): void {
    const depth = this.#prefix.length
    const prefixHash = hashKey(this.#prefix)
    const cache = this.#client.getQueryCache()
    const isOurs = (key: readonly unknown[]) =>
      key.length === depth + 1 && key[depth - 1] === 'members' && hashKey(key.slice(0, depth)) === prefixHash

    for (const query of cache.getAll()) {
      if (!isOurs(query.queryKey) || query.state.data === undefined) continue
      const members = query.state.data as ImageMembers
      this.#current.set(members.imageId, members)
      if (query.state.isInvalidated) this.#stale.add(members.imageId)
    }
    this.#published = new Map(this.#current)

    this.#leave = cache.subscribe((event) => {
      if (event.type !== 'updated' || !isOurs(event.query.queryKey)) return
      if (event.action.type === 'success') this.put(event.query.state.data as ImageMembers)
      if (event.action.type === 'invalidate') {
        this.#stale.add(String(event.query.queryKey[depth]))
        this.#publishSoon()
      }
    })
  }

  #publishSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#published = new Map(this.#current)
      for (const listener of this.#listeners) listener()
    }, publishMs)
  }
}
