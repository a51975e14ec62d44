import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'

/** One member to add: an image and the id of a project, which Glance does not look up. */
export interface Pair {
  imageId: string
  memberId: string
}

/** How fast members were added by so many requests at a time. */
interface Sample {
  concurrency: number
  pairs: number
  pairsPerSecond: number
}

/** What to measure: images with room for new members below Glance's limit, and a token of their owner. */
interface BareOptions {
  imageUrl: string
  token: string
  imageIds: string[]
  /** Pairs of one small sample of the search, and of the run at the concurrency it found. */
  samplePairs: number
  pairs: number
}

const CONCURRENCIES = [2, 4, 8, 16]

/**
 * Adds members with nothing but an HTTP client: a small sample at each of 2, 4, 8 and 16 requests at a time, then
 * `pairs` at the fastest of them. Throws when a member is not added.
 */
export async function measureBareMembers(options: BareOptions): Promise<{ best: Sample; search: Sample[] }> {
  const { imageUrl, token, imageIds } = options
  const warmUp = newPairs(imageIds, options.samplePairs)
  await addMembers(imageUrl, token, warmUp, 4)
  const search: Sample[] = []
  for (const concurrency of CONCURRENCIES)
    search.push(await addMembers(imageUrl, token, newPairs(imageIds, options.samplePairs), concurrency))
  const fastest = search.reduce((best, next) => (next.pairsPerSecond > best.pairsPerSecond ? next : best))
  const best = await addMembers(imageUrl, token, newPairs(imageIds, options.pairs), fastest.concurrency)
  return { best, search }
}

/** Adds the pairs, so many at a time, over as many connections; throws when one is answered with anything but 200. */
async function addMembers(
  imageUrl: string,
  token: string,
  pairs: Pair[],
  concurrency: number,
): Promise<Sample> {
  const pool = new Pool(imageUrl, { connections: concurrency })
  const queue = pairs.values()
  const worker = async () => {
    for (const pair of queue) await addMember(pool, token, pair)
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - start) / 1000
  await pool.close()
  return { concurrency, pairs: pairs.length, pairsPerSecond: pairs.length / seconds }
}

/** Pairs that are not there yet: new project ids, spread over the images in turn. */
export function newPairs(imageIds: string[], count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => ({
    imageId: imageIds[index % imageIds.length] ?? '',
    memberId: randomUUID().replaceAll('-', ''),
  }))
}

async function addMember(pool: Pool, token: string, { imageId, memberId }: Pair): Promise<void> {
  const answer = await pool.request({
    path: `/v2/images/${imageId}/members`,
    method: 'POST',
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
    body: JSON.stringify({ member: memberId }),
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200)
    throw new Error(`Adding a member: ${answer.statusCode} ${text.slice(0, 300)}`)
}
