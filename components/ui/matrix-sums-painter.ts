import { cellState, hasFinding } from '@/lib/util/pair-cells'
import type { MatrixFrame } from './matrix-frame'

type Rgb = readonly [number, number, number]

/** What outweighs what, where cells of several kinds lie on one spot: the rarer and the graver. */
const weights = { finding: 3, pending: 2, rejected: 1, accepted: 0 } as const
type Kind = keyof typeof weights
const kinds = Object.keys(weights) as Kind[]

/** Colours come as CSS text; a canvas knows every form of them. */
function rgbOf(ink: string): Rgb {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  if (!context) return [0, 0, 0]
  context.fillStyle = ink
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

function kindOf(code: number): number {
  const char = String.fromCharCode(code)
  if (hasFinding(char)) return kinds.indexOf('finding')
  const state = cellState(char)
  return kinds.indexOf(state === 'pending' || state === 'rejected' ? state : 'accepted')
}

/** Spots of at least two pixels along an axis where cells don't fit; of one cell where they do. */
const spotsAlong = (count: number, pitch: number) =>
  pitch >= 2 ? count : Math.max(1, Math.min(count, Math.floor((count * pitch) / 2)))

/** The whole matrix as a picture of spots: the strongest kind gives the colour, the share of filled cells its depth. */
function sumsOf({ layout, cells, inks }: MatrixFrame): HTMLCanvasElement {
  const across = spotsAlong(layout.columns, layout.pitchX)
  const down = spotsAlong(layout.rows, layout.pitchY)
  const canvas = document.createElement('canvas')
  canvas.width = across
  canvas.height = down
  const context = canvas.getContext('2d')
  if (!context) return canvas

  const kindOfCode = Uint8Array.from({ length: 128 }, (_, code) => kindOf(code))
  const filled = new Uint32Array(across * down)
  const strongest = new Uint8Array(across * down)
  for (let row = 0; row < cells.rows; row += 1) {
    const line = Math.floor((row * down) / cells.rows) * across
    const end = cells.starts[row + 1] ?? 0
    for (let place = cells.starts[row] ?? 0; place < end; place += 1) {
      const spot = line + Math.floor(((cells.column[place] ?? 0) * across) / cells.columns)
      filled[spot] = (filled[spot] ?? 0) + 1
      const kind = kindOfCode[cells.code[place] ?? 0] ?? 0
      // One more, because zero is a spot without cells.
      if (strongest[spot] === 0 || weightOf(kind) > weightOf((strongest[spot] ?? 0) - 1))
        strongest[spot] = kind + 1
    }
  }

  const colours = kinds.map((kind) => rgbOf(colourOf(kind, inks)))
  const image = context.createImageData(across, down)
  const perSpot = (cells.rows / down) * (cells.columns / across)
  for (let spot = 0; spot < filled.length; spot += 1) {
    const kind = strongest[spot]
    if (!kind) continue
    const [red, green, blue] = colours[kind - 1] ?? [0, 0, 0]
    const share = Math.min(1, (filled[spot] ?? 0) / perSpot)
    image.data.set([red, green, blue, Math.round(255 * (0.45 + 0.55 * share))], spot * 4)
  }
  context.putImageData(image, 0, 0)
  return canvas
}

const weightOf = (kind: number) => weights[kinds[kind] ?? 'accepted']

function colourOf(kind: Kind, inks: MatrixFrame['inks']): string {
  if (kind === 'finding') return inks.danger
  if (kind === 'accepted') return inks.cells.accepted.fill
  return kind === 'pending' ? inks.cells.pending.stroke : inks.cells.rejected.bar
}

/** Paints the whole matrix where its cells are too small to be shapes. Made once, then stamped. */
export function paintSums(context: CanvasRenderingContext2D, frame: MatrixFrame) {
  const { layout, scroll, scale, inks, cache } = frame
  cache.sums ??= sumsOf(frame)
  const box = [
    (layout.gutter - scroll.left) * scale,
    (layout.header - scroll.top) * scale,
    layout.columns * layout.pitchX * scale,
    layout.rows * layout.pitchY * scale,
  ] as const
  context.fillStyle = inks.empty
  context.fillRect(...box)
  context.imageSmoothingEnabled = false
  context.drawImage(cache.sums, ...box)
}
