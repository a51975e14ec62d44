import 'server-only'
import { eq, inArray } from 'drizzle-orm'
import PQueue from 'p-queue'
import type { ErrorCode } from '../../contracts/errors'
import type { Scope } from '../../contracts/scope'
import { CloudError } from '../cloud/cloud-error'
import { limits } from '../cloud/limits'
import type { ProjectContext, SessionContext } from '../context'
import { Refusal } from '../refusal'
import { placeOf, rescope } from '../session/project-token'
import { toRevoke } from '../session/session-rows'
import { findToken, keepToken, openToken, type TokenPlace } from '../session/token-rows'
import { token } from '../store/schema'
import type { Database } from '../store/store'

/** Stores a job's tokens, in the transaction that stores or resumes the job; ones that are not `wanted` are revoked. */
type KeepJobTokens = (db: Database, wanted: boolean) => Promise<void>

interface Obtained {
  place: NonNullable<TokenPlace['scope']>
  text: string
  expiresAt: Date
  /** A copy is the session's to end. */
  isBorrowed: boolean
}

/**
 * Obtains a token for one job alone, so that it can be revoked with it. Where the cloud doesn't rescope, the job gets a
 * copy of the project's. Answers how to store it. @throws CloudError, Refusal as `rescope` and `placeOf`
 */
export async function jobToken(ctx: ProjectContext, jobId: string): Promise<KeepJobTokens> {
  return keeping(ctx, jobId, [await obtain(ctx, ctx.scope)])
}

/**
 * The same for several projects at once, with one's roles in each. A project that can't be entered is named with the
 * reason; only a session that is over, or no project at all, is an error. @throws CloudError, Refusal
 */
export async function jobTokens(
  ctx: SessionContext,
  scopes: readonly Scope[],
  jobId: string,
): Promise<{ keep: KeepJobTokens; roles: Map<string, string[]>; refused: Map<string, ErrorCode> }> {
  const asking = new PQueue({ concurrency: limits.readsAtOnce })
  const answers = await Promise.allSettled(scopes.map((scope) => asking.add(() => obtain(ctx, scope))))
  const obtained: Obtained[] = []
  const refused = new Map<string, ErrorCode>()
  const errors: unknown[] = []
  for (const [at, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') obtained.push(answer.value)
    else {
      errors.push(answer.reason)
      refused.set(scopes[at]?.project ?? '', refusalIn(answer.reason))
    }
  }
  const over = errors.find((error) => refusalIn(error) === 'unauthenticated')
  if (over !== undefined || obtained.length === 0) {
    await ctx.runtime.store.db.transaction((tx) => keeping(ctx, jobId, obtained)(tx, false))
    throw over ?? errors[0] ?? new Refusal('not_found')
  }
  const roles = new Map(obtained.map(({ place }) => [place.projectId, place.roles]))
  return { keep: keeping(ctx, jobId, obtained), roles, refused }
}

/** The code of a refusal to enter a project. Anything else is thrown on. */
function refusalIn(error: unknown): ErrorCode {
  if (error instanceof CloudError || error instanceof Refusal) return error.code
  throw error
}

async function obtain(ctx: SessionContext, scope: Scope): Promise<Obtained> {
  const { runtime, cloud, session } = ctx
  try {
    const { text, expiresAt, ...scoped } = await rescope(runtime, cloud, session, scope.project)
    try {
      const place = placeOf(runtime, cloud, { text, expiresAt, ...scoped }, scope.region)
      return { place, text, expiresAt, isBorrowed: false }
    } catch (error) {
      // Nobody would ever revoke a token that is not stored.
      await cloud.identity.revoke(text).catch(() => {})
      throw error
    }
  } catch (error) {
    const own = await findToken(runtime.store, session.idHash, scope, runtime.clock.now())
    if (!(error instanceof CloudError) || error.code !== 'project_sign_in' || !own) throw error
    const place = {
      projectId: scope.project,
      projectName: own.projectName ?? scope.project,
      domainId: own.domainId ?? '',
      region: scope.region,
      imageEndpoint: own.imageEndpoint ?? '',
      roles: own.roles,
    }
    return { place, text: openToken(runtime.secrets, own), expiresAt: own.expiresAt, isBorrowed: true }
  }
}

const keeping =
  ({ runtime, session }: SessionContext, jobId: string, obtained: readonly Obtained[]): KeepJobTokens =>
  async (db, wanted) => {
    const revoked = () => toRevoke(runtime.clock.now())
    if (wanted) await db.update(token).set(revoked()).where(eq(token.jobId, jobId))
    const unused: string[] = []
    for (const { place, isBorrowed, ...issued } of obtained) {
      if (!wanted && isBorrowed) continue
      const kept = await keepToken(
        db,
        runtime,
        {
          cloud: session.cloud,
          sessionIdHash: null,
          jobId: wanted ? jobId : null,
          isBorrowed,
          scope: place,
        },
        issued,
      )
      if (!wanted) unused.push(kept.id)
    }
    if (unused.length > 0) await db.update(token).set(revoked()).where(inArray(token.id, unused))
  }
