export type BarPart<Key extends string> = { key: Key; value: number }
export type BarSegment<Key extends string> = { key: Key; x: number; width: number }

/**
 * Lays parts of a whole along a bar, in order, without overlap. Units are the caller's (pixels, per cent).
 * A part that exists is never thinner than `min`, so one rejected among hundreds is still seen; what that
 * costs is taken from the widest parts. `total` below the sum of the parts is raised to it.
 */
export function layoutBar<Key extends string>(
  parts: readonly BarPart<Key>[],
  { total, span, gap, min }: { total?: number | null; span: number; gap: number; min: number },
): { segments: BarSegment<Key>[]; end: number } {
  const shown = parts.filter((part) => part.value > 0)
  const sum = shown.reduce((acc, part) => acc + part.value, 0)
  if (sum === 0) return { segments: [], end: 0 }
  const whole = Math.max(total ?? sum, sum)
  const isFull = whole === sum
  const space = span - gap * (shown.length - (isFull ? 1 : 0))
  const widths = shown.map((part) => Math.max(min, (part.value / whole) * space))

  const limit = isFull ? space : space - min
  let excess = widths.reduce((acc, width) => acc + width, 0) - (isFull ? space : limit)
  while (excess > 0.001) {
    const widest = widths.indexOf(Math.max(...widths))
    const cut = Math.min(excess, (widths[widest] ?? 0) - min)
    if (cut <= 0) break
    widths[widest] = (widths[widest] ?? 0) - cut
    excess -= cut
  }

  let x = 0
  const segments = shown.map((part, index) => {
    const segment = { key: part.key, x, width: widths[index] ?? 0 }
    x += segment.width + gap
    return segment
  })
  return { segments, end: Math.min(x, span) }
}
