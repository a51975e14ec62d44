'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react'
import { growSpan, isIn, type RowSpan } from './row-span'
import { firstRows, type VisibleRows } from './visible-rows'

const ROW_PX = 52
/** Building, styling and placing one takes milliseconds: all that a window shows would hold up a frame. */
const ROWS_AT_ONCE = 4
const FRAME_MS = 16

type LongRowsProps = {
  count: number
  bodyRef: RefObject<HTMLElement | null>
  /** Set to what brings a row into view, built or not. */
  scrollRef: RefObject<((index: number) => void) | null>
  children: (visible: VisibleRows) => ReactNode
}

/** Builds of a long list what the window shows, some rows at a time. Loaded when a list is long: most are not. */
export function LongRows({ count, bodyRef, scrollRef, children }: LongRowsProps) {
  const [scrollMargin, setScrollMargin] = useState(0)
  const [, buildMore] = useReducer((turns: number) => turns + 1, 0)
  // What stands on the page since the last commit, whichever render was thrown away in between.
  const built = useRef<RowSpan>(null)
  const wanted = useRef<number>(null)

  // Where the rows begin on the page is the browser's knowledge and changes with what stands above them.
  useLayoutEffect(() => {
    if (!bodyRef.current) return
    setScrollMargin(Math.round(bodyRef.current.getBoundingClientRect().top + window.scrollY))
  })

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: 6,
    scrollMargin,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 96,
  })
  useImperativeHandle(
    scrollRef,
    () => (index: number) => {
      wanted.current = index
      virtualizer.scrollToIndex(index, { align: 'auto' })
    },
    [virtualizer],
  )

  const items = virtualizer.getVirtualItems()
  const before = built.current ?? { first: 0, last: firstRows(count).indexes.length - 1 }
  const target = items[0] && { first: items[0].index, last: items[0].index + items.length - 1 }
  const start = virtualizer.range?.startIndex ?? target?.first ?? 0
  const span = target ? growSpan(before, { target, start, wanted: wanted.current }, ROWS_AT_ONCE) : before
  const isWhole = !target || (span.first === target.first && span.last === target.last)

  useLayoutEffect(() => {
    built.current = span
    if (wanted.current !== null && isIn(span, wanted.current)) wanted.current = null
  })
  // After the next frame, so that it shows what there is; a scroll that comes first takes the turn.
  useEffect(() => {
    if (isWhole) return
    const turn = setTimeout(buildMore, FRAME_MS)
    return () => clearTimeout(turn)
  })

  const shown = items.filter(({ index }) => isIn(span, index))
  const first = shown[0]
  const last = shown.at(-1)
  if (!first || !last) return children(firstRows(count))
  return children({
    indexes: shown.map(({ index }) => index),
    before: first.start - scrollMargin,
    after: virtualizer.getTotalSize() - (last.end - scrollMargin),
    measure: virtualizer.measureElement,
  })
}
