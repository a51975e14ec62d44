/** Rows from one index to another, both counted in; empty when `last` stands before `first`. */
export type RowSpan = { first: number; last: number }

type Wish = {
  /** All that is to be built in the end. */
  target: RowSpan
  /** Where building begins when nothing of it is built yet: the first row that the window shows. */
  start: number
  /** A row that the keyboard goes to: it waits for nobody. */
  wanted: number | null
}

/**
 * What is to be built now: what there is of the target, and at most `most` rows more. Downwards first, because above
 * `start` lies only what the window doesn't show yet.
 */
export function growSpan(built: RowSpan, { target, start, wanted }: Wish, most: number): RowSpan {
  const kept = {
    first: Math.max(built.first, target.first),
    last: Math.min(built.last, target.last),
  }
  if (kept.last < kept.first) {
    kept.first = wanted !== null && isIn(target, wanted) ? wanted : start
    kept.last = kept.first - 1
  }
  const last = Math.min(target.last, kept.last + most)
  const first = Math.max(target.first, kept.first - (most - (last - kept.last)))
  if (wanted === null || !isIn(target, wanted)) return { first, last }
  return { first: Math.min(first, wanted), last: Math.max(last, wanted) }
}

export function isIn({ first, last }: RowSpan, index: number): boolean {
  return index >= first && index <= last
}
