/** Shorter lists are built whole: the browser's own search finds everything in them. */
const LONG_FROM = 120

export type VisibleRows = {
  /** Indexes to build, in order. */
  indexes: readonly number[]
  /** Heights of what is left out above and below, in pixels; 0 in server HTML. */
  before: number
  after: number
  /** Ref for a row, so that cards of other heights are placed right. */
  measure?: (element: HTMLElement | null) => void
}

/** Whether only a part of so many rows is to be built. */
export function isLong(count: number): boolean {
  return count >= LONG_FROM
}

/** What is built before the window has been looked at: all of a short list, the beginning of a long one. */
export function firstRows(count: number): VisibleRows {
  return {
    indexes: Array.from({ length: Math.min(count, LONG_FROM) }, (_, index) => index),
    before: 0,
    after: 0,
  }
}
