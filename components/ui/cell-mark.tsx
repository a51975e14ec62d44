import type { CellState } from '@/lib/util/pair-cells'
import { CELL_LOOKS, GLYPHS, hatchFill } from './cell-looks'

type CellMarkProps = {
  state: CellState
  x: number
  y: number
  width: number
  height: number
  /** The id given to Hatches. */
  hatchId: string
  hasFinding?: boolean
}

/** One pair, as SVG; see CELL_LOOKS. A finding is a red ring around it. */
export function CellMark({ state, x, y, width, height, hatchId, hasFinding }: CellMarkProps) {
  const look = CELL_LOOKS[state]
  const small = Math.min(width, height)
  const radius = Math.min(4, small / 4)
  const isStroked = look.box.includes('stroke-')
  const inset = isStroked ? 0.5 : 0
  const box = {
    x: x + inset,
    y: y + inset,
    width: width - 2 * inset,
    height: height - 2 * inset,
    rx: Math.max(0, radius - inset),
  }
  const glyphSize = Math.min(12, small)
  const isGlyphShown = look.glyph && (small >= 14 || look.isGlyphVital)
  const middle = y + height / 2
  return (
    <>
      <rect {...box} className={look.box} />
      {!!look.hatch && <rect {...box} fill={hatchFill(hatchId, look.hatch)} />}
      {!!look.bar && (
        <path
          d={`M${x + Math.min(2, width / 6)} ${middle}H${x + width - Math.min(2, width / 6)}`}
          strokeWidth={small >= 20 ? 3 : 2}
          strokeLinecap="round"
          className={look.bar}
        />
      )}
      {!!look.glyph && isGlyphShown && (
        <path
          d={GLYPHS[look.glyph]}
          transform={`translate(${x + (width - glyphSize) / 2} ${y + (height - glyphSize) / 2}) scale(${glyphSize / 12})`}
          fill="none"
          strokeWidth={look.glyph === 'dot' ? 3 : 1.7}
          strokeLinecap="round"
          strokeLinejoin="round"
          className={look.glyphClass}
        />
      )}
      {!!hasFinding && (
        <rect
          x={x - 1.5}
          y={y - 1.5}
          width={width + 3}
          height={height + 3}
          rx={radius + 1.5}
          fill="none"
          strokeWidth={1.75}
          className="stroke-danger"
        />
      )}
    </>
  )
}
