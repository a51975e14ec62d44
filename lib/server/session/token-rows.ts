import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { Chance } from '../clock'
import type { IssuedToken } from '../cloud/identity-answers'
import { token } from '../store/schema'
import type { Database, Store } from '../store/store'
import type { Secrets } from './secrets'
import { neverRevoked } from './session-rows'

export type TokenRecord = typeof token.$inferSelect

interface Vault {
  secrets: Secrets
  chance: Chance
}

/** Where a stored token belongs and what it is good for. */
export interface TokenPlace {
  cloud: string
  sessionIdHash: string | null
  jobId: string | null
  /** True for a token that is not ours to end: pasted by its user, or a copy of one that is revoked in its own row. */
  isBorrowed?: boolean
  scope: {
    projectId: string
    projectName: string
    domainId: string
    region: string
    imageEndpoint: string
    roles: string[]
  } | null
}

/** Stores a token sealed. A newer token of the same session, region and project takes the older one's place. */
export async function keepToken(
  db: Database,
  { secrets, chance }: Vault,
  place: TokenPlace,
  issued: Pick<IssuedToken, 'text' | 'expiresAt'>,
): Promise<TokenRecord> {
  const id = chance.uuid()
  const row = {
    id,
    cloud: place.cloud,
    sessionIdHash: place.sessionIdHash,
    jobId: place.jobId,
    projectId: place.scope?.projectId ?? null,
    projectName: place.scope?.projectName ?? null,
    domainId: place.scope?.domainId ?? null,
    region: place.scope?.region ?? null,
    imageEndpoint: place.scope?.imageEndpoint ?? null,
    roles: place.scope?.roles ?? [],
    sealed: secrets.seal(issued.text, id),
    expiresAt: issued.expiresAt,
    revokeUntil: place.isBorrowed ? neverRevoked : null,
  }
  // What it replaces is dead already, or was obtained at the same moment by another replica and ends with its session.
  const [kept] = await db
    .insert(token)
    .values(row)
    .onConflictDoUpdate({ target: [token.sessionIdHash, token.region, token.projectId], set: row })
    .returning()
  if (!kept) throw new Error('a token row was not stored')
  return kept
}

/** The token of a session for one project and region, or its unscoped one. Null when there is none or it is over. */
export async function findToken(
  store: Store,
  sessionIdHash: string,
  scope: { region: string; project: string } | null,
  now: number,
): Promise<TokenRecord | null> {
  const [row] = await store.db
    .select()
    .from(token)
    .where(
      and(
        eq(token.sessionIdHash, sessionIdHash),
        scope
          ? and(eq(token.region, scope.region), eq(token.projectId, scope.project))
          : isNull(token.projectId),
      ),
    )
  return row && row.expiresAt.getTime() > now ? row : null
}

/**
 * The token that others of a session are obtained with: the one of no project, else a project's that lives longest, rather
 * not the one that `deadId` names. Null when every one is over.
 */
export async function baseToken(
  store: Store,
  sessionIdHash: string,
  now: number,
  deadId?: string,
): Promise<TokenRecord | null> {
  const rows = await store.db.select().from(token).where(eq(token.sessionIdHash, sessionIdHash))
  const rank = (row: TokenRecord) => (row.projectId === null ? 2 : row.id === deadId ? 0 : 1)
  const [best] = rows
    .filter((row) => row.expiresAt.getTime() > now)
    .sort((a, b) => rank(b) - rank(a) || b.expiresAt.getTime() - a.expiresAt.getTime())
  return best ?? null
}

/** The project tokens a session holds, for telling what it may do. */
export async function projectTokens(store: Store, sessionIdHash: string): Promise<TokenRecord[]> {
  const rows = await store.db.select().from(token).where(eq(token.sessionIdHash, sessionIdHash))
  return rows.filter((row) => row.projectId !== null)
}

/** The text of a stored token. Stays on the server and in the call it is for. */
export const openToken = (secrets: Secrets, row: Pick<TokenRecord, 'id' | 'sealed'>) =>
  secrets.open(row.sealed, row.id)
