import clsx from 'clsx'
import type { ReactNode } from 'react'
import { cellOrigin, type GridLayout, type GridPosition } from '@/lib/util/grid-layout'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { UntrustedText } from './untrusted-text'

export type PairGridRow = {
  id: string
  /** Upstream text. */
  name: string
  /** Second line where there is room. */
  detail?: ReactNode
  /** A fact that concerns the whole row. */
  isMarked?: boolean
}

export type PairGridColumn = {
  id: string
  /** Upstream text. */
  label: string
  /** A fact that concerns the whole column. */
  isMarked?: boolean
}

type RowNamesProps = { rows: readonly PairGridRow[]; layout: GridLayout; active: number | null }

/** Names at the left; they stay while the cells are scrolled sideways. */
export function RowNames({ rows, layout, active }: RowNamesProps) {
  if (layout.gutter === 0) return null
  const isRoomy = layout.density === 'roomy'
  return (
    <ul
      aria-hidden="true"
      className={clsx(
        'sticky left-0 z-10 flex-none bg-surface pr-3',
        layout.gutter < 200 ? 'w-[118px]' : 'w-[222px]',
        layout.header > 0 && 'pt-[108px]',
      )}
    >
      {rows.map((row, index) => (
        <li
          key={row.id}
          className={clsx('flex flex-col justify-center', isRoomy ? 'h-[52px]' : 'h-[23px] text-sm')}
        >
          <UntrustedText
            text={row.name}
            // Cut in the middle: what tells two builds apart is the end of their names.
            max={layout.gutter < 200 ? 15 : isRoomy ? 29 : 33}
            className={clsx(
              'truncate',
              isRoomy && 'font-semibold',
              row.isMarked && 'text-danger-ink',
              !row.isMarked && (isRoomy || index === active ? 'text-ink' : 'text-ink-2'),
              index === active && !isRoomy && 'font-semibold',
            )}
          />
          {!!isRoomy && row.detail && <span className="truncate text-ink-3 text-sm">{row.detail}</span>}
        </li>
      ))}
    </ul>
  )
}

type ColumnLabelsProps = {
  columns: readonly PairGridColumn[]
  layout: GridLayout
  active: GridPosition | null
}

/** Slanted labels over the columns, and the ring around the cell in hand. */
export function ColumnLabels({ columns, layout, active }: ColumnLabelsProps) {
  const at = active && cellOrigin(layout, active.row, active.column)
  return (
    <svg
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-visible"
    >
      {layout.header > 0 &&
        columns.map((column, index) => {
          const x = index * layout.pitchX + layout.cellWidth / 2 + 3
          const y = layout.header - 6
          return (
            <text
              key={column.id}
              x={x}
              y={y}
              transform={`rotate(-62 ${x} ${y})`}
              className={clsx(
                layout.pitchX < 16 ? 'text-xs' : 'text-sm',
                index === active?.column && 'font-semibold',
                column.isMarked && 'fill-danger-ink',
                !column.isMarked && (index === active?.column ? 'fill-ink' : 'fill-ink-2'),
              )}
            >
              {plainUntrusted(column.label, 17)}
            </text>
          )
        })}
      {!!at && (
        <rect
          x={at.x - 2}
          y={at.y - 2}
          width={layout.cellWidth + 4}
          height={layout.cellHeight + 4}
          rx={layout.density === 'overview' ? 1 : 5}
          fill="none"
          strokeWidth="2"
          className="stroke-ink"
        />
      )}
    </svg>
  )
}
