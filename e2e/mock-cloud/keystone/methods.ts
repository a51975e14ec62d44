import type { Cloud } from '../cloud.ts'
import type { Reply } from '../http/call.ts'
import type { Token, User } from '../records.ts'
import { error, malformed, unauthorized } from './errors.ts'
import { IAM_HINDRANCES, iamRefusal, isIam } from './iam.ts'
import { isRightPasscode } from './passcode.ts'
import { findDomain, isObject, type Json } from './scope.ts'
import type { ApplicationCredential } from './sign-in-state.ts'
import { isReply, subject } from './tokens.ts'

/** Who somebody has proved to be, and what else the token takes over. */
export type Who = { user: User; source?: Token; credential?: ApplicationCredential }

type Method = (cloud: Cloud, sent: Json) => Who | Reply

/** The methods that can be used; Keystone has more, which are only named. */
export const METHODS: Readonly<Record<string, Method>> = {
  password: byPassword,
  totp: byPasscode,
  token: byToken,
  application_credential: byCredential,
}

const isName = (value: unknown) => typeof value === 'string'

function byPassword(cloud: Cloud, sent: Json): Who | Reply {
  const named = isObject(sent.user) ? sent.user : null
  if (!named) return malformed('Expecting to find user in None.')
  if (!isName(named.id) && !isName(named.name)) {
    return error(400, 'Invalid input for field identity/password/user: id or name must be present.')
  }
  if (named.password !== undefined && !isName(named.password)) {
    return error(400, "Invalid input for field 'identity/password/user/password': not of type 'string'")
  }
  const user = findUser(cloud, named)
  if (user && isReply(user)) return user
  const lock = { failures: cloud.settings.lockoutFailures, seconds: cloud.settings.lockoutSeconds }
  const now = cloud.clock.now()
  if (user && cloud.signIns.isLocked(user.id, lock, now))
    return isIam(cloud) ? iamRefusal('IAM.0061') : unauthorized()
  const isRight = !!named.password && named.password === user?.password
  if (user) cloud.signIns.noteAttempt(user.id, isRight, now)
  if (!user?.enabled || !isRight || !cloud.domains.get(user.domainId)?.enabled) {
    return isIam(cloud) ? iamRefusal('IAM.0062') : unauthorized()
  }
  if (user.isPasswordExpired) {
    return error(401, `The password is expired and needs to be changed for user: ${user.id}.`)
  }
  const hindrance = isIam(cloud) && user.hindrance ? IAM_HINDRANCES[user.hindrance] : null
  return hindrance ? iamRefusal(hindrance) : { user }
}

function byPasscode(cloud: Cloud, sent: Json): Who | Reply {
  const named = isObject(sent.user) ? sent.user : null
  if (!named) return malformed('Expecting to find user in None.')
  const user = findUser(cloud, named)
  if (user && isReply(user)) return user
  if (user?.enabled && isRightPasscode(user, named.passcode, cloud.clock.now())) return { user }
  return isIam(cloud) ? iamRefusal('IAM.1061') : unauthorized()
}

/** By id, or by name within a domain; the account based service knows users by name alone. */
function findUser(cloud: Cloud, named: Json): User | Reply | undefined {
  if (isName(named.id) && !isIam(cloud)) return cloud.users.get(named.id as string)
  if (isIam(cloud) && !(isName(named.name) && isObject(named.domain) && isName(named.domain.name)))
    return iamRefusal('IAM.0011')
  if (!isObject(named.domain)) return malformed('Expecting to find domain in user.')
  const domain = findDomain(cloud, named.domain)
  return [...cloud.users.values()].find((user) => user.name === named.name && user.domainId === domain?.id)
}

function byToken(cloud: Cloud, sent: Json): Who | Reply {
  if (typeof sent.id !== 'string')
    return error(400, "Invalid input for field 'identity/token': 'id' is a required property")
  const source = subject(cloud, sent.id)
  if (isReply(source)) return source
  const refused = 'You are not authorized to perform the requested action:'
  if (source.credentialId)
    return error(403, `${refused} Using a delegated token to create another token is not allowed..`)
  if (!cloud.settings.rescoping)
    return isIam(cloud) ? iamRefusal('IAM.0002') : error(403, `${refused} rescope a scoped token.`)
  const user = cloud.users.get(source.userId)
  return user ? { user, source } : unauthorized()
}

/** By id only. An unknown one is told apart from a wrong secret. */
function byCredential(cloud: Cloud, sent: Json): Who | Reply {
  const id = typeof sent.id === 'string' ? sent.id : ''
  const credential = cloud.signIns.credentials.get(id)
  if (!credential) return error(404, `Could not find Application Credential: ${id}.`)
  const isOver = credential.expiresAt !== null && credential.expiresAt <= cloud.clock.now()
  const user = cloud.users.get(credential.userId)
  if (!user?.enabled || isOver || sent.secret !== credential.secret) return unauthorized()
  return { user, credential }
}
