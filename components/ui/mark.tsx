import clsx from 'clsx'
import { useId } from 'react'
import type { CellState } from '@/lib/util/pair-cells'
import { CellMark } from './cell-mark'
import { Hatches } from './hatches'

type MarkProps = { state: CellState; hasFinding?: boolean; className?: string }

/** A swatch of one state, for legends and badges; the word stands beside it. */
export function Mark({ state, hasFinding, className }: MarkProps) {
  const id = useId()
  // Room for the ring.
  const inset = hasFinding ? 2.5 : 0
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      className={clsx('flex-none', className)}
    >
      <Hatches id={id} />
      <CellMark
        state={state}
        x={inset}
        y={inset}
        width={14 - 2 * inset}
        height={14 - 2 * inset}
        hatchId={id}
        hasFinding={hasFinding}
      />
    </svg>
  )
}
