import type { LedgerEntry } from '../mock-cloud/ledger.ts'

/** Stored intents without an outcome that one process can leave behind. */
export const intentsAtMost = 32

export interface PairRun {
  /** The cloud's ledger over the whole run. */
  calls: readonly LedgerEntry[]
  images: readonly string[]
  projects: readonly string[]
  /** For each kill the number of the last call that the killed process made. */
  kills: readonly number[]
  /** How many pairs the cloud was told to leave out; none where left out. */
  missing?: number
}

interface Pair {
  name: string
  posts: LedgerEntry[]
  reads: LedgerEntry[]
}

/**
 * Judges a bulk share whose server was killed, by what the cloud saw: every pair changed once, repeats are few, and
 * nothing whose outcome was lost is sent again before it was looked up. Answers what is wrong, as sentences.
 */
export function judgePairs({ calls, images, projects, kills }: PairRun): string[] {
  const pairs = images.flatMap((image) => projects.map((project) => pairOf(calls, image, project)))
  const repeats = pairs.reduce((sum, { posts }) => sum + Math.max(0, posts.length - 1), 0)
  const most = kills.length * intentsAtMost
  return [
    ...pairs.flatMap((pair) => [
      ...changeFaults(pair),
      ...repeatFaults(pair, kills),
      ...lostFaults(pair, kills),
    ]),
    ...(repeats > most ? [`${repeats} repeats; ${kills.length} kills allow ${most}`] : []),
  ]
}

function pairOf(calls: readonly LedgerEntry[], image: string, project: string): Pair {
  const members = `/v2/images/${image}/members`
  return {
    name: `${image} × ${project}`,
    posts: calls.filter((call) => call.method === 'POST' && call.path === members && call.member === project),
    reads: calls.filter(
      (call) => call.method === 'GET' && call.path === `${members}/${project}` && call.status !== null,
    ),
  }
}

function changeFaults({ name, posts }: Pair): string[] {
  const changes = posts.filter((post) => post.changed).length
  return changes === 1 ? [] : [`${name} was changed ${changes} times`]
}

function repeatFaults({ name, posts, reads }: Pair, kills: readonly number[]): string[] {
  return posts.slice(1).flatMap((post, index) => {
    const before = posts[index]?.seq ?? 0
    const between = kills.filter((kill) => before <= kill && kill < post.seq)
    const lookedUp = between.some((kill) => reads.some(({ seq }) => kill < seq && seq < post.seq))
    return lookedUp ? [] : [`${name} was sent again without a read after the kill`]
  })
}

/** A pair that was on its way when the process died has to be looked up by one of the next. */
function lostFaults({ name, posts, reads }: Pair, kills: readonly number[]): string[] {
  return posts.flatMap((post) => {
    const kill = kills.find((after) => post.seq <= after)
    if (post.status !== null || kill === undefined || reads.some(({ seq }) => seq > kill)) return []
    return [`${name} was on its way at a kill and never looked up`]
  })
}
