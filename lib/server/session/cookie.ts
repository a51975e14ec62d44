import 'server-only'
import { sealData, unsealData } from 'iron-session'
import type { Env } from '../env'
import type { Secrets } from './secrets'
import { sessionLimits } from './session-rows'

const maxAgeSeconds = sessionLimits.absoluteMs / 1_000

/**
 * Cookies ignore ports, so on plain http the port stands in the name: two dashboards on one machine would sign each
 * other out. Over https the prefix makes the browser insist on Secure, Path=/ and no Domain.
 */
export function cookieName(env: Pick<Env, 'secure' | 'publicOrigin'>): string {
  return env.secure ? '__Host-sid' : `sid-${new URL(env.publicOrigin).port || '80'}`
}

export function cookieOptions(env: Pick<Env, 'secure'>) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: env.secure, maxAge: maxAgeSeconds } as const
}

/** Seals a session id for the cookie. The value carries nothing else. */
export function sealSessionId(secrets: Secrets, sid: string): Promise<string> {
  return sealData({ sid }, { password: secrets.cookiePasswords.sealWith, ttl: maxAgeSeconds })
}

/** Opens a cookie's value; null for anything that we did not seal or that is too old. */
export async function openSessionId(secrets: Secrets, sealed: string | undefined): Promise<string | null> {
  if (!sealed || sealed.length > 1_024) return null
  try {
    const { sid } = await unsealData<{ sid?: unknown }>(sealed, {
      password: secrets.cookiePasswords.openWith,
      ttl: maxAgeSeconds,
    })
    return typeof sid === 'string' && sid.length > 0 ? sid : null
  } catch {
    return null
  }
}
