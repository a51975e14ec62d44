import { CELL_STATES, type CellState } from '@/lib/util/pair-cells'
import { CELL_LOOKS, GLYPHS, HATCH_STROKE } from './cell-looks'

type Inks = { fill: string; stroke: string; glyph: string; hatch: string; bar: string }
export type CellInks = Record<CellState, Inks> & { finding: string }

/** Reads the colours of CELL_LOOKS out of the page, so that the canvas and the SVG can never differ. */
export function readCellInks(host: SVGSVGElement): CellInks {
  const probe = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  host.append(probe)
  const read = (className: string | undefined) => {
    probe.setAttribute('class', className ?? '')
    const { fill, stroke } = getComputedStyle(probe)
    return { fill, stroke }
  }
  const inks = {} as CellInks
  for (const state of CELL_STATES) {
    const look = CELL_LOOKS[state]
    inks[state] = {
      ...read(look.box),
      glyph: read(look.glyphClass).stroke,
      hatch: look.hatch ? read(HATCH_STROKE[look.hatch]).stroke : 'none',
      bar: read(look.bar).stroke,
    }
  }
  inks.finding = read('stroke-danger').stroke
  probe.remove()
  return inks
}

type Size = { width: number; height: number }

/** States that are an outline on a tint; too small for that they keep the strong colour and a shape of their own. */
function paintTiny(context: CanvasRenderingContext2D, state: CellState, ink: Inks, { width, height }: Size) {
  const strong = ink.stroke === 'none' ? ink.fill : ink.stroke
  context.fillStyle = state === 'failed' ? strong : ink.fill
  context.fillRect(0, 0, width, height)
  context.fillStyle = strong
  if (state === 'pending' || state === 'unknown') {
    context.beginPath()
    context.moveTo(0, height)
    context.lineTo(width, 0)
    context.lineTo(width, height)
    context.fill()
  } else if (state === 'running') {
    context.fillRect(0, 0, width / 2, height)
  } else if (state === 'already' || state === 'new') {
    context.strokeStyle = strong
    context.strokeRect(0.5, 0.5, width - 1, height - 1)
  } else if (state === 'rejected') {
    context.fillStyle = ink.bar
    context.fillRect(0, height / 2 - 0.5, width, 1)
  } else if (state === 'waiting' || state === 'skipped' || state === 'impossible') {
    context.fillStyle = ink.glyph
    context.fillRect(Math.floor(width / 2) - 0.5, Math.floor(height / 2) - 0.5, 1, 1)
  }
}

function paintHatch(context: CanvasRenderingContext2D, state: CellState, ink: Inks, { width, height }: Size) {
  context.strokeStyle = ink.hatch
  context.lineWidth = state === 'impossible' ? 1.2 : 2
  context.beginPath()
  if (state === 'running') {
    for (let x = 1; x < width; x += 4) {
      context.moveTo(x, 0)
      context.lineTo(x, height)
    }
  } else {
    for (let x = -height; x < width + height; x += 5.66) {
      context.moveTo(x, height)
      context.lineTo(x + height, 0)
    }
  }
  context.stroke()
}

/** Paints one cell at the origin, as CellMark draws it. */
export function paintCell(context: CanvasRenderingContext2D, state: CellState, ink: Inks, size: Size) {
  const { width, height } = size
  const look = CELL_LOOKS[state]
  const small = Math.min(width, height)
  if (small < 8) {
    paintTiny(context, state, ink, size)
    return
  }
  const box = new Path2D()
  box.roundRect(0.5, 0.5, width - 1, height - 1, Math.min(4, small / 4))
  context.fillStyle = ink.fill
  context.fill(box)
  if (look.hatch) {
    context.save()
    context.clip(box)
    paintHatch(context, state, ink, size)
    context.restore()
  }
  if (ink.stroke !== 'none') {
    context.strokeStyle = ink.stroke
    context.lineWidth = 1
    context.stroke(box)
  }
  context.lineCap = 'round'
  if (look.bar) {
    context.strokeStyle = ink.bar
    context.lineWidth = 2
    context.beginPath()
    context.moveTo(2, height / 2)
    context.lineTo(width - 2, height / 2)
    context.stroke()
  }
  if (look.glyph && (small >= 14 || look.isGlyphVital)) {
    const glyphSize = Math.min(12, small)
    context.translate((width - glyphSize) / 2, (height - glyphSize) / 2)
    context.scale(glyphSize / 12, glyphSize / 12)
    context.strokeStyle = ink.glyph
    context.lineWidth = look.glyph === 'dot' ? 3 : 1.7
    context.lineJoin = 'round'
    context.stroke(new Path2D(GLYPHS[look.glyph]))
  }
}
