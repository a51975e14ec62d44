import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { causeOf, log } from '../log'
import type { CloudClients } from '../runtime'
import { token } from '../store/schema'
import type { Store } from '../store/store'
import type { Secrets } from './secrets'
import { openToken, type TokenRecord } from './token-rows'

const atOnce = 20
const backoffMs = 2_000
const longestBackoffMs = 60_000

interface Parts {
  store: Store
  secrets: Secrets
  clouds: CloudClients
}

/**
 * Revokes every token that is due, once over. A row leaves the table when Keystone said so, when the token has ended by
 * itself, or when its ten minutes are up. Several replicas may run this at once: rows are taken with a lock.
 * Answers how many rows left.
 */
export async function revokeDueTokens({ store, secrets, clouds }: Parts, now: number): Promise<number> {
  const due = await takeDue(store, now)
  const results = await Promise.all(
    due.map(async (row) => {
      const over = row.expiresAt.getTime() <= now || (row.revokeUntil?.getTime() ?? now) <= now
      const cloud = clouds.get(row.cloud)
      if (!over && cloud) {
        try {
          await cloud.identity.revoke(openToken(secrets, row))
        } catch (error) {
          log.warn('a token could not be revoked yet', {
            cloud: row.cloud,
            attempt: row.revokeAttempts,
            cause: causeOf(error),
          })
          return false
        }
      }
      await store.db.delete(token).where(eq(token.id, row.id))
      return true
    }),
  )
  return results.filter(Boolean).length
}

/** Takes due rows and puts their next try into the future in the same statement, so that nobody else takes them. */
async function takeDue(store: Store, now: number): Promise<TokenRecord[]> {
  return store.db
    .update(token)
    .set({
      revokeAttempts: sql`${token.revokeAttempts} + 1`,
      revokeDueAt: sql`${new Date(now).toISOString()}::timestamptz + least(${backoffMs} * power(2, ${token.revokeAttempts}), ${longestBackoffMs}) * interval '1 millisecond'`,
    })
    .where(
      sql`${token.id} in (select id from token where revoke_due_at <= ${new Date(now).toISOString()}::timestamptz order by revoke_due_at limit ${atOnce} for update skip locked)`,
    )
    .returning()
}
