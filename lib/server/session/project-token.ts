import 'server-only'
import type { Scope } from '../../contracts/scope'
import { imageEndpoint, imageRegions } from '../cloud/catalogue'
import { CloudError } from '../cloud/cloud-error'
import type { ScopedToken } from '../cloud/identity-answers'
import type { CloudClient, Runtime } from '../runtime'
import { learnCapability } from '../store/capability-rows'
import { requireRegion } from './project-region'
import { holdSession, type SessionRecord, setCannotRescope } from './session-rows'
import { baseToken, findToken, keepToken, openToken, projectTokens, type TokenRecord } from './token-rows'

/** Concurrent requests for the same project share one rescope. */
const underWay = new Map<string, Promise<TokenRecord>>()

/**
 * The session's token for a project and region, obtained by rescoping when there is none yet, or when the one in store is
 * the one that turned out to be dead (`deadId`): of many requests that met the same dead token, one replaces it.
 * @throws CloudError `unauthenticated` when the session's own token is dead, `project_not_usable`, `project_sign_in` where
 *   the project wants a sign-in of its own, `forbidden` for a living token that the image service refuses,
 *   `no_image_service`, `endpoint_not_allowed`; Refusal `not_found` for a region the cloud doesn't have
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
  requireRegion(cloud.config, session.regions, nameOf(session, scope.project), scope.region)
  const elsewhere =
    session.canRescope === false ? await sameInOtherRegion(runtime, cloud, session, scope) : null
  if (elsewhere) return keepProjectToken(runtime, cloud, session, scope, elsewhere, true)
  const scoped = await rescope(runtime, cloud, session, scope.project, known ?? undefined)
  return keepProjectToken(runtime, cloud, session, scope, scoped).catch(async (error: unknown) => {
    // Nobody would ever revoke a token that is not stored.
    await cloud.identity.revoke(scoped.text).catch(() => {})
    throw error
  })
}

/** A project's token is good in every region, but where its images are only the catalogue tells, which is not kept. */
async function sameInOtherRegion(
  { store, secrets, clock }: Runtime,
  cloud: CloudClient,
  session: SessionRecord,
  scope: Scope,
): Promise<ScopedToken | null> {
  const rows = await projectTokens(store, session.idHash)
  const row = rows.find(
    (one) =>
      one.projectId === scope.project && one.region !== scope.region && one.expiresAt.getTime() > clock.now(),
  )
  if (!row) return null
  try {
    const token = await cloud.identity.describe(openToken(secrets, row))
    return token.project ? { ...token, project: token.project } : null
  } catch (error) {
    // It has died, but the session may have others.
    if (error instanceof CloudError && error.code === 'unauthenticated') return null
    throw error
  }
}

/**
 * Stores a project's token with its session; `isBorrowed` for one that is not ours to end.
 * @throws CloudError `unauthenticated` when the session ended meanwhile; as `placeOf`
 */
export async function keepProjectToken(
  runtime: Runtime,
  cloud: CloudClient,
  session: SessionRecord,
  scope: Scope,
  scoped: ScopedToken,
  isBorrowed = false,
): Promise<TokenRecord> {
  const place = {
    cloud: session.cloud,
    sessionIdHash: session.idHash,
    jobId: null,
    isBorrowed,
    scope: placeOf(runtime, cloud, scoped, scope.region),
  }
  return runtime.store.db.transaction(async (tx) => {
    // Sign-out in another tab may be faster; what is stored after it would be nobody's.
    if (!(await holdSession(tx, session.idHash))) throw new CloudError('unauthenticated')
    return keepToken(tx, runtime, place, scoped)
  })
}

type Parts = Pick<Runtime, 'store' | 'secrets' | 'clock'>

/**
 * Exchanges the session's token for one of a project; `dead` is that project's token which the image service refused.
 * Stores nothing but that the cloud does not exchange tokens, where it turns out so. @throws as `projectToken`
 */
export async function rescope(
  parts: Parts,
  cloud: CloudClient,
  session: SessionRecord,
  projectId: string,
  dead?: TokenRecord,
): Promise<ScopedToken> {
  const { store, secrets, clock } = parts
  const base = await baseToken(store, session.idHash, clock.now(), dead?.id)
  if (!base) throw new CloudError('unauthenticated')
  if (session.canRescope === false) throw await whyNot(parts, cloud, session, projectId, base, dead)
  const text = openToken(secrets, base)
  try {
    const scoped = await cloud.identity.rescope(text, projectId)
    // On a cloud of Keystone's kind that is no news.
    if (cloud.config.naming === 'account') await learnRescoping(parts, session, 'yes')
    return scoped
  } catch (error) {
    if (!(error instanceof CloudError) || error.code !== 'project_sign_in') throw error
    // The same refusal comes for a token that has died, and then it tells nothing of the cloud.
    if (!(await isAlive(cloud, text))) throw new CloudError('unauthenticated', error)
    // IAM refuses a project that is none of the caller's in the same words.
    if (session.projects.some(({ id }) => id === projectId)) {
      await setCannotRescope(store, session)
      await learnRescoping(parts, session, 'no')
    }
    throw signInFor(session, projectId)
  }
}

/** What is true of a credential's token, or of one from elsewhere, need not be of those that passwords get. */
async function learnRescoping(
  { store, clock }: Parts,
  { method, cloud, regions }: SessionRecord,
  value: 'yes' | 'no',
): Promise<void> {
  if (method !== 'password') return
  for (const region of regions) {
    await learnCapability(store.db, { cloud, region }, 'rescoping', value, clock.now())
  }
}

/** Why a project can't be entered with what the session holds. */
async function whyNot(
  { secrets }: Parts,
  cloud: CloudClient,
  session: SessionRecord,
  projectId: string,
  base: TokenRecord,
  dead: TokenRecord | undefined,
): Promise<CloudError> {
  if (!dead) return signInFor(session, projectId)
  // Image services refuse what a credential's access rules leave out as if its token were dead.
  if (await isAlive(cloud, openToken(secrets, dead))) return new CloudError('forbidden', { status: 401 })
  return base.id === dead.id ? new CloudError('unauthenticated') : signInFor(session, projectId)
}

const signInFor = (session: SessionRecord, projectId: string) =>
  new CloudError('project_sign_in', {
    values: { project: nameOf(session, projectId) },
  })

/** What a project is called, or its id where the session does not know it. */
export const nameOf = (session: SessionRecord, projectId: string) =>
  session.projects.find(({ id }) => id === projectId)?.name ?? projectId

/** Whether the identity service still takes a token. Where it won't say, it has not said no. */
async function isAlive(cloud: CloudClient, text: string): Promise<boolean> {
  try {
    await cloud.identity.describe(text)
    return true
  } catch (error) {
    if (error instanceof CloudError && error.status === 403) return true
    if (error instanceof CloudError && error.code === 'unauthenticated') return false
    throw error
  }
}

/** What is kept beside a project's token: where it can be used, and for what. */
export function placeOf(
  runtime: Pick<Runtime, 'env'>,
  cloud: CloudClient,
  scoped: ScopedToken,
  region: string,
) {
  const regions = cloud.config.regions.length > 0 ? cloud.config.regions : imageRegions(scoped.catalogue)
  requireRegion(cloud.config, regions, scoped.project.name, region)
  return {
    projectId: scoped.project.id,
    projectName: scoped.project.name,
    domainId: scoped.project.domainId,
    region,
    imageEndpoint: imageEndpoint(scoped.catalogue, region, cloud.config, runtime.env.allowedOrigins),
    roles: scoped.roles,
  }
}
