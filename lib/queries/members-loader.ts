import DataLoader from 'dataloader'
import type { ImageMembers } from '../contracts/images'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { fetchJson } from './fetch-json'

const idsPerCall = 25
/** Rows that scroll into view together are asked for together. */
const gatherMs = 20

const loaders = new Map<string, DataLoader<string, ImageMembers>>()

/** Gathers the member reads of many rows into few calls of our API. Keeps nothing: the query cache does. */
export function membersLoader(scope: Scope): DataLoader<string, ImageMembers> {
  const key = `${scope.cloud} ${scope.region} ${scope.project}`
  const known = loaders.get(key)
  if (known) return known
  const loader = new DataLoader<string, ImageMembers>(
    async (ids) => {
      const found = await fetchJson<ImageMembers[]>(api.members(scope, ids))
      const byId = new Map(found.map((entry) => [entry.imageId, entry]))
      return ids.map((id) => byId.get(id) ?? { imageId: id, members: [], refused: 'image_not_found' })
    },
    { cache: false, maxBatchSize: idsPerCall, batchScheduleFn: (send) => setTimeout(send, gatherMs) },
  )
  loaders.set(key, loader)
  return loader
}
