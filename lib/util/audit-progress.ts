import type { AuditProgress } from '../contracts/audits'

/** Images read in a second of reading; null as long as nothing can be said. */
export function readingRate({ imagesRead, activeMs }: AuditProgress): number | null {
  return imagesRead > 0 && activeMs > 0 ? (imagesRead * 1_000) / activeMs : null
}

/** Milliseconds until all images are read, at the rate so far; null while it is not known how many there are. */
export function readingTimeLeft(progress: AuditProgress): number | null {
  const rate = readingRate(progress)
  if (rate === null || !progress.isListed) return null
  return (Math.max(0, progress.imagesListed - progress.imagesRead) * 1_000) / rate
}
