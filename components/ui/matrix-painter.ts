import { firstFrom } from '@/lib/util/matrix-cells'
import { cellCorner, visibleCells } from '@/lib/util/matrix-layout'
import { paintDots } from './matrix-dots-painter'
import type { MatrixFrame } from './matrix-frame'
import { paintLabels, paintNames } from './matrix-labels-painter'
import { spriteMargin as margin, spriteOf } from './matrix-sprites'
import { paintSums } from './matrix-sums-painter'

type Context = CanvasRenderingContext2D

/** Cuts off what would be painted over the names and labels. */
function clipToCells(context: Context, { layout, scale }: MatrixFrame) {
  context.beginPath()
  context.rect(
    (layout.gutter - margin) * scale,
    (layout.header - margin) * scale,
    layout.width * scale,
    layout.height * scale,
  )
  context.clip()
}

/** Cells as large as shapes, each with a box while it is empty. */
function paintCells(context: Context, frame: MatrixFrame) {
  const { layout, scroll, scale, cells } = frame
  const { rows, columns } = visibleCells(layout, scroll)
  const strip = emptyStrip(frame)
  const origin = cellCorner(layout, scroll, { row: 0, column: columns.first })
  const left = Math.round(origin.x * scale)
  // Beyond the last column there are no boxes.
  const width = Math.min(strip.width, Math.round((columns.last - columns.first + 1) * layout.pitchX * scale))
  if (width <= 0) return
  for (let row = rows.first; row <= rows.last; row += 1) {
    const top = Math.round((origin.y + row * layout.pitchY) * scale)
    context.drawImage(strip, 0, 0, width, strip.height, left, top, width, strip.height)
    const end = cells.starts[row + 1] ?? 0
    for (let place = firstFrom(cells, row, columns.first); place < end; place += 1) {
      const column = cells.column[place] ?? 0
      if (column > columns.last) break
      const right = Math.round((column - columns.first) * layout.pitchX * scale)
      const out = Math.round(margin * scale)
      context.drawImage(spriteOf(frame, cells.code[place] ?? 0), left + right - out, top - out)
    }
  }
}

/** A row of empty cells, one longer than the window. */
function emptyStrip(frame: MatrixFrame): HTMLCanvasElement {
  const { layout, scale, cache } = frame
  const count = Math.ceil((layout.width - layout.gutter) / layout.pitchX) + 2
  const width = Math.round(count * layout.pitchX * scale)
  if (cache.strip?.width === width) return cache.strip
  const strip = document.createElement('canvas')
  strip.width = width
  strip.height = Math.round(layout.cellHeight * scale)
  const context = strip.getContext('2d')
  const out = Math.round(margin * scale)
  for (let column = 0; column < count; column += 1) {
    context?.drawImage(spriteOf(frame, 0), Math.round(column * layout.pitchX * scale) - out, -out)
  }
  cache.strip = strip
  return strip
}

/** The row and the column in hand, and a ring around where they meet. */
function paintCross(context: Context, { layout, scroll, active, inks, scale }: MatrixFrame) {
  if (!active) return
  const { x, y } = cellCorner(layout, scroll, active)
  const top = layout.header + active.row * layout.pitchY - scroll.top
  const width = Math.max(1, layout.pitchX)
  const height = Math.max(1, layout.pitchY)
  context.save()
  context.scale(scale, scale)
  context.fillStyle = inks.ink
  context.globalAlpha = layout.isRoomy ? 0.07 : 0.16
  const left = layout.gutter - scroll.left
  if (active.row >= 0) context.fillRect(left, top, layout.columns * layout.pitchX, height)
  if (active.column >= 0) {
    context.fillRect(
      x - (layout.isRoomy ? 1.5 : 0),
      layout.header - scroll.top,
      width,
      layout.rows * layout.pitchY,
    )
  }
  context.globalAlpha = 1
  if (active.row >= 0 && active.column >= 0) {
    context.strokeStyle = inks.ink
    context.lineWidth = 2
    context.beginPath()
    context.roundRect(x - 2, y - 2, layout.cellWidth + 4, layout.cellHeight + 4, layout.isRoomy ? 6 : 1)
    context.stroke()
  }
  context.restore()
}

/** Paints what the window shows. Takes time in proportion to that, however large the matrix is. */
export function paintMatrix(context: Context, frame: MatrixFrame) {
  const { layout, scale } = frame
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)

  context.save()
  clipToCells(context, frame)
  if (layout.isSummed) paintSums(context, frame)
  else if (layout.isRoomy) paintCells(context, frame)
  else paintDots(context, frame)
  paintCross(context, frame)
  context.restore()

  context.save()
  context.scale(scale, scale)
  paintNames(context, frame)
  paintLabels(context, frame)
  context.restore()
}
