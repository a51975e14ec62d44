import type { Cloud } from '../cloud.ts'

/** Which tokens to end, and how; without user and project: all of them. */
export type TokensToEnd = {
  how: 'expire' | 'revoke'
  userId?: string
  projectId?: string
  /** True: the image service goes on believing what it has cached. False when left out. */
  keepImageCache?: boolean
}

/** Ends tokens at once. Returns how many. */
export function endTokens(cloud: Cloud, which: TokensToEnd): { ended: number } {
  let ended = 0
  for (const token of cloud.tokens.values()) {
    if (which.userId !== undefined && token.userId !== which.userId) continue
    if (which.projectId !== undefined && token.projectId !== which.projectId) continue
    if (which.how === 'expire') token.expiresAt = cloud.clock.now()
    else token.revoked = true
    if (!which.keepImageCache) cloud.seenTokens.delete(token.text)
    ended += 1
  }
  return { ended }
}
