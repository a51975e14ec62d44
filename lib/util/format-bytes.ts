const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/**
 * Size in decimal units with at most three digits, as in "1.8 GB" or "612 MB".
 * In: bytes, and a BCP 47 locale for the number and the unit. Negative or unknown sizes give null.
 */
export function formatBytes(bytes: number | null | undefined, locale = 'en'): string | null {
  if (bytes == null || !Number.isFinite(bytes) || bytes < 0) return null
  let value = bytes
  let unit = 0
  // 999.5 would be rounded to "1000 MB"; it belongs to the next unit.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 99.95 && unit > 1 ? 1 : 0,
  }).format(value)
}
