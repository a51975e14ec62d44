/** An id cut to its first and last characters for tight places: "9c61…0f9f". Short ids stay whole. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`
}
