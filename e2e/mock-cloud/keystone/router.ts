import { keystoneTime } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import { pyJson } from '../http/py-json.ts'
import { tokenText } from '../http/receive.ts'
import { RouteTable } from '../http/route-table.ts'
import {
  createDomain,
  createProject,
  createUser,
  deleteDomain,
  deleteProject,
  deleteUser,
  patchDomain,
  patchProject,
  patchUser,
} from './admin.ts'
import { answer, methodNotAllowed, noSuchPath } from './errors.ts'
import { changeGrant } from './grants.ts'
import {
  allDomains,
  allProjects,
  allRoles,
  allUsers,
  catalog,
  myDomains,
  myProjects,
  mySystem,
  oneDomain,
  oneProject,
  oneUser,
  projectsOfUser,
} from './lists.ts'
import { signIn } from './sign-in.ts'
import { revokeToken, validateToken } from './token-calls.ts'
import { type At, authenticate, isReply } from './tokens.ts'

const BODY_LIMIT = 114_688

type Act = (at: At, ...ids: string[]) => Reply

const projectGrant: Act = (at, targetId = '', userId = '', roleId = '') =>
  changeGrant(at, { kind: 'project', targetId, userId, roleId })
const domainGrant: Act = (at, targetId = '', userId = '', roleId = '') =>
  changeGrant(at, { kind: 'domain', targetId, userId, roleId })

const ROUTES = new RouteTable<Act>({
  'GET auth/tokens': validateToken,
  'DELETE auth/tokens': revokeToken,
  'GET auth/projects': myProjects,
  'GET auth/domains': myDomains,
  'GET auth/catalog': catalog,
  'GET auth/system': mySystem,
  'GET projects': allProjects,
  'POST projects': createProject,
  'GET projects/{}': oneProject,
  'PATCH projects/{}': patchProject,
  'DELETE projects/{}': deleteProject,
  'GET users': allUsers,
  'POST users': createUser,
  'GET users/{}': oneUser,
  'PATCH users/{}': patchUser,
  'DELETE users/{}': deleteUser,
  'GET users/{}/projects': projectsOfUser,
  'GET domains': allDomains,
  'POST domains': createDomain,
  'GET domains/{}': oneDomain,
  'PATCH domains/{}': patchDomain,
  'DELETE domains/{}': deleteDomain,
  'GET roles': allRoles,
  'PUT projects/{}/users/{}/roles/{}': projectGrant,
  'HEAD projects/{}/users/{}/roles/{}': projectGrant,
  'DELETE projects/{}/users/{}/roles/{}': projectGrant,
  'PUT domains/{}/users/{}/roles/{}': domainGrant,
  'HEAD domains/{}/users/{}/roles/{}': domainGrant,
  'DELETE domains/{}/users/{}/roles/{}': domainGrant,
})

/** Answers one call to the identity service. */
export function handleKeystone(cloud: Cloud, call: Call): Reply {
  const reply = decide(cloud, call)
  if (reply.status === 413) return reply
  reply.headers.Vary = 'X-Auth-Token'
  reply.headers['X-Openstack-Request-Id'] = call.requestId
  // A sign-in that wants its second step is not refused.
  if (reply.status === 401 && reply.headers['Openstack-Auth-Receipt'] === undefined)
    reply.headers['WWW-Authenticate'] = `Keystone uri="${cloud.addresses.identity}/v3"`
  if (call.method === 'HEAD') reply.body = ''
  return reply
}

function decide(cloud: Cloud, call: Call): Reply {
  if (call.body && call.body.length > BODY_LIMIT) return tooLarge()
  if (call.path.includes('//')) return withoutDoubleSlashes(cloud, call)
  const path = call.path.replace(/\/$/, '')
  if (path === '') return discovery(cloud, 300)
  if (path === '/v3') return discovery(cloud, 200)
  if (!path.startsWith('/v3/')) return noSuchPath()
  const parts = path.split('/').slice(2)
  if (call.method === 'POST' && path === '/v3/auth/tokens') return signIn(cloud, call)
  const found = ROUTES.find(parts)
  if (!found) return noSuchPath()
  const act =
    found.methods.get(call.method) ?? (call.method === 'HEAD' ? found.methods.get('GET') : undefined)
  if (!act) {
    const allow = ['OPTIONS', ...allowed(path, found.methods)].join(', ')
    if (call.method !== 'OPTIONS') return methodNotAllowed(allow)
    return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', Allow: allow }, body: '' }
  }
  const caller = authenticate(cloud, tokenText(call))
  return isReply(caller) ? caller : act({ cloud, call, caller }, ...found.ids)
}

/** What `Allow` names: HEAD goes with GET, and a sign-in needs no token, so it stands apart from the table. */
function allowed(path: string, methods: Map<string, Act>): string[] {
  const more = [...(methods.has('GET') ? ['HEAD'] : []), ...(path === '/v3/auth/tokens' ? ['POST'] : [])]
  return [...new Set([...methods.keys(), ...more])]
}

function withoutDoubleSlashes(cloud: Cloud, call: Call): Reply {
  const target = cloud.addresses.identity + call.path.replace(/\/{2,}/g, '/')
  const body =
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be ' +
    `redirected automatically to the target URL: <a href="${target}">${target}</a>. If not, click the link.\n`
  return { status: 308, headers: { 'Content-Type': 'text/html; charset=utf-8', Location: target }, body }
}

function tooLarge(): Reply {
  const message = `Request is too large. Larger than max_request_body_size (${BODY_LIMIT}).<br /><br />\n\n\n`
  const title = 'Request Entity Too Large'
  return plain(413, { message, code: `413 ${title}`, title })
}

function discovery(cloud: Cloud, status: 200 | 300): Reply {
  const version = {
    id: 'v3.14',
    status: 'stable',
    updated: keystoneTime(Date.UTC(2020, 3, 7)).replace('.000000', ''),
    links: [{ rel: 'self', href: `${cloud.addresses.identity}/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  }
  if (status === 200) return answer(200, { version })
  return plain(300, { versions: { values: [version] } }, { Location: `${cloud.addresses.identity}/v3/` })
}

function plain(status: number, body: object, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: pyJson(body) }
}
