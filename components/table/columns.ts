import clsx from 'clsx'
import type { ReactNode } from 'react'

/**
 * A column, kept as a module constant. Its header comes from the catalogue and is given to the table by key.
 * In narrow places, as on a phone, a row becomes a card: `phone` says which of its lines the cell is.
 */
export type Column<Row, Key extends string = string> = {
  key: Key
  cell: (row: Row) => ReactNode
  /** Width class, "w-32"; the column without one takes the rest. */
  width?: string
  align?: 'start' | 'end'
  isSortable?: boolean
  /** Buttons need no word above them; screen readers get it all the same. */
  isHeadHidden?: boolean
  /** For sentences: the text goes over lines, and the row may become higher than 52 px. */
  isWrapped?: boolean
  /** Shown only where the table is at least this wide: lg 1 024 px, xl 1 152 px. Cards decide by `phone`. */
  from?: 'lg' | 'xl'
  /** The card's first line, a fact in its second, that line's end, a line of its own; without it the phone leaves it out. */
  phone?: 'title' | 'fact' | 'end' | 'wide'
}

export type Sort<Key extends string> = { key: Key; direction: 'asc' | 'desc' }

/* Container widths: the table answers to the room it has, beside a panel or not. Under 672 px rows are cards. */
const FROM = { lg: '@max-5xl:hidden', xl: '@max-6xl:hidden' }
const FROM_BESIDE_CARD = { lg: '@2xl:@max-5xl:hidden', xl: '@2xl:@max-6xl:hidden' }
const PHONE = {
  title: '@max-2xl:min-w-0 @max-2xl:basis-full',
  fact: '@max-2xl:flex-none @max-2xl:text-ink-2 @max-2xl:text-sm',
  end: '@max-2xl:order-last @max-2xl:ml-auto @max-2xl:flex-none',
  wide: '@max-2xl:order-last @max-2xl:basis-full @max-2xl:pt-1 @max-2xl:empty:hidden',
}

const EDGES = 'first:pl-4 last:pr-4 @2xl:first:pl-6 @2xl:last:pr-6'

export function headerClass<Row>(column: Column<Row>): string {
  return clsx(
    'h-8 whitespace-nowrap px-3 font-medium text-ink-2 text-sm',
    EDGES,
    column.align === 'end' ? 'text-right' : 'text-left',
    column.width,
    column.from && FROM[column.from],
  )
}

export function cellClass<Row>(column: Column<Row>): string {
  return clsx(
    'overflow-hidden px-3 @max-2xl:block @max-2xl:w-auto @max-2xl:overflow-visible @max-2xl:!px-0',
    '@2xl:border-line @2xl:border-b',
    column.isWrapped ? 'break-words py-1.5' : 'text-ellipsis @2xl:whitespace-nowrap',
    EDGES,
    column.align === 'end' && '@2xl:text-right',
    column.from && (column.phone ? FROM_BESIDE_CARD[column.from] : FROM[column.from]),
    column.phone ? PHONE[column.phone] : '@max-2xl:hidden',
  )
}
