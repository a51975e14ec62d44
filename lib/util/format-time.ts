const STEPS = [
  { unit: 'second', ms: 1000, until: 60 },
  { unit: 'minute', ms: 60_000, until: 60 },
  { unit: 'hour', ms: 3_600_000, until: 48 },
  { unit: 'day', ms: 86_400_000, until: 60 },
  { unit: 'month', ms: 2_629_800_000, until: 24 },
  { unit: 'year', ms: 31_557_600_000, until: Number.POSITIVE_INFINITY },
] as const

/**
 * How long ago (or ahead) a moment is, short, in the locale's words: "2h ago", "31d ago".
 * In: two moments in milliseconds since the epoch. Whole units, cut rather than rounded up.
 */
export function formatRelative(atMs: number, nowMs: number, locale = 'en'): string {
  const distance = atMs - nowMs
  for (const step of STEPS) {
    const count = Math.trunc(distance / step.ms)
    if (Math.abs(count) < step.until) {
      // Upstream clocks run ahead by seconds; that is "now", not the future.
      const shown = step.unit === 'second' && Math.abs(count) < 10 ? 0 : count
      return new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' }).format(
        shown,
        step.unit,
      )
    }
  }
  return ''
}

/** A moment as "2026-11-20 19:52 UTC", the same in every language. In: milliseconds since the epoch. */
export function formatUtc(atMs: number, withSeconds = false): string {
  const iso = new Date(atMs).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, withSeconds ? 19 : 16)} UTC`
}

/** Milliseconds of an ISO 8601 text, or null when it is none. */
export function parseTime(text: string | null | undefined): number | null {
  const ms = text ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

/**
 * Time left, in the locale's words and at most two units: "6 h 12 min", "48 sec".
 * In: milliseconds; what is past gives zero.
 */
export function formatDuration(ms: number, locale = 'en'): string {
  const seconds = Math.max(0, Math.trunc(ms / 1000))
  const part = (value: number, unit: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  const minutes = Math.trunc(seconds / 60)
  const hours = Math.trunc(minutes / 60)
  if (hours >= 48) return part(Math.trunc(hours / 24), 'day')
  if (hours > 0) return `${part(hours, 'hour')} ${part(minutes % 60, 'minute')}`
  if (minutes >= 10) return part(minutes, 'minute')
  if (minutes > 0) return `${part(minutes, 'minute')} ${part(seconds % 60, 'second')}`
  return part(seconds, 'second')
}
