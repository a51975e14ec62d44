'use client'

import clsx from 'clsx'
import type { MouseEvent, Ref } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { type Column, cellClass } from './columns'

type TableRowProps<Row, Key extends string> = {
  ref?: Ref<HTMLTableRowElement>
  row: Row
  index: number
  columns: readonly Column<Row, Key>[]
  isCursor: boolean
  /** The tick; left out where nothing can be ticked, null where only this row can't. */
  tick?: { label: string; isOn: boolean; onToggle: (isRange: boolean) => void } | null
  onOpen?: () => void
  onPress: () => void
}

const OWN_CLICKS = 'a, button, input, label, select, textarea, [popover]'

/** 52 px, or a card on a phone. A click beside its controls opens it; the name in it is the link that says so. */
export function TableRow<Row, Key extends string>(props: TableRowProps<Row, Key>) {
  const { ref, row, index, columns, isCursor, tick, onOpen, onPress } = props
  const handleClick = (event: MouseEvent<HTMLElement>) => {
    const isOwn = event.target instanceof Element && event.target.closest(OWN_CLICKS)
    const isMarkingText = window.getSelection()?.isCollapsed === false
    onPress()
    if (!isOwn && !isMarkingText) onOpen?.()
  }
  return (
    <tr
      ref={ref}
      data-index={index}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={tick ? tick.isOn : undefined}
      onClick={handleClick}
      className={clsx(
        'group outline-none @max-2xl:focus-visible:shadow-[inset_3px_0_0_var(--focus)] @2xl:focus-visible:[&>td:first-child]:shadow-[inset_3px_0_0_var(--focus)] @2xl:h-13 @max-2xl:flex @max-2xl:flex-wrap @max-2xl:items-center @max-2xl:gap-x-3 @max-2xl:gap-y-1 @max-2xl:border-line @max-2xl:border-b @max-2xl:px-4 @max-2xl:py-3',
        tick !== undefined && '@max-2xl:relative @max-2xl:!pl-13',
        tick?.isOn
          ? 'bg-selected'
          : isCursor
            ? 'bg-hover'
            : onOpen && 'focus-visible:bg-hover hover:bg-hover',
        onOpen && 'cursor-pointer',
      )}
    >
      {tick !== undefined && (
        <td className="pl-5 @max-2xl:absolute @max-2xl:top-2.5 @max-2xl:left-4 @max-2xl:w-auto @max-2xl:p-0 @2xl:border-line @2xl:border-b">
          {tick !== null && (
            <Checkbox
              aria-label={tick.label}
              checked={tick.isOn}
              onChange={(event) =>
                tick.onToggle(event.nativeEvent instanceof PointerEvent && event.nativeEvent.shiftKey)
              }
            />
          )}
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={clsx(cellClass(column), tick !== undefined && '@2xl:!pl-3')}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
