import type { Cloud } from './cloud.ts'
import { issueToken } from './keystone/tokens.ts'
import type { RunningCloud } from './server.ts'

/** A token of one of the seeded users for a project, or none; the password is `secret`. */
export async function signInAs(running: RunningCloud, name: string, project?: string): Promise<string> {
  const domain = { name: 'Default' }
  const user = { name, password: 'secret', domain }
  const scope = project ? { project: { name: project, domain } } : 'unscoped'
  const answer = await fetch(`${running.authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
  })
  const token = answer.headers.get('X-Subject-Token')
  if (!token) throw new Error(`${name} cannot sign in: ${answer.status}`)
  return token
}

/** The id of a project of the world. Throws for an unknown one. */
export function projectNamed(cloud: Cloud, name: string): string {
  const found = [...cloud.projects.values()].find((project) => project.name === name)
  if (!found) throw new Error(`no project ${name}`)
  return found.id
}

/** A token without a sign-in, which differs between the kinds of clouds. */
export function tokenFor(cloud: Cloud, name: string, project: string): string {
  const user = [...cloud.users.values()].find((one) => one.name === name)
  if (!user) throw new Error(`no user ${name}`)
  return issueToken(cloud, {
    userId: user.id,
    projectId: projectNamed(cloud, project),
    domainId: null,
    methods: ['password'],
    source: null,
    credential: null,
  }).text
}

/** Asks the image service with a token. */
export function askImages(
  running: RunningCloud,
  token: string,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(running.imageUrl + path, {
    ...init,
    headers: { 'X-Auth-Token': token, Accept: 'application/json', ...init.headers },
  })
}

/** Adds a member to an image. */
export function memberPost(
  running: RunningCloud,
  token: string,
  image: string,
  member: string,
  signal?: AbortSignal,
): Promise<Response> {
  const body = JSON.stringify({ member })
  return askImages(running, token, `/v2/images/${image}/members`, { method: 'POST', body, signal })
}
