import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** A new id as Keystone writes them: 32 hexadecimal digits. */
export function newId(): string {
  return randomBytes(16).toString('hex')
}

/** A new id as Glance writes them: a UUID. */
export function newImageId(): string {
  return randomUUID()
}

/** A new request id, `req-<uuid>`. */
export function newRequestId(): string {
  return `req-${randomUUID()}`
}

/** The same 32 hexadecimal digits for the same words, for seeds that must not change between runs. */
export function stableId(...words: string[]): string {
  return createHash('md5').update(words.join('\u0000')).digest('hex')
}

/** The same UUID (version 4 in form) for the same words. */
export function stableImageId(...words: string[]): string {
  const hex = stableId(...words)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
