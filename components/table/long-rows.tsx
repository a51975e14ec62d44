'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useImperativeHandle, useLayoutEffect, useState } from 'react'
import { firstRows, type VisibleRows } from './visible-rows'

const ROW_PX = 52

type LongRowsProps = {
  count: number
  bodyRef: RefObject<HTMLElement | null>
  /** Set to what brings a row into view, built or not. */
  scrollRef: RefObject<((index: number) => void) | null>
  children: (visible: VisibleRows) => ReactNode
}

/** Builds of a long list what the window shows. Loaded when a list is long: most are not. */
export function LongRows({ count, bodyRef, scrollRef, children }: LongRowsProps) {
  const [scrollMargin, setScrollMargin] = useState(0)

  // Where the rows begin on the page is the browser's knowledge and changes with what stands above them.
  useLayoutEffect(() => {
    if (!bodyRef.current) return
    setScrollMargin(Math.round(bodyRef.current.getBoundingClientRect().top + window.scrollY))
  })

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 96,
  })
  useImperativeHandle(
    scrollRef,
    () => (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    [virtualizer],
  )

  const items = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  if (!first || !last) return children(firstRows(count))
  return children({
    indexes: items.map((item) => item.index),
    before: first.start - scrollMargin,
    after: virtualizer.getTotalSize() - (last.end - scrollMargin),
    measure: virtualizer.measureElement,
  })
}
