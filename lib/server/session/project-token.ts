import 'server-only'
import type { Scope } from '../../contracts/scope'
import { imageEndpoint, imageRegions } from '../cloud/catalogue'
import { CloudError } from '../cloud/cloud-error'
import type { ScopedToken } from '../cloud/identity'
import { Refusal } from '../refusal'
import type { CloudClient, Runtime } from '../runtime'
import { holdSession, type SessionRecord } from './session-rows'
import { findToken, keepToken, openToken, type TokenRecord } from './token-rows'

/** Concurrent requests for the same project share one rescope. */
const underWay = new Map<string, Promise<TokenRecord>>()

/**
 * The session's token for a project and region, obtained by rescoping when there is none yet, or when the one in store is
 * the one that turned out to be dead (`deadId`): of many requests that met the same dead token, one replaces it.
 * @throws CloudError `unauthenticated` when the session's own token is dead, `project_not_usable`, `no_image_service`,
 *   `endpoint_not_allowed`; Refusal `not_found` for a region the cloud doesn't have
 */
export function projectToken(
  runtime: Runtime,
  cloud: CloudClient,
  session: SessionRecord,
  scope: Scope,
  deadId?: string,
): Promise<TokenRecord> {
  const key = [session.idHash, scope.region, scope.project, deadId ?? ''].join(' ')
  const shared = underWay.get(key)
  if (shared) return shared
  const made = findOrObtain(runtime, cloud, session, scope, deadId).finally(() => underWay.delete(key))
  underWay.set(key, made)
  return made
}

async function findOrObtain(
  runtime: Runtime,
  cloud: CloudClient,
  session: SessionRecord,
  scope: Scope,
  deadId: string | undefined,
): Promise<TokenRecord> {
  const known = await findToken(runtime.store, session.idHash, scope, runtime.clock.now())
  if (known && known.id !== deadId) return known
  const scoped = await rescope(runtime, cloud, session, scope.project)
  return keepScoped(runtime, cloud, session, scope, scoped).catch(async (error: unknown) => {
    // Nobody would ever revoke a token that is not stored.
    await cloud.identity.revoke(scoped.text).catch(() => {})
    throw error
  })
}

async function keepScoped(
  runtime: Runtime,
  cloud: CloudClient,
  session: SessionRecord,
  scope: Scope,
  scoped: ScopedToken,
): Promise<TokenRecord> {
  const place = {
    cloud: session.cloud,
    sessionIdHash: session.idHash,
    jobId: null,
    scope: placeOf(runtime, cloud, scoped, scope.region),
  }
  return runtime.store.db.transaction(async (tx) => {
    // Sign-out in another tab may be faster; what is stored after it would be nobody's.
    if (!(await holdSession(tx, session.idHash))) throw new CloudError('unauthenticated')
    return keepToken(tx, runtime, place, scoped)
  })
}

/** Exchanges the session's unscoped token for one of a project. Stores nothing. */
export async function rescope(
  { store, secrets, clock }: Pick<Runtime, 'store' | 'secrets' | 'clock'>,
  cloud: CloudClient,
  session: SessionRecord,
  projectId: string,
): Promise<ScopedToken> {
  const unscoped = await findToken(store, session.idHash, null, clock.now())
  if (!unscoped) throw new CloudError('unauthenticated')
  return cloud.identity.rescope(openToken(secrets, unscoped), projectId)
}

/** What is kept beside a project's token: where it can be used, and for what. */
export function placeOf(
  runtime: Pick<Runtime, 'env'>,
  cloud: CloudClient,
  scoped: ScopedToken,
  region: string,
) {
  const regions = cloud.config.regions.length > 0 ? cloud.config.regions : imageRegions(scoped.catalogue)
  if (regions.length > 0 && !regions.includes(region)) throw new Refusal('not_found')
  return {
    projectId: scoped.project.id,
    projectName: scoped.project.name,
    domainId: scoped.project.domainId,
    region,
    imageEndpoint: imageEndpoint(scoped.catalogue, region, cloud.config, runtime.env.allowedOrigins),
    roles: scoped.roles,
  }
}
