'use client'

import type { Column, Sort } from './columns'
import { TableRow } from './table-row'
import { TableShell } from './table-shell'
import type { RowSelection } from './use-selection'

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

/** A table of rows that are all of one kind, each with its own id. */
export function DataTable<Row, Key extends string>(props: DataTableProps<Row, Key>) {
  const { label, columns, headers, rows, rowId, sort, onSort, selection, onOpen, keys, isBusy } = props
  const at = (run: ((row: Row) => void) | undefined) =>
    run &&
    ((index: number) => {
      const row = rows[index]
      if (row !== undefined) run(row)
    })
  const ticked = selection ? rows.filter((row) => selection.ids.has(rowId(row))).length : 0
  const all = selection && {
    label: selection.allLabel,
    isAll: ticked > 0 && ticked === rows.length,
    isSome: ticked > 0,
    onToggle: selection.toggleAll,
  }
  return (
    <TableShell
      {...{ label, isBusy }}
      head={{ columns, headers, sort, onSort, all }}
      rowKeys={{
        ids: rows.map(rowId),
        isEnabled: props.areKeysOn ?? true,
        onOpen: at(onOpen),
        onSelect:
          selection && ((index, isRange) => at((row) => selection.toggle(rowId(row), isRange))?.(index)),
        keys:
          keys && Object.fromEntries(Object.entries(keys).map(([key, run]) => [key, at(run) ?? (() => {})])),
      }}
    >
      {(place) => {
        const row = rows[place.index]
        if (row === undefined) return null
        const id = rowId(row)
        return (
          <TableRow
            key={id}
            {...place}
            row={row}
            columns={columns}
            isCursor={place.isCursor || props.openId === id}
            tick={
              selection && {
                label: selection.rowLabel(row),
                isOn: selection.ids.has(id),
                onToggle: (isRange) => selection.toggle(id, isRange),
              }
            }
            onOpen={onOpen && (() => onOpen(row))}
          />
        )
      }}
    </TableShell>
  )
}
