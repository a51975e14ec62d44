import clsx from 'clsx'
import { useId } from 'react'
import { CellMark } from '@/components/ui/cell-mark'
import { Hatches } from '@/components/ui/hatches'

/** Four pairs in four states: what the product is about, as its mark. */
export function BrandMark({ className }: { className?: string }) {
  const id = useId()
  return (
    <svg viewBox="0 0 30 30" aria-hidden="true" className={clsx('flex-none', className)}>
      <Hatches id={id} />
      <CellMark state="accepted" x={0} y={0} width={14} height={14} hatchId={id} />
      <CellMark state="new" x={16} y={0} width={14} height={14} hatchId={id} />
      <CellMark state="pending" x={0} y={16} width={14} height={14} hatchId={id} />
      <CellMark state="accepted" x={16} y={16} width={14} height={14} hatchId={id} />
    </svg>
  )
}
