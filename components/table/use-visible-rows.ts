'use client'

import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** Shorter lists are built whole: the browser's own search finds everything in them. */
const VIRTUAL_FROM = 120
const FIRST_ROWS = 40
const ROW_PX = 52

export type VisibleRows = {
  /** Indexes to build, in order. */
  indexes: readonly number[]
  /** Heights of what is left out above and below, in pixels; 0 in server HTML. */
  before: number
  after: number
  /** Ref for a row, so that cards of other heights are placed right. */
  measure: ((element: HTMLElement | null) => void) | undefined
  scrollTo: (index: number) => void
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Which rows of a long list are to be built for what the window shows. */
export function useVisibleRows(count: number, bodyRef: RefObject<HTMLElement | null>): VisibleRows {
  const isVirtual = count >= VIRTUAL_FROM
  const [scrollMargin, setScrollMargin] = useState(0)

  // Where the rows begin on the page is the browser's knowledge and changes with what stands above them.
  useLayoutEffect(() => {
    if (!isVirtual || !bodyRef.current) return
    setScrollMargin(Math.round(bodyRef.current.getBoundingClientRect().top + window.scrollY))
  })

  const virtualizer = useWindowVirtualizer({
    count,
    enabled: isVirtual,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 96,
  })

  const scrollTo = (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' })
  const items: VirtualItem[] = isVirtual ? virtualizer.getVirtualItems() : []
  const first = items[0]
  const last = items.at(-1)
  if (!isVirtual || !first || !last) {
    const shown = isVirtual ? Math.min(FIRST_ROWS, count) : count
    return { indexes: range(shown), before: 0, after: 0, measure: undefined, scrollTo }
  }
  return {
    indexes: items.map((item) => item.index),
    before: first.start - scrollMargin,
    after: virtualizer.getTotalSize() - (last.end - scrollMargin),
    measure: virtualizer.measureElement,
    scrollTo,
  }
}
