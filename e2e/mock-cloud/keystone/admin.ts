import type { Reply } from '../http/call.ts'
import { newId } from '../ids.ts'
import { answer, error, forbidden, malformed, notFound } from './errors.ts'
import { isAdmin } from './lists.ts'
import { isObject, type Json } from './scope.ts'
import { type At, isReply } from './tokens.ts'
import { domainView, projectView, userView } from './views.ts'

/** What is sent as `{kind: {...}}`, when the caller is an admin; to create, it needs a name. */
function sentAs({ cloud, call, caller }: At, kind: string, rule: string): Json | Reply {
  if (!isAdmin(cloud, caller)) return forbidden(`identity:${rule}`)
  try {
    const body: unknown = JSON.parse(call.body?.toString() ?? '')
    const sent = isObject(body) ? body[kind] : undefined
    if (!isObject(sent)) return malformed(`Expecting to find ${kind} in request body.`)
    const isNamed = typeof sent.name === 'string' && sent.name !== ''
    return isNamed || !rule.startsWith('create_') ? sent : error(400, "'name' is a required property")
  } catch {
    return malformed('Expecting to find valid JSON in request body.')
  }
}

function created(body: object): Reply {
  return { ...answer(201, body), changed: true }
}

function text(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
}

function conflict(what: string, why: string): Reply {
  return error(409, `Conflict occurred attempting to store ${what} - ${why}.`)
}

/** `POST /v3/domains` */
export function createDomain(at: At): Reply {
  const sent = sentAs(at, 'domain', 'create_domain')
  if (isReply(sent)) return sent
  const { cloud } = at
  const name = text(sent.name)
  if ([...cloud.domains.values()].some((known) => known.name === name)) {
    const why = `it is not permitted to have two projects acting as domains with the same name: ${name}`
    return conflict('project', why)
  }
  const domain = { id: newId(), name, description: text(sent.description), enabled: sent.enabled !== false }
  cloud.domains.set(domain.id, domain)
  return created({ domain: domainView(cloud, domain) })
}

/** `POST /v3/projects`: in the default domain unless another is named. */
export function createProject(at: At): Reply {
  const sent = sentAs(at, 'project', 'create_project')
  if (isReply(sent)) return sent
  const { cloud } = at
  const domainId = text(sent.domain_id, 'default')
  if (!cloud.domains.has(domainId)) return error(400, `Could not find domain: ${domainId}.`)
  const name = text(sent.name)
  const twin = [...cloud.projects.values()].find(
    (known) => known.name === name && known.domainId === domainId,
  )
  if (twin) {
    const why =
      'it is not permitted to have two projects with either the same name or same id in the same domain'
    return conflict('project', `${why}: name is ${name}, project id ${twin.id}`)
  }
  const project = {
    id: newId(),
    name,
    domainId,
    description: text(sent.description),
    enabled: sent.enabled !== false,
    parentId: text(sent.parent_id, domainId),
  }
  cloud.projects.set(project.id, project)
  return created({ project: projectView(cloud, project) })
}

/** `POST /v3/users`: in the default domain unless another is named. */
export function createUser(at: At): Reply {
  const sent = sentAs(at, 'user', 'create_user')
  if (isReply(sent)) return sent
  const { cloud } = at
  const domainId = text(sent.domain_id, 'default')
  if (!cloud.domains.has(domainId)) return notFound('domain', domainId)
  const name = text(sent.name)
  const twin = [...cloud.users.values()].some((known) => known.name === name && known.domainId === domainId)
  if (twin) return conflict('user', `Duplicate entry found with name ${name} at domain ID ${domainId}`)
  const user = {
    id: newId(),
    name,
    domainId,
    password: text(sent.password),
    enabled: sent.enabled !== false,
    email: text(sent.email) || null,
    defaultProjectId: text(sent.default_project_id) || null,
    tokensDeadUntil: 0,
  }
  cloud.users.set(user.id, user)
  return created({ user: userView(cloud, user) })
}

/** Enables, disables or renames; a new password or a disabling ends all tokens of the user issued until now. */
export function patchUser(at: At, id: string): Reply {
  const sent = sentAs(at, 'user', 'update_user')
  if (isReply(sent)) return sent
  const user = at.cloud.users.get(id)
  if (!user) return notFound('user', id)
  if (typeof sent.password === 'string' || sent.enabled === false) user.tokensDeadUntil = at.cloud.clock.now()
  if (typeof sent.password === 'string') user.password = sent.password
  if (typeof sent.enabled === 'boolean') user.enabled = sent.enabled
  if (typeof sent.name === 'string') user.name = sent.name
  if (sent.default_project_id !== undefined) user.defaultProjectId = text(sent.default_project_id) || null
  return { ...answer(200, { user: userView(at.cloud, user) }), changed: true }
}

/** `PATCH /v3/projects/{id}`: switches it on or off, renames it. */
export function patchProject(at: At, id: string): Reply {
  const sent = sentAs(at, 'project', 'update_project')
  if (isReply(sent)) return sent
  const project = at.cloud.projects.get(id)
  if (!project) return notFound('project', id)
  if (typeof sent.enabled === 'boolean') project.enabled = sent.enabled
  if (typeof sent.name === 'string') project.name = sent.name
  if (typeof sent.description === 'string') project.description = sent.description
  return { ...answer(200, { project: projectView(at.cloud, project) }), changed: true }
}

/** `PATCH /v3/domains/{id}`: switches it on or off, renames it. */
export function patchDomain(at: At, id: string): Reply {
  const sent = sentAs(at, 'domain', 'update_domain')
  if (isReply(sent)) return sent
  const domain = at.cloud.domains.get(id)
  if (!domain) return notFound('domain', id)
  if (typeof sent.enabled === 'boolean') domain.enabled = sent.enabled
  if (typeof sent.name === 'string') domain.name = sent.name
  return { ...answer(200, { domain: domainView(at.cloud, domain) }), changed: true }
}

/** A deleted domain takes its projects and users along, but must have been disabled. */
export function deleteDomain({ cloud, caller }: At, id: string): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:delete_domain')
  const domain = cloud.domains.get(id)
  if (!domain) return notFound('domain', id)
  if (domain.enabled) return error(403, 'Cannot delete a domain that is enabled, please disable it first.')
  for (const project of cloud.projects.values())
    if (project.domainId === id) cloud.projects.delete(project.id)
  for (const user of cloud.users.values()) if (user.domainId === id) cloud.users.delete(user.id)
  cloud.domains.delete(id)
  return { ...answer(204, null), changed: true }
}

/** `DELETE /v3/projects/{id}`: its images stay where they are. */
export function deleteProject({ cloud, caller }: At, id: string): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:delete_project')
  return cloud.projects.delete(id) ? { ...answer(204, null), changed: true } : notFound('project', id)
}

/** `DELETE /v3/users/{id}` */
export function deleteUser({ cloud, caller }: At, id: string): Reply {
  if (!isAdmin(cloud, caller)) return forbidden('identity:delete_user')
  return cloud.users.delete(id) ? { ...answer(204, null), changed: true } : notFound('user', id)
}
