'use client'

import {
  type KeyboardEvent,
  type PointerEvent,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { cellAt, cellOrigin, type GridPosition, layoutGrid, moveInGrid } from '@/lib/util/grid-layout'
import { PairGridCanvas } from './pair-grid-canvas'
import { ColumnLabels, type PairGridColumn, type PairGridRow, RowNames } from './pair-grid-labels'
import { PairGridSvg } from './pair-grid-svg'
import { useElementWidth } from './use-element-width'

/** Above it the cells are painted, not built. */
const MAX_SVG_CELLS = 1500

type PairGridProps = {
  /** Accessible name. */
  label: string
  rows: readonly PairGridRow[]
  columns: readonly PairGridColumn[]
  /** One string per row, one character per column; see CELL_CODES. */
  cells: readonly string[]
  /** A pair in words: "rocky-9.6 → retail-prod: new". Read out, and shown below the grid. */
  describe: (row: number, column: number) => string
  /** Shown below the grid while no pair is in hand: how it is used, the way to the table. */
  hint?: string
  onOpen?: (row: number, column: number) => void
}

/**
 * Images down, projects across. For assistive technology it is a grid of which only the row in hand is built;
 * the drawing is hidden from it. Cells can be smaller than a finger: the table twin is the caller's.
 */
export function PairGrid({ label, rows, columns, cells, describe, hint, onOpen }: PairGridProps) {
  const [frameRef, width] = useElementWidth<HTMLDivElement>(960)
  const [cursor, setCursor] = useState<GridPosition>({ row: 0, column: 0 })
  const [isFocused, setFocused] = useState(false)
  const [hovered, setHovered] = useState<GridPosition | null>(null)
  const cellRef = useRef<HTMLDivElement>(null)
  const cellId = useId()
  const size = { rows: rows.length, columns: columns.length }
  const layout = useMemo(() => layoutGrid(size.rows, size.columns, width), [size.rows, size.columns, width])
  const drawn = useDeferredValue(cells)

  const at = { row: Math.min(cursor.row, size.rows - 1), column: Math.min(cursor.column, size.columns - 1) }
  const isEmpty = size.rows === 0 || size.columns === 0
  const active = hovered ?? (isFocused && !isEmpty ? at : null)

  // The browser's scrolling follows the keyboard's cell.
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the cell lies on screen is read from the DOM.
  useEffect(() => {
    if (isFocused) cellRef.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isFocused, at.row, at.column])

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || isEmpty) return
    if ((event.key === 'Enter' || event.key === ' ') && onOpen) {
      event.preventDefault()
      onOpen(at.row, at.column)
      return
    }
    const next = moveInGrid(event.key, at, size, event.ctrlKey || event.metaKey)
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    setHovered(null)
    setCursor(next)
  }

  const under = (event: PointerEvent | React.MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return cellAt(layout, event.clientX - box.left, event.clientY - box.top, size.rows, size.columns)
  }

  const origin = cellOrigin(layout, at.row, at.column)
  const shown = active === null ? hint : describe(active.row, active.column)
  const isCanvas = size.rows * size.columns > MAX_SVG_CELLS

  return (
    <div ref={frameRef} className="min-w-0">
      {/* biome-ignore lint/a11y/useSemanticElements: a table of all pairs would be thousands of elements. */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={size.rows}
        aria-colcount={size.columns}
        aria-activedescendant={isEmpty ? undefined : cellId}
        tabIndex={0}
        onKeyDown={handleKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="flex max-w-full overflow-x-auto outline-none"
      >
        <RowNames rows={rows} layout={layout} active={active?.row ?? null} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: pointer comfort; the grid around it has the keys. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
        <div
          // Room for the ring of a cell in the first column, which the names would cover.
          className={layout.gutter > 0 ? 'relative ml-0.5 flex-none' : 'relative flex-none'}
          onPointerMove={(event) => setHovered(under(event))}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => {
            const cell = under(event)
            if (!cell) return
            setCursor(cell)
            onOpen?.(cell.row, cell.column)
          }}
        >
          {isCanvas ? (
            <PairGridCanvas cells={drawn} layout={layout} />
          ) : (
            <PairGridSvg cells={drawn} layout={layout} />
          )}
          <ColumnLabels columns={columns} layout={layout} active={active} />
          {!isEmpty && (
            // biome-ignore lint/a11y/useSemanticElements: see above.
            // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and points here.
            <div role="row" aria-rowindex={at.row + 1}>
              {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
              <div
                ref={cellRef}
                id={cellId}
                role="gridcell"
                aria-colindex={at.column + 1}
                className="pointer-events-none absolute size-px scroll-ml-60 scroll-m-4 overflow-hidden whitespace-nowrap opacity-0"
                style={isFocused ? { left: origin.x, top: origin.y } : undefined}
              >
                {describe(at.row, at.column)}
              </div>
            </div>
          )}
        </div>
      </div>
      <p aria-hidden="true" className="mt-3 text-ink-2 text-sm max-md:min-h-14 md:min-h-5 md:truncate">
        {shown}
      </p>
    </div>
  )
}
