import 'server-only'
import { eq } from 'drizzle-orm'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext } from '../context'
import { placeOf, rescope } from '../session/project-token'
import { findToken, keepToken } from '../session/token-rows'
import { token } from '../store/schema'
import type { Database } from '../store/store'

/**
 * Obtains a token for one job alone, so that it can be revoked with it. Where the cloud doesn't rescope, the job gets a
 * copy of the project's. Answers how to store it, for the transaction that stores the job.
 */
export async function jobToken(ctx: ProjectContext, jobId: string): Promise<(db: Database) => Promise<void>> {
  const { runtime, cloud, session, scope } = ctx
  const place = { cloud: session.cloud, sessionIdHash: null, jobId }
  const store = async (
    db: Database,
    scopeOfToken: ReturnType<typeof placeOf>,
    issued: { text: string; expiresAt: Date },
  ) => {
    await db.delete(token).where(eq(token.jobId, jobId))
    await keepToken(db, runtime, { ...place, scope: scopeOfToken }, issued)
  }
  try {
    const scoped = await rescope(runtime, cloud, session, scope.project)
    const where = placeOf(runtime, cloud, scoped, scope.region)
    return (db) => store(db, where, scoped)
  } catch (error) {
    const own = await findToken(runtime.store, session.idHash, scope, runtime.clock.now())
    if (!(error instanceof CloudError) || error.code !== 'project_not_usable' || !own) throw error
    const where = {
      projectId: ctx.project.id,
      projectName: ctx.project.name,
      domainId: ctx.project.domainId,
      region: scope.region,
      imageEndpoint: ctx.access.endpoint,
      roles: ctx.roles,
    }
    return (db) => store(db, where, { text: ctx.access.token, expiresAt: own.expiresAt })
  }
}
