import 'server-only'

const longest = 1_024

/** A text of the cloud's as both databases take it: without NUL and halves of characters, and of a length with an end. */
export const storable = (text: string): string =>
  (text.length > longest ? text.slice(0, longest) : text).replaceAll('\0', '').toWellFormed()

/** A time as ISO 8601 in UTC, whole seconds; null for what is none. Clouds that name no zone mean UTC. */
export function moment(text: string): string | null {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`
  const ms = Date.parse(zoned)
  return Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 19)}Z`
}
