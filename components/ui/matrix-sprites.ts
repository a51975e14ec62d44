import { cellState, hasFinding } from '@/lib/util/pair-cells'
import { paintCell } from './cell-painter'
import type { MatrixFrame } from './matrix-frame'

type Context = CanvasRenderingContext2D

/** Room of a sprite around its cell, for the ring of a finding. */
export const spriteMargin = 2

/** A cell with room for its ring, painted once and then stamped. Code 0 is the empty cell. */
export function spriteOf({ layout, inks, scale, cache }: MatrixFrame, code: number): HTMLCanvasElement {
  const known = cache.sprites.get(code)
  if (known) return known
  const { cellWidth: width, cellHeight: height } = layout
  const sprite = document.createElement('canvas')
  sprite.width = Math.round((width + 2 * spriteMargin) * scale)
  sprite.height = Math.round((height + 2 * spriteMargin) * scale)
  const context = sprite.getContext('2d')
  if (context) {
    context.scale(scale, scale)
    context.translate(spriteMargin, spriteMargin)
    context.save()
    const char = String.fromCharCode(code)
    const state = cellState(char)
    if (code === 0) {
      context.fillStyle = inks.empty
      context.beginPath()
      context.roundRect(0, 0, width, height, Math.min(4, height / 4))
      context.fill()
    } else {
      paintCell(context, state, inks.cells[state], { width, height })
    }
    context.restore()
    if (code !== 0 && hasFinding(char)) paintRing(context, width, height, inks.danger)
  }
  cache.sprites.set(code, sprite)
  return sprite
}

/** Around the cell, in the gaps between it and its neighbours. */
function paintRing(context: Context, width: number, height: number, ink: string) {
  const isTiny = Math.min(width, height) < 8
  context.strokeStyle = ink
  context.lineWidth = isTiny ? 1 : 1.75
  const out = isTiny ? 0.5 : 1.1
  context.beginPath()
  context.roundRect(-out, -out, width + 2 * out, height + 2 * out, isTiny ? 0 : 5)
  context.stroke()
}
