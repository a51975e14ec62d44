import 'server-only'
import { eq } from 'drizzle-orm'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext } from '../context'
import { placeOf, rescope } from '../session/project-token'
import { toRevoke } from '../session/session-rows'
import { findToken, keepToken } from '../session/token-rows'
import { token } from '../store/schema'
import type { Database } from '../store/store'

/** Stores a job's token, in the transaction that stores or resumes the job; one that is not `wanted` is revoked. */
type KeepJobToken = (db: Database, wanted: boolean) => Promise<void>

/**
 * Obtains a token for one job alone, so that it can be revoked with it. Where the cloud doesn't rescope, the job gets a
 * copy of the project's. Answers how to store it.
 */
export async function jobToken(ctx: ProjectContext, jobId: string): Promise<KeepJobToken> {
  const { runtime, cloud, session, scope } = ctx
  const place = { cloud: session.cloud, sessionIdHash: null, jobId }
  const revoked = () => toRevoke(runtime.clock.now())
  const store = async (
    db: Database,
    scopeOfToken: ReturnType<typeof placeOf>,
    issued: { text: string; expiresAt: Date },
    isBorrowed = false,
  ) => {
    await db.update(token).set(revoked()).where(eq(token.jobId, jobId))
    return keepToken(db, runtime, { ...place, isBorrowed, scope: scopeOfToken }, issued)
  }
  try {
    const scoped = await rescope(runtime, cloud, session, scope.project)
    const where = placeOf(runtime, cloud, scoped, scope.region)
    return async (db, wanted) => {
      if (wanted) await store(db, where, scoped)
      else {
        const unused = await keepToken(db, runtime, { ...place, jobId: null, scope: where }, scoped)
        await db.update(token).set(revoked()).where(eq(token.id, unused.id))
      }
    }
  } catch (error) {
    const own = await findToken(runtime.store, session.idHash, scope, runtime.clock.now())
    if (!(error instanceof CloudError) || error.code !== 'project_sign_in' || !own) throw error
    const where = {
      projectId: ctx.project.id,
      projectName: ctx.project.name,
      domainId: ctx.project.domainId,
      region: scope.region,
      imageEndpoint: ctx.access.endpoint,
      roles: ctx.roles,
    }
    // Wanted or not, a copy is the session's to end.
    return async (db, wanted) => {
      if (wanted) await store(db, where, { text: ctx.access.token, expiresAt: own.expiresAt }, true)
    }
  }
}
