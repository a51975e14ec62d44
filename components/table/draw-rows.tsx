import type { ReactNode } from 'react'
import { Spacer } from './spacer'
import type { VisibleRows } from './visible-rows'

type Measure = VisibleRows['measure']

/**
 * Draws the rows of a table body between what stands for the others. A row drawn before is handed back as it was, so
 * that scrolling builds only the rows that come; all are made anew when the table calls this again.
 */
export function drawRows(
  drawRow: (index: number, measure: Measure) => ReactNode,
): (visible: VisibleRows) => ReactNode {
  let drawn = new Map<number, ReactNode>()
  let drawnWith: Measure
  return ({ indexes, before, after, measure }) => {
    const known = measure === drawnWith ? drawn : null
    drawn = new Map(indexes.map((index) => [index, known?.get(index) ?? drawRow(index, measure)]))
    drawnWith = measure
    return (
      <>
        {before > 0 && <Spacer height={before} />}
        {[...drawn.values()]}
        {after > 0 && <Spacer height={after} />}
      </>
    )
  }
}
