import 'server-only'
import type { Scope } from '../../contracts/scope'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext, SessionContext } from '../context'
import { Refusal } from '../refusal'
import { projectToken } from './project-token'
import { endSession } from './session-rows'
import { openToken, type TokenRecord } from './token-rows'

/**
 * Runs a verb in a project of the caller's. A cloud that says 401 means that token is dead: it is replaced once, and when
 * the session's own token is dead as well, the session ends.
 * @throws Refusal `not_found` for another cloud, `read_only` for a write by a role that only reads; CloudError
 */
export async function inProject<Output>(
  ctx: SessionContext,
  scope: Scope,
  write: boolean,
  run: (ctx: ProjectContext) => Promise<Output>,
): Promise<Output> {
  if (scope.cloud !== ctx.session.cloud) throw new Refusal('not_found')
  const { runtime, cloud, session } = ctx
  try {
    const row = await projectToken(runtime, cloud, session, scope)
    const project = projectContext(ctx, scope, row)
    if (write && project.readOnly) throw new Refusal('read_only')
    try {
      return await run(project)
    } catch (error) {
      if (!isDeadToken(error)) throw error
      const again = await projectToken(runtime, cloud, session, scope, row.id)
      return await run(projectContext(ctx, scope, again)).catch((still: unknown) => {
        // A token issued a moment ago is not dead: this project's access is what is broken.
        throw isDeadToken(still) ? new CloudError('project_not_usable', still) : still
      })
    }
  } catch (error) {
    if (isDeadToken(error)) await endSession(runtime.store.db, session.idHash, runtime.clock.now())
    throw error
  }
}

const isDeadToken = (error: unknown): error is CloudError =>
  error instanceof CloudError && error.code === 'unauthenticated'

function projectContext(ctx: SessionContext, scope: Scope, row: TokenRecord): ProjectContext {
  const { env, secrets } = ctx.runtime
  return {
    ...ctx,
    scope,
    project: { id: scope.project, name: row.projectName ?? scope.project, domainId: row.domainId ?? '' },
    access: {
      http: ctx.cloud.http,
      endpoint: row.imageEndpoint ?? '',
      token: openToken(secrets, row),
      projectId: scope.project,
      signal: ctx.signal,
    },
    roles: row.roles,
    readOnly: row.roles.length > 0 && row.roles.every((role) => env.readOnlyRoles.includes(role)),
  }
}
