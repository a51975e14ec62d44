import { keystoneTime } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { type Call, header, type Reply } from '../http/call.ts'
import { pyRepr } from '../http/py-json.ts'
import type { User } from '../records.ts'
import { answer, error, malformed, unauthorized } from './errors.ts'
import { isIam } from './iam.ts'
import { METHODS, type Who } from './methods.ts'
import { hasSecondFactor } from './passcode.ts'
import { grantScope, isObject, type Json, readScope } from './scope.ts'
import { isReply, issueToken } from './tokens.ts'
import { tokenView } from './views.ts'

const ALL_METHODS = ['external', 'password', 'token', 'oauth1', 'mapped', 'application_credential']
const IAM_METHODS = ['password', 'totp', 'token']
const RECEIPT = 'openstack-auth-receipt'

/** `POST /v3/auth/tokens`: proofs of who one is, and the scope wanted. */
export function signIn(cloud: Cloud, call: Call): Reply {
  const auth = readAuth(call)
  if (isReply(auth)) return auth
  const identity = auth.identity
  if (!isObject(identity) || !Array.isArray(identity.methods))
    return error(400, "'identity' is a required property")
  const methods = identity.methods.map(String)
  const known = isIam(cloud) ? IAM_METHODS : Object.keys(METHODS)
  if (methods.some((method) => !known.includes(method))) {
    return error(401, 'Attempted to authenticate with an unsupported method.', {
      identity: { methods: ALL_METHODS },
    })
  }
  if (methods.includes('application_credential') && auth.scope !== undefined) {
    const why = 'Application credentials cannot request a scope.'
    return error(401, `Error authenticating with application credential: ${why}`, { identity: {} })
  }
  const wanted = readScope(cloud, auth.scope)
  if (typeof wanted === 'object' && isReply(wanted)) return wanted
  const who = identify(cloud, identity, methods)
  if (isReply(who)) return who
  const proved = withReceipt(cloud, call, who, methods)
  if (!Array.isArray(proved)) return proved
  const missing = whatIsMissing(cloud, who.user, proved)
  if (missing) return missing
  const { source = null, credential = null } = who
  const scope = credential
    ? { projectId: credential.projectId, domainId: null }
    : grantScope(cloud, who.user, wanted)
  if (isReply(scope)) return scope
  const used = new Set([...(source?.methods ?? []), ...proved])
  const token = issueToken(cloud, { userId: who.user.id, ...scope, methods: [...used], source, credential })
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

function identify(cloud: Cloud, identity: Json, methods: string[]): Who | Reply {
  let who = null as Who | null
  for (const method of methods) {
    const sent = identity[method]
    if (!isObject(sent)) return malformed(`Expecting to find ${method} in identity.`)
    const found = METHODS[method]?.(cloud, sent) ?? unauthorized()
    if (isReply(found)) return found
    if (who && who.user !== found.user) return unauthorized()
    who = { ...who, ...found }
  }
  return who ?? unauthorized()
}

/** The methods proved now, and those of an earlier step whose receipt came along. */
function withReceipt(cloud: Cloud, call: Call, who: Who, methods: string[]): string[] | Reply {
  const text = isIam(cloud) ? undefined : header(call, RECEIPT)
  if (text === undefined) return methods
  const receipt = cloud.signIns.receipt(text, cloud.clock.now())
  if (receipt?.userId !== who.user.id) return error(401, `Could not find auth receipt: ${text}.`)
  return [...new Set([...receipt.methods, ...methods])]
}

/** The refusal of a user with a second factor who has not proved both; a token is proof enough. */
function whatIsMissing(cloud: Cloud, user: User, proved: string[]): Reply | null {
  if (!hasSecondFactor(user) || proved.includes('token')) return null
  if (proved.includes('password') && proved.includes('totp')) return null
  if (isIam(cloud)) return unauthorized()
  const receipt = cloud.signIns.issueReceipt(user.id, proved, cloud.clock.now())
  const rules = proved.includes('application_credential') ? [] : [['password', 'totp']]
  const { id, name, domainId } = user
  const domain = { id: domainId, name: cloud.domains.get(domainId)?.name }
  const body = {
    receipt: {
      methods: receipt.methods,
      user: { id, name, domain },
      expires_at: keystoneTime(receipt.expiresAt),
      issued_at: keystoneTime(receipt.issuedAt),
    },
    required_auth_methods: rules,
  }
  return answer(401, body, { 'Openstack-Auth-Receipt': receipt.text })
}
