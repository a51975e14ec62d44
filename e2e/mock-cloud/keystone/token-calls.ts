import type { Cloud } from '../cloud.ts'
import { type Call, header, type Reply } from '../http/call.ts'
import type { Token } from '../records.ts'
import { answer, error, forbidden } from './errors.ts'
import { type At, isReply, rolesOf, subject } from './tokens.ts'
import { tokenView } from './views.ts'

/** `GET` and `HEAD /v3/auth/tokens`: what is this token? Open to its own user and to admins. */
export function validateToken({ cloud, call, caller }: At): Reply {
  const query = new URLSearchParams(call.query)
  const looked = look(cloud, call, caller, 'identity:validate_token', query.get('allow_expired') === '1')
  if (isReply(looked)) return looked
  const view = tokenView(cloud, looked, !query.has('nocatalog'))
  return answer(200, view, { 'X-Subject-Token': looked.text })
}

/** `DELETE /v3/auth/tokens`: ends that one token; its children and siblings live on. */
export function revokeToken({ cloud, call, caller }: At): Reply {
  const looked = look(cloud, call, caller, 'identity:revoke_token', false)
  if (isReply(looked)) return looked
  if (hasAccessRules(cloud, looked)) return error(404, 'Failed to validate token')
  looked.revoked = true
  return { ...answer(204, null), changed: true }
}

function look(cloud: Cloud, call: Call, caller: Token, rule: string, allowExpired: boolean): Token | Reply {
  const isAdmin = rolesOf(cloud, caller).includes('admin')
  const text = header(call, 'x-subject-token')
  if (!text && !isAdmin) return forbidden(rule)
  const looked = subject(cloud, text, allowExpired)
  if (isReply(looked)) return looked
  const isHidden = hasAccessRules(cloud, looked) && !header(call, 'openstack-identity-access-rules')
  if (isHidden) return error(404, 'Failed to validate token')
  return isAdmin || looked.userId === caller.userId ? looked : forbidden(rule)
}

const hasAccessRules = (cloud: Cloud, token: Token) =>
  cloud.signIns.credentials.get(token.credentialId ?? '')?.hasAccessRules === true
