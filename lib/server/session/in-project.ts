import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { Scope } from '../../contracts/scope'
import { CloudError } from '../cloud/cloud-error'
import { mayBeWrongRegion } from '../cloud/vendor-codes'
import type { ProjectContext, SessionContext } from '../context'
import type { Env } from '../env'
import { Refusal } from '../refusal'
import { familyOf } from './capabilities'
import { projectToken } from './project-token'
import { endSession } from './session-rows'
import { openToken, type TokenRecord } from './token-rows'

/**
 * Runs a verb in a project of the caller's. A cloud that says 401 means that token is dead: it is replaced once, and when
 * the session's own token is dead as well, the session ends. A living token that is refused all the same ends nothing.
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
    const project = await projectContext(ctx, scope, row)
    if (write && project.readOnly) throw new Refusal('read_only')
    try {
      return await run(project)
    } catch (error) {
      if (!isDeadToken(error)) throw error
      const again = await projectToken(runtime, cloud, session, scope, row.id).catch((why: unknown) => {
        throw why instanceof CloudError && why.code === 'forbidden' ? refusedAlive(error, why.code) : why
      })
      return await run(await projectContext(ctx, scope, again)).catch((still: unknown) => {
        throw isDeadToken(still) ? refusedAlive(still, 'project_not_usable') : still
      })
    }
  } catch (error) {
    if (isDeadToken(error)) await endSession(runtime.store.db, session.idHash, runtime.clock.now())
    throw error
  }
}

/** A token issued a moment ago, or one the identity service takes, is not dead: the access it gives is what is broken. */
const refusedAlive = (error: CloudError, otherwise: ErrorCode) =>
  new CloudError(mayBeWrongRegion(error) ? 'wrong_region' : otherwise, error)

const isDeadToken = (error: unknown): error is CloudError =>
  error instanceof CloudError && error.code === 'unauthenticated'

/** Whether roles are there to read with, and no others. A token without any role that we were told of may do what it may. */
export const onlyRead = ({ readOnlyRoles }: Pick<Env, 'readOnlyRoles'>, roles: readonly string[]) =>
  roles.length > 0 && roles.every((role) => readOnlyRoles.includes(role))

/** Whether one of the roles makes an administrator of the whole cloud. */
export const isAdministrator = ({ adminRoles }: Pick<Env, 'adminRoles'>, roles: readonly string[]) =>
  roles.some((role) => adminRoles.includes(role))

async function projectContext(ctx: SessionContext, scope: Scope, row: TokenRecord): Promise<ProjectContext> {
  const { env, secrets } = ctx.runtime
  const { config, http } = ctx.cloud
  const access = {
    http,
    endpoint: row.imageEndpoint ?? '',
    token: openToken(secrets, row),
    projectId: scope.project,
  }
  const family = await familyOf(ctx.runtime, {
    config,
    region: scope.region,
    access: row.imageEndpoint ? access : null,
  })
  return {
    ...ctx,
    scope,
    project: { id: scope.project, name: row.projectName ?? scope.project, domainId: row.domainId ?? '' },
    access: { ...access, family, signal: ctx.signal },
    roles: row.roles,
    readOnly: ctx.session.readOnly || onlyRead(env, row.roles),
    isAdmin: isAdministrator(env, row.roles),
  }
}
