import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Project, Token } from '../records.ts'
import { answer, error, forbidden, notFound } from './errors.ts'
import { builtInProjects, iamRefusal, isIam } from './iam.ts'
import { type At, rolesOf } from './tokens.ts'
import { catalogView, domainView, listView, projectView, roleView, userView } from './views.ts'

/** `GET /v3/auth/projects`: every project with a role, disabled ones too; no filter, no paging. */
export function myProjects({ cloud, call, caller }: At): Reply {
  if (isIam(cloud) && !cloud.settings.projectLists.includes('auth')) return iamRefusal('IAM.0002')
  return projectList(cloud, call, projectsOf(cloud, caller.userId))
}

/** `GET /v3/users/{id}/projects`: the same for oneself or, as admin, for anybody; `name` and `enabled` filter. */
export function projectsOfUser({ cloud, call, caller }: At, userId: string): Reply {
  if (isIam(cloud) && !cloud.settings.projectLists.includes('user')) return iamRefusal('IAM.0002')
  if (userId !== caller.userId) {
    if (!isAdmin(cloud, caller)) return forbidden('identity:list_user_projects')
    if (!cloud.users.has(userId)) return notFound('user', userId)
  }
  return projectList(cloud, call, filtered(projectsOf(cloud, userId), call, ['name', 'enabled']))
}

/** `GET /v3/projects`: admins only; in the account based service everybody, of their own account. */
export function allProjects({ cloud, call, caller }: At): Reply {
  if (isIam(cloud)) return projectsOfAccount(cloud, call, caller)
  if (!isAdmin(cloud, caller)) return forbidden('identity:list_projects')
  const rows = new URLSearchParams(call.query).get('is_domain') === 'true' ? [] : [...cloud.projects.values()]
  const known = [
    'name',
    'name__contains',
    'name__icontains',
    'name__startswith',
    'domain_id',
    'enabled',
    'parent_id',
  ]
  return projectList(cloud, call, filtered(rows, call, known))
}

/** `GET /v3/projects/{id}`: the project the token is scoped to; any as admin, but not with the new role defaults. */
export function oneProject({ cloud, caller }: At, id: string): Reply {
  const allowed = (isAdmin(cloud, caller) && !cloud.settings.secureRbac) || caller.projectId === id
  if (!allowed) return forbidden('identity:get_project')
  const project = cloud.projects.get(id)
  return project ? answer(200, { project: projectView(cloud, project) }) : notFound('project', id)
}

/** `GET /v3/auth/domains`: domains with a role on the domain itself. */
export function myDomains({ cloud, call, caller }: At): Reply {
  const rows = [...cloud.domains.values()].filter(
    (domain) => domain.enabled && cloud.rolesOn(caller.userId, 'domain', domain.id).length > 0,
  )
  return answer(
    200,
    listView(
      cloud,
      'domains',
      rows.map((row) => domainView(cloud, row)),
      call.path,
    ),
  )
}

/** `GET /v3/auth/system`: nobody has roles on the system here. */
export function mySystem({ cloud }: At): Reply {
  return answer(200, { system: [], links: { self: `${cloud.addresses.identity}/v3/auth/system` } })
}

/** `GET /v3/auth/catalog`: with a project token only. */
export function catalog({ cloud, caller }: At): Reply {
  if (!caller.projectId) return error(403, 'You are not authorized to perform the requested action.')
  const links = { next: null, self: `${cloud.addresses.identity}/v3/auth/catalog`, previous: null }
  return answer(200, { catalog: catalogView(cloud), links })
}

/** `GET /v3/users`: admins only; `name` and `domain_id` filter. */
export function allUsers({ cloud, call, caller }: At): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:list_users')
  const query = new URLSearchParams(call.query)
  const rows = [...cloud.users.values()].filter(
    (user) =>
      (!query.has('name') || user.name === query.get('name')) &&
      (!query.has('domain_id') || user.domainId === query.get('domain_id')),
  )
  return answer(
    200,
    listView(
      cloud,
      'users',
      rows.map((row) => userView(cloud, row)),
      listPath(call),
    ),
  )
}

