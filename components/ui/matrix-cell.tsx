'use client'

import type { MatrixPlace } from '@/lib/util/matrix-layout'

type MatrixCellProps = {
  /** What the grid's aria-activedescendant points to. */
  id: string
  place: MatrixPlace
  /** Where it lies within the drawing; null while nobody holds it. */
  at: { x: number; y: number } | null
  /** It in words. */
  text: string
}

/** The one cell of a matrix that assistive technology finds: the one in hand. Nothing of it is seen. */
export function MatrixCell({ id, place, at, text }: MatrixCellProps) {
  const role = place.row < 0 ? 'columnheader' : place.column < 0 ? 'rowheader' : 'gridcell'
  const cell = {
    id,
    role,
    'aria-colindex': place.column + 2,
    // Not in the server's HTML, where nobody holds it yet.
    style: at ? { left: Math.max(0, at.x), top: Math.max(0, at.y) } : undefined,
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of all pairs would be millions of elements.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and points here.
    <div role="row" aria-rowindex={place.row + 2}>
      <div
        {...cell}
        className="pointer-events-none absolute size-px overflow-hidden whitespace-nowrap opacity-0"
      >
        {text}
      </div>
    </div>
  )
}
