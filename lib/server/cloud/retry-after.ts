import 'server-only'

const longestMs = 15 * 60_000

/**
 * Reads a Retry-After header, in seconds or as a date (RFC 9110 §10.2.3). Answers milliseconds from `now`, at least 0 and
 * at most a quarter of an hour, or null when absent or senseless.
 */
export function retryAfterMs(text: string | null, now: number): number | null {
  if (text === null) return null
  const seconds = /^\s*(\d+)\s*$/.exec(text)
  const ms = seconds ? Number(seconds[1]) * 1_000 : Date.parse(text) - now
  if (Number.isNaN(ms) || (!seconds && !/[a-z]/i.test(text))) return null
  return Math.min(Math.max(ms, 0), longestMs)
}
