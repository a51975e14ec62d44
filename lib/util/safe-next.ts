const home = '/'
// Names hold no character that an address would write encoded, but for the @.
const pages = [
  /^\/incoming(\/[\w-]+)?$/,
  /^\/jobs(\/[\w-]+)?$/,
  /^\/(audit|activity)$/,
  /^\/(?!api\/|_next\/)(?:[\w.@-]|%40)+\/(?:[\w.@-]|%40)+\/[\w-]+\/(images(\/[\w-]+)?|share)$/,
]

/**
 * The address to go to after sign-in, taken from a link anybody may have written: one of our own pages, else the start.
 * Nothing is decoded or repaired; what is not plainly ours is dropped.
 */
export function safeNext(next: string | undefined, publicOrigin: string): string {
  if (next === undefined || !next.startsWith('/') || next.length > 2_048) return home
  if (/[\s\p{Cc}\\]|^\/\/|[^\x21-\x7e]/u.test(next)) return home
  const url = URL.parse(next, publicOrigin)
  if (!url || url.origin !== publicOrigin) return home
  // The parser resolves dot segments; an address that changes by parsing was not plain.
  if (`${url.pathname}${url.search}${url.hash}` !== next) return home
  return pages.some((page) => page.test(url.pathname)) ? next : home
}