/** `GET /v3/users/{id}`: oneself, or anybody as admin. */
export function oneUser({ cloud, caller }: At, id: string): Reply {
  if (id !== caller.userId && !isAdmin(cloud, caller)) return forbidden('identity:get_user')
  const user = cloud.users.get(id)
  return user ? answer(200, { user: userView(cloud, user) }) : notFound('user', id)
}

/** `GET /v3/domains`: admins only; `name` filters. */
export function allDomains({ cloud, call, caller }: At): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:list_domains')
  const name = new URLSearchParams(call.query).get('name')
  const rows = [...cloud.domains.values()].filter((domain) => name === null || domain.name === name)
  return answer(
    200,
    listView(
      cloud,
      'domains',
      rows.map((row) => domainView(cloud, row)),
      listPath(call),
    ),
  )
}

/** `GET /v3/domains/{id}`: admins only. */
export function oneDomain({ cloud, caller }: At, id: string): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:get_domain')
  const domain = cloud.domains.get(id)
  return domain ? answer(200, { domain: domainView(cloud, domain) }) : notFound('domain', id)
}

/** `GET /v3/roles`: admins only; `name` filters. */
export function allRoles({ cloud, call, caller }: At): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:list_roles')
  const name = new URLSearchParams(call.query).get('name')
  const rows = [...cloud.roles.values()].filter((role) => name === null || role.name === name)
  return answer(
    200,
    listView(
      cloud,
      'roles',
      rows.map((row) => roleView(cloud, row)),
      listPath(call),
    ),
  )
}

/** Whether the token carries the role admin. */
export function isAdmin(cloud: Cloud, caller: Token): boolean {
  return rolesOf(cloud, caller).includes('admin')
}

function projectsOf(cloud: Cloud, userId: string): Project[] {
  return [...cloud.projects.values()].filter((row) => cloud.rolesOn(userId, 'project', row.id).length > 0)
}

/** Pages are numbered from 1; `page` and `per_page` go together or not at all. */
function projectsOfAccount(cloud: Cloud, call: Call, caller: Token): Reply {
  if (!cloud.settings.projectLists.includes('account')) return iamRefusal('IAM.0002')
  const query = new URLSearchParams(call.query)
  if (query.has('page') !== query.has('per_page')) return iamRefusal('IAM.0011')
  const account = cloud.users.get(caller.userId)?.domainId
  const rows = [...cloud.projects.values()].filter((row) => row.domainId === account)
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 5000)]
  if (!(page >= 1 && size >= 1 && size <= 5000)) return iamRefusal('IAM.0011')
  return projectList(cloud, call, rows.slice((page - 1) * size, page * size))
}

function projectList(cloud: Cloud, call: Call, rows: Project[]): Reply {
  const views = rows.map((row) => projectView(cloud, row))
  if (isIam(cloud)) views.push(...builtInProjects(cloud, rows[0]?.domainId ?? ''))
  return answer(200, listView(cloud, 'projects', views, listPath(call)))
}

function listPath(call: Call): string {
  const path = call.path.replace(/\/$/, '')
  return call.query === '' ? path : `${path}?${call.query}`
}

const FILTERS: Record<string, (project: Project, value: string) => boolean> = {
  name: (project, value) => project.name === value,
  name__contains: (project, value) => project.name.includes(value),
  name__icontains: (project, value) => project.name.toLowerCase().includes(value.toLowerCase()),
  name__startswith: (project, value) => project.name.startsWith(value),
  domain_id: (project, value) => project.domainId === value,
  parent_id: (project, value) => project.parentId === value,
  enabled: (project, value) => project.enabled === !['false', '0', 'False'].includes(value),
}

function filtered(rows: Project[], call: Call, known: string[]): Project[] {
  const wanted = [...new URLSearchParams(call.query)].filter(([name]) => known.includes(name))
  return rows.filter((row) => wanted.every(([name, value]) => FILTERS[name]?.(row, value) ?? true))
}
