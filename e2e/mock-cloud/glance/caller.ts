import type { Cloud } from '../cloud.ts'
import type { Call } from '../http/call.ts'
import { tokenText } from '../http/receive.ts'
import { authenticate, isReply, rolesOf } from '../keystone/tokens.ts'
import type { Image } from '../records.ts'
import { takesMembers } from './membership.ts'

/** One authenticated call to the image service. */
export type At = { cloud: Cloud; call: Call; caller: Caller }

/** Who calls the image service, as its token middleware understands the token. */
export type Caller = { userId: string; projectId: string | null; roles: string[]; isAdmin: boolean }

/**
 * The caller, or null. A token once found good is believed for `tokenCacheSeconds`, even when it has been revoked
 * since; its end is always obeyed to the second.
 */
export function callerOf(cloud: Cloud, call: Call): Caller | null {
  const text = tokenText(call)
  if (!text) return null
  const now = cloud.clock.now()
  const seen = cloud.seenTokens.get(text)
  if (seen && seen.believedUntil > now) return seen.expiresAt > now ? asCaller(seen) : null
  const token = authenticate(cloud, text)
  if (isReply(token)) {
    cloud.seenTokens.delete(text)
    return null
  }
  const fresh = {
    userId: token.userId,
    projectId: token.projectId,
    roles: rolesOf(cloud, token),
    expiresAt: token.expiresAt,
    believedUntil: now + cloud.settings.tokenCacheSeconds * 1000,
  }
  cloud.seenTokens.set(text, fresh)
  return asCaller(fresh)
}

function asCaller(seen: { userId: string; projectId: string | null; roles: string[] }): Caller {
  const { userId, projectId, roles } = seen
  return { userId, projectId, roles, isAdmin: roles.includes('admin') }
}

/** Whether the caller may look at an image; the status of a membership does not matter. */
export function canSee(cloud: Cloud, caller: Caller, image: Image): boolean {
  if (cloud.settings.secureRbac && !caller.roles.includes('reader')) return false
  if (caller.isAdmin || image.owner === null) return true
  if (image.visibility === 'public' || image.visibility === 'community') return true
  if (caller.projectId === null) return false
  return (
    image.owner === caller.projectId ||
    (takesMembers(cloud.settings.visibilityModel, image) && image.members.has(caller.projectId))
  )
}

/** Whether the caller's project owns the image. */
export function owns(caller: Caller, image: Image): boolean {
  return image.owner !== null && image.owner === caller.projectId
}

/** Why the caller may not change an image, or null. The sentence depends on the role defaults in force. */
export function whyNotChange(cloud: Cloud, caller: Caller, image: Image, action: string): string | null {
  if (caller.isAdmin) return null
  if (cloud.settings.secureRbac) {
    const may = owns(caller, image) && caller.roles.includes('member')
    return may ? null : `You are not authorized to complete ${action} action.`
  }
  return owns(caller, image) ? null : 'You do not own this image'
}
