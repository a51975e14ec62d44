import type { LedgerEntry } from '../mock-cloud/ledger.ts'
import type { PairRun } from './pair-judge.ts'

/**
 * Judges a bulk share in batches whose server was killed, by what the cloud saw: every pair changed state once, no image
 * was in two of the cloud's jobs at once, and nothing whose outcome was lost is sent again before it was looked up.
 * Answers what is wrong, as sentences.
 */
export function judgeBatches({ calls, images, projects, kills, missing = 0 }: PairRun): string[] {
  const starts = calls.filter((call) => call.method === 'POST' && call.path === '/v1/cloudimages/members')
  return [
    ...changeFaults(starts, images, projects, missing),
    ...images.flatMap((image) => imageFaults(image, starts, calls, kills)),
  ]
}

function changeFaults(
  starts: readonly LedgerEntry[],
  images: readonly string[],
  projects: readonly string[],
  missing: number,
): string[] {
  const changes = new Map<string, number>()
  for (const pair of starts.flatMap((start) => start.changedPairs)) {
    const name = pair.join(' × ')
    changes.set(name, (changes.get(name) ?? 0) + 1)
  }
  const pairs = images.flatMap((image) => projects.map((project) => `${image} × ${project}`))
  const untouched = pairs.filter((name) => !changes.has(name))
  return [
    ...[...changes]
      .filter(([, times]) => times > 1)
      .map(([name, times]) => `${name} was changed ${times} times`),
    ...(untouched.length === missing
      ? []
      : [`${untouched.length} pairs were not changed instead of ${missing}, ${untouched[0]} among them`]),
    ...[...changes.keys()].filter((name) => !pairs.includes(name)).map((name) => `${name} was not asked for`),
  ]
}

function imageFaults(
  image: string,
  starts: readonly LedgerEntry[],
  calls: readonly LedgerEntry[],
  kills: readonly number[],
): string[] {
  const named = starts.filter((start) => start.images?.includes(image) === true)
  const reads = calls.filter(
    (call) => call.method === 'GET' && call.path === `/v2/images/${image}/members` && call.status !== null,
  )
  const readIn = (after: number, before: number) => reads.some(({ seq }) => after < seq && seq < before)
  const again = named.slice(1).flatMap((start, index) => {
    const earlier = named[index]
    if (!earlier) return []
    const overlaps =
      earlier.jobId !== undefined && (earlier.changedAfter ?? Number.POSITIVE_INFINITY) >= start.seq
    const since = Math.max(earlier.seq, ...kills.filter((kill) => earlier.seq <= kill && kill < start.seq))
    return [
      ...(overlaps ? [`${image} was in two jobs at once`] : []),
      ...(readIn(since, start.seq) ? [] : [`${image} was sent again without a look at its members`]),
    ]
  })
  // A kill after the members were read takes nothing back: the outcome was stored with what they said.
  const end = named.at(-1)
  // A job that nobody polls takes effect with the next call that arrives, which sees it already.
  const last = Math.max(end?.seq ?? 0, (end?.changedAfter ?? 0) - 1)
  return [
    ...again,
    ...(readIn(last, Number.POSITIVE_INFINITY) ? [] : [`the members of ${image} were never read in the end`]),
  ]
}
