import clsx from 'clsx'
import { useId } from 'react'
import type { CellState } from '@/lib/util/pair-cells'
import { CellMark } from './cell-mark'
import { Hatches } from './hatches'

/** A swatch of one state, for legends and badges; the word stands beside it. */
export function Mark({ state, className }: { state: CellState; className?: string }) {
  const id = useId()
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      className={clsx('flex-none', className)}
    >
      <Hatches id={id} />
      <CellMark state={state} x={0} y={0} width={14} height={14} hatchId={id} />
    </svg>
  )
}
