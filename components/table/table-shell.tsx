'use client'

import { lazy, type ReactNode, Suspense, useRef } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import { drawRows } from './draw-rows'
import { TableHead, type TableHeadProps } from './table-head'
import { type RowKeysOptions, useRowKeys } from './use-row-keys'
import { firstRows, isLong, type VisibleRows } from './visible-rows'

const LongRows = lazy(() => import('./long-rows').then((module) => ({ default: module.LongRows })))

/** What a row has to pass on to its `tr`, and whether it is the keyboard's row. */
export type RowPlace = {
  ref: VisibleRows['measure']
  index: number
  isCursor: boolean
  onPress: () => void
}

type TableShellProps<Row, Key extends string, Id extends string | number> = {
  /** Accessible name. */
  label: string
  head: TableHeadProps<Row, Key>
  rowKeys: Omit<RowKeysOptions<Id>, 'focusRow'>
  /** Data is being read again: said to screen readers, nothing flickers. */
  isBusy?: boolean
  /** Draws the row of one of the ids. */
  children: (place: RowPlace) => ReactNode
}

/**
 * Rows under a sticky header, built as far as the window shows them, and the keyboard's way through them. It scrolls with
 * the window and never beyond its width.
 */
export function TableShell<Row, Key extends string, Id extends string | number>(
  props: TableShellProps<Row, Key, Id>,
) {
  const { label, head, rowKeys, isBusy, children } = props
  const bodyRef = useRef<HTMLTableSectionElement>(null)
  const scrollRef = useRef<((index: number) => void) | null>(null)
  const isHydrated = useHydrated()
  const focusRow = (index: number) => {
    scrollRef.current?.(index)
    // A row far away is built only after the scroll.
    requestAnimationFrame(() => {
      const row = bodyRef.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'nearest' })
    })
  }
  const [cursor, setCursor] = useRowKeys({ ...rowKeys, focusRow })
  const count = rowKeys.ids.length
  const draw = drawRows((index, ref) =>
    children({ ref, index, isCursor: cursor === index, onPress: () => setCursor(index) }),
  )
  return (
    <div className="@container">
      <table
        aria-label={label}
        aria-rowcount={count + 1}
        aria-busy={isBusy || undefined}
        className="w-full table-fixed border-separate border-spacing-0 @max-2xl:block"
      >
        <TableHead {...head} />
        <tbody ref={bodyRef} className="@max-2xl:block">
          {isHydrated && isLong(count) ? (
            <Suspense fallback={draw(firstRows(count))}>
              <LongRows {...{ count, bodyRef, scrollRef }}>{draw}</LongRows>
            </Suspense>
          ) : (
            draw(firstRows(count))
          )}
        </tbody>
      </table>
    </div>
  )
}
