import { memo, useId } from 'react'
import { cellOrigin, type GridLayout } from '@/lib/util/grid-layout'
import { cellState, hasFinding } from '@/lib/util/pair-cells'
import { CellMark } from './cell-mark'
import { Hatches } from './hatches'

type RowProps = { codes: string; row: number; layout: GridLayout; hatchId: string }

/** Redrawn only when its string changes. */
const GridRow = memo(function GridRow({ codes, row, layout, hatchId }: RowProps) {
  return (
    <g>
      {[...codes].map((code, column) => (
        <CellMark
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
          key={column}
          state={cellState(code)}
          hasFinding={hasFinding(code)}
          {...cellOrigin(layout, row, column)}
          width={layout.cellWidth}
          height={layout.cellHeight}
          hatchId={hatchId}
        />
      ))}
    </g>
  )
})

/** The cells of a grid of moderate size. */
export function PairGridSvg({ cells, layout }: { cells: readonly string[]; layout: GridLayout }) {
  const hatchId = useId()
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true" className="block">
      <Hatches id={hatchId} />
      {cells.map((codes, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
        <GridRow key={row} codes={codes} row={row} layout={layout} hatchId={hatchId} />
      ))}
    </svg>
  )
}
