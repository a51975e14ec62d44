import { firstFrom } from '@/lib/util/matrix-cells'
import { cellCorner, visibleCells } from '@/lib/util/matrix-layout'
import type { Dot, MatrixFrame } from './matrix-frame'
import { spriteMargin, spriteOf } from './matrix-sprites'

/** The pixels of a cell. What is half transparent is mixed with the ground here, once. */
function dotOf(frame: MatrixFrame, code: number): Dot {
  const known = frame.cache.dots.get(code)
  if (known) return known
  const sprite = spriteOf(frame, code)
  const alpha = pixelsOf(sprite, null)
  const mixed = pixelsOf(sprite, frame.inks.empty)
  const places = Array.from(mixed.keys()).filter((at) => (alpha[at] ?? 0) >>> 24 !== 0)
  const out = Math.round(spriteMargin * frame.scale)
  const dot: Dot = {
    x: Int8Array.from(places, (at) => (at % sprite.width) - out),
    y: Int8Array.from(places, (at) => Math.floor(at / sprite.width) - out),
    colour: Uint32Array.from(places, (at) => mixed[at] ?? 0),
  }
  frame.cache.dots.set(code, dot)
  return dot
}

/** The pixels of a drawing as they lie in memory, on a ground or on none; without a drawing one pixel of the ground. */
function pixelsOf(drawing: HTMLCanvasElement | null, ground: string | null): Uint32Array {
  const canvas = document.createElement('canvas')
  canvas.width = drawing?.width ?? 1
  canvas.height = drawing?.height ?? 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return new Uint32Array(canvas.width * canvas.height)
  if (ground !== null) {
    context.fillStyle = ground
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  if (drawing) context.drawImage(drawing, 0, 0)
  return new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
}

/**
 * Cells too small for a box of their own while they are empty. There can be tens of thousands in the window: copying
 * their pixels takes a tenth of the time that drawing them would.
 */
export function paintDots(context: CanvasRenderingContext2D, frame: MatrixFrame) {
  const { layout, scroll, scale, cells, cache } = frame
  const { rows, columns } = visibleCells(layout, scroll)
  const device = (pixels: number) => Math.round(pixels * scale)
  const origin = cellCorner(layout, scroll, { row: 0, column: 0 })
  const box = { left: device(layout.gutter), top: device(layout.header) }
  const width = Math.min(context.canvas.width, device(origin.x + layout.columns * layout.pitchX)) - box.left
  const height = Math.min(context.canvas.height, device(origin.y + layout.rows * layout.pitchY)) - box.top
  if (width <= 0 || height <= 0) return
  const image = context.createImageData(width, height)
  const pixels = new Uint32Array(image.data.buffer)
  cache.ground ??= pixelsOf(null, frame.inks.empty)[0] ?? 0
  pixels.fill(cache.ground)

  for (let row = rows.first; row <= rows.last; row += 1) {
    const top = device(origin.y + row * layout.pitchY) - box.top
    const end = cells.starts[row + 1] ?? 0
    for (let place = firstFrom(cells, row, columns.first); place < end; place += 1) {
      const column = cells.column[place] ?? 0
      if (column > columns.last) break
      const dot = dotOf(frame, cells.code[place] ?? 0)
      const left = device(origin.x + column * layout.pitchX) - box.left
      for (let at = 0; at < dot.colour.length; at += 1) {
        const x = left + (dot.x[at] ?? 0)
        const y = top + (dot.y[at] ?? 0)
        if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = dot.colour[at] ?? 0
      }
    }
  }
  context.putImageData(image, box.left, box.top)
}
