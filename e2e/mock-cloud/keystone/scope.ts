import type { Cloud } from '../cloud.ts'
import type { Reply } from '../http/call.ts'
import type { Domain, Project, User } from '../records.ts'
import { error, malformed, unauthorized } from './errors.ts'
import { iamRefusal, isIam } from './iam.ts'
import { isReply } from './tokens.ts'

export type Json = Record<string, unknown>

/** What a sign-in asks for: nothing said, explicitly nothing, a project or a domain. */
export type Wanted = 'default' | 'unscoped' | { project: Project } | { domain: Domain }

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads `auth.scope`. Unknown names give the same 401 as everything else that fails. */
export function readScope(cloud: Cloud, scope: unknown): Wanted | Reply {
  if (isIam(cloud)) return readIamScope(cloud, scope)
  if (scope === undefined) return 'default'
  if (scope === 'unscoped') return 'unscoped'
  const kinds = isObject(scope)
    ? ['system', 'project', 'domain', 'OS-TRUST:trust', 'unscoped'].filter((k) => k in scope)
    : []
  if (!isObject(scope) || kinds.length !== 1) {
    return malformed('Expecting to find system, project, domain, OS-TRUST:trust or unscoped in scope.')
  }
  if (kinds[0] === 'unscoped') return 'unscoped'
  if (kinds[0] === 'project') return readProject(cloud, scope.project)
  if (kinds[0] === 'domain') {
    const domain = findDomain(cloud, scope.domain)
    return domain?.enabled ? { domain } : unauthorized()
  }
  return unauthorized()
}

/** A project goes before a domain, a project's name needs no domain beside it, and nothing is unscoped. */
function readIamScope(cloud: Cloud, scope: unknown): Wanted | Reply {
  if (scope === undefined) return 'default'
  if (isObject(scope) && isObject(scope.project)) {
    const { id, name } = scope.project
    const project =
      typeof id === 'string'
        ? cloud.projects.get(id)
        : [...cloud.projects.values()].find((known) => known.name === name)
    return project ? { project } : unauthorized()
  }
  const domain = isObject(scope) ? findDomain(cloud, scope.domain) : undefined
  return domain ? { domain } : iamRefusal('IAM.0011')
}

function readProject(cloud: Cloud, named: unknown): { project: Project } | Reply {
  const sent = isObject(named) ? named : {}
  if (typeof sent.id === 'string') {
    const project = cloud.projects.get(sent.id)
    return project ? { project } : unauthorized()
  }
  if (typeof sent.name !== 'string')
    return error(400, 'Invalid input for field scope/project: id or name must be present.')
  if (!isObject(sent.domain)) return malformed('Expecting to find domain in project.')
  const domain = findDomain(cloud, sent.domain)
  const project = [...cloud.projects.values()].find((p) => p.name === sent.name && p.domainId === domain?.id)
  return project ? { project } : unauthorized()
}

/** The domain named by `{id}` or `{name}`. */
export function findDomain(cloud: Cloud, named: unknown): Domain | undefined {
  if (!isObject(named)) return undefined
  if (typeof named.id === 'string') return cloud.domains.get(named.id)
  return [...cloud.domains.values()].find((domain) => domain.name === named.name)
}

/** The scope a user really gets, or the refusal. With no scope asked for: the default project if usable, else none. */
export function grantScope(
  cloud: Cloud,
  user: User,
  wanted: Wanted,
): { projectId: string | null; domainId: string | null } | Reply {
  if (wanted === 'unscoped') return { projectId: null, domainId: null }
  // Every user may have a token for the services that belong to no region.
  if (isIam(cloud) && (wanted === 'default' || 'domain' in wanted)) {
    return { projectId: null, domainId: user.domainId }
  }
  if (wanted === 'default') {
    const project = cloud.projects.get(user.defaultProjectId ?? '')
    const granted = project ? grantProject(cloud, user, project) : unauthorized()
    return isReply(granted) ? { projectId: null, domainId: null } : granted
  }
  if ('project' in wanted) return grantProject(cloud, user, wanted.project)
  const { domain } = wanted
  if (cloud.rolesOn(user.id, 'domain', domain.id).length === 0) return unauthorized()
  return { projectId: null, domainId: domain.id }
}

function grantProject(
  cloud: Cloud,
  user: User,
  project: Project,
): { projectId: string; domainId: null } | Reply {
  const usable = project.enabled && cloud.domains.get(project.domainId)?.enabled
  if (!usable || cloud.rolesOn(user.id, 'project', project.id).length === 0) return unauthorized()
  return { projectId: project.id, domainId: null }
}
