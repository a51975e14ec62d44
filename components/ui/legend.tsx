import clsx from 'clsx'
import type { CellState } from '@/lib/util/pair-cells'
import { Mark } from './mark'

export type LegendItem = {
  state: CellState
  hasFinding?: boolean
  /** Count and word: "13 new". */
  label: string
}

/** What the marks mean, with their counts. */
export function Legend({
  label,
  items,
  className,
}: {
  label: string
  items: readonly LegendItem[]
  className?: string
}) {
  return (
    <ul
      aria-label={label}
      className={clsx('flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-sm', className)}
    >
      {items.map((item) => (
        <li key={`${item.state}${item.hasFinding}`} className="inline-flex items-center gap-1.5">
          <Mark state={item.state} hasFinding={item.hasFinding} />
          {item.label}
        </li>
      ))}
    </ul>
  )
}
