import type { Cloud } from '../cloud.ts'
import { type Call, header, type Reply } from '../http/call.ts'
import { pyRepr } from '../http/py-json.ts'
import type { Token, User } from '../records.ts'
import { answer, error, malformed, unauthorized } from './errors.ts'
import { findDomain, grantScope, isObject, type Json, readScope } from './scope.ts'
import { isReply, issueToken, subject } from './tokens.ts'
import { tokenView } from './views.ts'

const METHODS = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential']

/** `POST /v3/auth/tokens`: a password or another token, and the scope wanted. */
export function signIn(cloud: Cloud, call: Call): Reply {
  const auth = readAuth(call)
  if (isReply(auth)) return auth
  const identity = auth.identity
  if (!isObject(identity) || !Array.isArray(identity.methods))
    return error(400, "'identity' is a required property")
  const methods = identity.methods as unknown[]
  if (methods.some((method) => method !== 'password' && method !== 'token')) {
    return error(401, 'Attempted to authenticate with an unsupported method.', {
      identity: { methods: METHODS },
    })
  }
  const wanted = readScope(cloud, auth.scope)
  if (typeof wanted === 'object' && isReply(wanted)) return wanted
  const who = identify(cloud, identity, methods)
  if (isReply(who)) return who
  const scope = grantScope(cloud, who.user, wanted)
  if (isReply(scope)) return scope
  const used = new Set([...(who.source?.methods ?? []), ...methods.map(String)])
  const token = issueToken(cloud, { userId: who.user.id, ...scope, methods: [...used], source: who.source })
  const withCatalog = !new URLSearchParams(call.query).has('nocatalog')
  const reply = answer(201, tokenView(cloud, token, withCatalog), { 'X-Subject-Token': token.text })
  return { ...reply, changed: true }
}

function readAuth(call: Call): Json | Reply {
  const type = header(call, 'content-type')
  if (type && !type.startsWith('application/json')) {
    return malformed('Expecting to find application/json in Content-Type header.')
  }
  let sent: unknown
  try {
    const text = call.body ? new TextDecoder('utf-8', { fatal: true }).decode(call.body) : '{}'
    sent = JSON.parse(text === '' ? '{}' : text)
  } catch {
    return malformed('Expecting to find valid JSON in request body.')
  }
  if (!isObject(sent)) return malformed('Expecting to find valid JSON in request body.')
  if (sent.auth === undefined || sent.auth === null)
    return malformed('Expecting to find auth in request body.')
  return isObject(sent.auth) ? sent.auth : error(400, `${pyRepr(sent.auth)} is not of type 'object'`)
}

type Who = { user: User; source: Token | null }

function identify(cloud: Cloud, identity: Json, methods: unknown[]): Who | Reply {
  let who = null as Who | null
  for (const method of methods.map(String)) {
    const sent = identity[method]
    if (!isObject(sent)) return malformed(`Expecting to find ${method} in identity.`)
    const found = method === 'password' ? byPassword(cloud, sent) : byToken(cloud, sent)
    if (isReply(found)) return found
    if (who && who.user !== found.user) return unauthorized()
    who = { user: found.user, source: found.source ?? who?.source ?? null }
  }
  return who ?? unauthorized()
}

function byPassword(cloud: Cloud, sent: Json): Who | Reply {
  const named = isObject(sent.user) ? sent.user : null
  if (!named) return malformed('Expecting to find user in None.')
  if (typeof named.id !== 'string' && typeof named.name !== 'string') {
    return error(400, 'Invalid input for field identity/password/user: id or name must be present.')
  }
  if (named.password !== undefined && typeof named.password !== 'string') {
    return error(400, "Invalid input for field 'identity/password/user/password': not of type 'string'")
  }
  const user = findUser(cloud, named)
  if (user && isReply(user)) return user
  if (!user?.enabled || !named.password || named.password !== user.password) return unauthorized()
  return cloud.domains.get(user.domainId)?.enabled ? { user, source: null } : unauthorized()
}

function findUser(cloud: Cloud, named: Json): User | Reply | undefined {
  if (typeof named.id === 'string') return cloud.users.get(named.id)
  if (!isObject(named.domain)) return malformed('Expecting to find domain in user.')
  const domain = findDomain(cloud, named.domain)
  return [...cloud.users.values()].find((user) => user.name === named.name && user.domainId === domain?.id)
}

function byToken(cloud: Cloud, sent: Json): Who | Reply {
  if (typeof sent.id !== 'string')
    return error(400, "Invalid input for field 'identity/token': 'id' is a required property")
  const source = subject(cloud, sent.id)
  if (isReply(source)) return source
  const user = cloud.users.get(source.userId)
  return user ? { user, source } : unauthorized()
}
