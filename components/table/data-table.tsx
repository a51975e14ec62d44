'use client'

import { lazy, Suspense, useRef } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Column, Sort } from './columns'
import { drawRows } from './draw-rows'
import { TableHead } from './table-head'
import { TableRow } from './table-row'
import { useRowKeys } from './use-row-keys'
import type { RowSelection } from './use-selection'
import { firstRows, isLong } from './visible-rows'

const LongRows = lazy(() => import('./long-rows').then((module) => ({ default: module.LongRows })))

type DataTableProps<Row, Key extends string> = {
  /** Accessible name. */
  label: string
  columns: readonly Column<Row, Key>[]
  headers: Readonly<Record<Key, string>>
  rows: readonly Row[]
  rowId: (row: Row) => string
  sort?: Sort<Key>
  onSort?: (key: Key) => void
  /** Ticks; `rowLabel` names one: "Select rocky-9.6". */
  selection?: RowSelection & { allLabel: string; rowLabel: (row: Row) => string }
  onOpen?: (row: Row) => void
  /** Single keys for the row in hand, beside j, k, x and Enter. */
  keys?: Readonly<Record<string, (row: Row) => void>>
  /** Single keys can be switched off. */
  areKeysOn?: boolean
  /** Marks the row that the side panel explains. */
  openId?: string | null
  /** Data is being read again: said to screen readers, nothing flickers. */
  isBusy?: boolean
}

/** Rows under a sticky header, built as far as the window shows them. It scrolls with the window and never beyond its width. */
export function DataTable<Row, Key extends string>(props: DataTableProps<Row, Key>) {
  const {
    label,
    columns,
    headers,
    rows,
    rowId,
    sort,
    onSort,
    selection,
    onOpen,
    keys,
    areKeysOn = true,
  } = props
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
  const at = (run: ((row: Row) => void) | undefined) =>
    run &&
    ((index: number) => {
      const row = rows[index]
      if (row !== undefined) run(row)
    })

  const [cursor, setCursor] = useRowKeys({
    ids: rows.map(rowId),
    isEnabled: areKeysOn,
    focusRow,
    onOpen: at(onOpen),
    onSelect: selection && ((index, isRange) => at((row) => selection.toggle(rowId(row), isRange))?.(index)),
    keys: keys && Object.fromEntries(Object.entries(keys).map(([key, run]) => [key, at(run) ?? (() => {})])),
  })

  const ticked = selection ? rows.filter((row) => selection.ids.has(rowId(row))).length : 0

  const draw = drawRows((index, measure) => {
    const row = rows[index]
    if (row === undefined) return null
    const id = rowId(row)
    return (
      <TableRow
        key={id}
        ref={measure}
        row={row}
        index={index}
        columns={columns}
        isCursor={cursor === index || props.openId === id}
        tick={
          selection && {
            label: selection.rowLabel(row),
            isOn: selection.ids.has(id),
            onToggle: (isRange) => selection.toggle(id, isRange),
          }
        }
        onOpen={onOpen && (() => onOpen(row))}
        onPress={() => setCursor(index)}
      />
    )
  })

  return (
    <div className="@container">
      <table
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-busy={props.isBusy || undefined}
        className="w-full table-fixed border-separate border-spacing-0 @max-2xl:block"
      >
        <TableHead
          {...{ columns, headers, sort, onSort }}
          all={
            selection && {
              label: selection.allLabel,
              isAll: ticked > 0 && ticked === rows.length,
              isSome: ticked > 0,
              onToggle: selection.toggleAll,
            }
          }
        />
        <tbody ref={bodyRef} className="@max-2xl:block">
          {isHydrated && isLong(rows.length) ? (
            <Suspense fallback={draw(firstRows(rows.length))}>
              <LongRows count={rows.length} bodyRef={bodyRef} scrollRef={scrollRef}>
                {draw}
              </LongRows>
            </Suspense>
          ) : (
            draw(firstRows(rows.length))
          )}
        </tbody>
      </table>
    </div>
  )
}
