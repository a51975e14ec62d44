'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, headerClass, type Sort } from './columns'

export type TableHeadProps<Row, Key extends string> = {
  columns: readonly Column<Row, Key>[]
  headers: Readonly<Record<Key, string>>
  sort?: Sort<Key>
  onSort?: (key: Key) => void
  /** The tick for all rows; left out where nothing can be ticked. */
  all?: { label: string; isAll: boolean; isSome: boolean; onToggle: () => void }
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const

/** Sticks to the window's edge. Gone on a phone, where rows are cards. */
export function TableHead<Row, Key extends string>(props: TableHeadProps<Row, Key>) {
  const { columns, headers, sort, onSort, all } = props
  return (
    <thead className="sticky top-0 z-20 bg-canvas @max-2xl:hidden [&_th]:border-line [&_th]:border-b">
      <tr>
        {!!all && (
          <th scope="col" className="w-14 pl-5 text-left">
            <Checkbox
              aria-label={all.label}
              checked={all.isAll}
              isIndeterminate={all.isSome && !all.isAll}
              onChange={all.onToggle}
            />
          </th>
        )}
        {columns.map((column) => {
          const direction = sort?.key === column.key ? sort.direction : undefined
          return (
            <th
              key={column.key}
              scope="col"
              aria-sort={direction && ARIA_SORT[direction]}
              className={clsx(headerClass(column), all && '!pl-3')}
            >
              {column.isSortable && onSort ? (
                <button
                  type="button"
                  onClick={() => onSort(column.key)}
                  className={clsx(
                    '-mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-sunken hover:text-ink',
                    direction && 'text-ink',
                    column.align === 'end' && 'flex-row-reverse',
                  )}
                >
                  {headers[column.key]}
                  {direction === 'asc' && <ArrowUp className="size-3.5" />}
                  {direction === 'desc' && <ArrowDown className="size-3.5" />}
                </button>
              ) : (
                <span className={column.isHeadHidden ? 'sr-only' : undefined}>{headers[column.key]}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
