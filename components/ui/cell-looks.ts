import type { CellState } from '@/lib/util/pair-cells'

/** Strokes in a 12 × 12 box. */
export const GLYPHS = {
  check: 'M2.6 6.4 5 8.8l4.4-5.4',
  plus: 'M6 2.8v6.4M2.8 6h6.4',
  cross: 'M3.3 3.3l5.4 5.4M8.7 3.3 3.3 8.7',
  equal: 'M3.2 4.6h5.6M3.2 7.4h5.6',
  slash: 'M8.6 3.2 3.4 8.8',
  dot: 'M6 6h.01',
  question: 'M4.3 4.6a1.8 1.8 0 1 1 2.5 1.7c-.6.2-.8.5-.8 1M6 9.3h.01',
} as const

export type Hatch = 'pending' | 'running' | 'impossible'

export type CellLook = {
  /** Classes of the box: fill and stroke. */
  box: string
  hatch?: Hatch
  glyph?: keyof typeof GLYPHS
  glyphClass?: string
  /** Drawn at every size, because without it the state would be colour alone. */
  isGlyphVital?: boolean
  /** A bar through the middle, over the whole width. */
  bar?: string
}

/**
 * How each state of a pair looks, everywhere: bars, badges, legends, grids and the canvas, which reads the
 * colours back from these classes. No two differ by colour alone.
 */
export const CELL_LOOKS: Record<CellState, CellLook> = {
  none: { box: 'fill-surface stroke-line' },
  new: { box: 'fill-accent-tint stroke-accent', glyph: 'plus', glyphClass: 'stroke-accent-ink' },
  accepted: { box: 'fill-accepted', glyph: 'check', glyphClass: 'stroke-accepted-fg' },
  pending: { box: 'fill-pending-tint stroke-pending', hatch: 'pending' },
  rejected: { box: 'fill-rejected-tint', bar: 'stroke-rejected' },
  impossible: {
    box: 'fill-surface stroke-control',
    hatch: 'impossible',
    glyph: 'cross',
    glyphClass: 'stroke-ink-3',
  },
  waiting: { box: 'fill-track', glyph: 'dot', glyphClass: 'stroke-waiting', isGlyphVital: true },
  running: { box: 'fill-accent-tint stroke-accent', hatch: 'running' },
  done: { box: 'fill-accent' },
  already: { box: 'fill-accent-tint stroke-accent', glyph: 'equal', glyphClass: 'stroke-accent-ink' },
  failed: {
    box: 'fill-danger-tint stroke-danger',
    glyph: 'cross',
    glyphClass: 'stroke-danger',
    isGlyphVital: true,
  },
  skipped: { box: 'fill-track', glyph: 'slash', glyphClass: 'stroke-waiting', isGlyphVital: true },
  unknown: { box: 'fill-pending-tint stroke-pending', glyph: 'question', glyphClass: 'stroke-pending-ink' },
}

/** The hatch's line colour, as a stroke class. */
export const HATCH_STROKE: Record<Hatch, string> = {
  pending: 'stroke-pending',
  running: 'stroke-accent',
  impossible: 'stroke-line-strong',
}

/** Address of a hatch inside the drawing that holds `<Hatches id={id}>`. */
export const hatchFill = (id: string, hatch: Hatch) => `url(#${id}-${hatch})`
