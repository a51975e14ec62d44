import type { ImageMembers } from '../contracts/images'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

const idsPerCall = 25
/** Rows that scroll into view together are asked for together. */
const gatherMs = 20

interface Waiting {
  imageId: string
  resolve: (members: ImageMembers) => void
  reject: (reason: unknown) => void
}

interface MembersLoader {
  load(imageId: string): Promise<ImageMembers>
}

const loaders = new Map<string, MembersLoader>()

/** Gathers the member reads of many rows into few calls of our API. Keeps nothing: the query cache does. */
export function membersLoader(scope: Scope): MembersLoader {
  const key = `${scope.cloud} ${scope.region} ${scope.project}`
  const known = loaders.get(key)
  if (known) return known
  let waiting: Waiting[] = []

  const send = () => {
    const all = waiting
    waiting = []
    for (let at = 0; at < all.length; at += idsPerCall) void read(scope, all.slice(at, at + idsPerCall))
  }
  const loader = {
    load: (imageId: string) =>
      new Promise<ImageMembers>((resolve, reject) => {
        if (waiting.length === 0) setTimeout(send, gatherMs)
        waiting.push({ imageId, resolve, reject })
      }),
  }
  loaders.set(key, loader)
  return loader
}

async function read(scope: Scope, batch: readonly Waiting[]): Promise<void> {
  try {
    const ids = [...new Set(batch.map(({ imageId }) => imageId))]
    const found = await fetchJson<ImageMembers[]>(api.members(scope, ids))
    const byId = new Map(found.map((entry) => [entry.imageId, entry]))
    for (const { imageId, resolve } of batch) {
      resolve(byId.get(imageId) ?? { imageId, members: [], refused: 'image_not_found' })
    }
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
