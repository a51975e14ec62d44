import type { Cloud } from '../cloud.ts'
import type { Reply } from '../http/call.ts'
import { answer, error, forbidden, notFound } from './errors.ts'
import { isAdmin } from './lists.ts'
import type { At } from './tokens.ts'

type Grant = { kind: 'project' | 'domain'; targetId: string; userId: string; roleId: string }

/** `PUT`, `DELETE` and `HEAD /v3/{projects|domains}/{id}/users/{user}/roles/{role}` */
export function changeGrant({ cloud, call, caller }: At, grant: Grant): Reply {
  const { method } = call
  const rule = { PUT: 'create_grant', DELETE: 'revoke_grant' }[method] ?? 'check_grant'
  if (!isAdmin(cloud, caller)) return forbidden(`identity:${rule}`)
  const missing = whatIsMissing(cloud, grant)
  if (missing) return missing
  const role = cloud.roles.get(grant.roleId)?.name ?? ''
  const held = assignedRoles(cloud, grant.userId, grant.kind, grant.targetId)
  const had = held.has(role)
  if (method === 'PUT') held.add(role)
  else if (!had) {
    const whom = `user or group: ${grant.userId}, project, domain, or system: ${grant.targetId}`
    return error(404, `Could not find role assignment with role: ${grant.roleId}, ${whom}.`)
  }
  if (method === 'DELETE') held.delete(role)
  return { ...answer(204, null), changed: method === 'PUT' ? !had : method === 'DELETE' }
}

/** The set of roles a user has on a target, made when it does not exist. */
export function assignedRoles(
  cloud: Cloud,
  userId: string,
  kind: 'project' | 'domain',
  targetId: string,
): Set<string> {
  const all = cloud.assignments.get(userId) ?? new Map<string, Set<string>>()
  cloud.assignments.set(userId, all)
  const held = all.get(`${kind}:${targetId}`) ?? new Set<string>()
  all.set(`${kind}:${targetId}`, held)
  return held
}

function whatIsMissing(cloud: Cloud, grant: Grant): Reply | null {
  const targets = grant.kind === 'project' ? cloud.projects : cloud.domains
  if (!targets.has(grant.targetId)) return notFound(grant.kind, grant.targetId)
  if (!cloud.users.has(grant.userId)) return notFound('user', grant.userId)
  return cloud.roles.has(grant.roleId) ? null : notFound('role', grant.roleId)
}
