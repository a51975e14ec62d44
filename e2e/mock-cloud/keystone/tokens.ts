import { randomBytes } from 'node:crypto'
import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Token } from '../records.ts'
import { error, notFound, unauthorized } from './errors.ts'
import { isIam } from './iam.ts'
import type { ApplicationCredential } from './sign-in-state.ts'

/** Lengths of fernet tokens as measured: unscoped, project scoped, and what a second audit id adds. */
const UNSCOPED_LENGTH = 162
const PROJECT_LENGTH = 183
const RESCOPED_EXTRA = 21

/** One authenticated call to the identity service. */
export type At = { cloud: Cloud; call: Call; caller: Token }

export type NewToken = {
  userId: string
  projectId: string | null
  domainId: string | null
  methods: string[]
  /** The token this one was made from. */
  source: Token | null
  credential: ApplicationCredential | null
}

/** Issues a token. It ends when its source or its credential ends, else after the lifetime set. */
export function issueToken(cloud: Cloud, wanted: NewToken): Token {
  const issuedAt = Math.floor(cloud.clock.now() / 1000) * 1000
  const ownAudit = randomBytes(16).toString('base64url')
  const firstAudit = wanted.source?.auditIds.at(-1)
  const usual = (wanted.projectId ? PROJECT_LENGTH : UNSCOPED_LENGTH) + (wanted.source ? RESCOPED_EXTRA : 0)
  const token: Token = {
    text: tokenText(cloud.settings.tokenStart, cloud.settings.tokenLength ?? usual),
    userId: wanted.userId,
    projectId: wanted.projectId,
    domainId: wanted.domainId,
    methods: wanted.methods,
    auditIds: firstAudit ? [ownAudit, firstAudit] : [ownAudit],
    issuedAt,
    expiresAt: Math.min(
      wanted.source?.expiresAt ?? issuedAt + cloud.settings.tokenLifetimeSeconds * 1000,
      wanted.credential?.expiresAt ?? Number.POSITIVE_INFINITY,
    ),
    revoked: false,
    ...(wanted.credential ? { credentialId: wanted.credential.id } : {}),
  }
  cloud.tokens.set(token.text, token)
  return token
}

function tokenText(start: string, length: number): string {
  return (
    start +
    randomBytes(Math.ceil(length * 0.75))
      .toString('base64url')
      .slice(0, Math.max(16, length - start.length))
  )
}

/** The caller's own token, or the answer that refuses it. */
export function authenticate(cloud: Cloud, text: string | undefined): Token | Reply {
  const token = text ? cloud.tokens.get(text) : undefined
  if (!token) return unauthorized()
  return gone(cloud, token) ?? (isDead(cloud, token, false) ? unauthorized() : token)
}

/** A token named in a header or body to be looked at, revoked or rescoped; its failures are 404, not 401. */
export function subject(cloud: Cloud, text: string | undefined, allowExpired = false): Token | Reply {
  if (!text) return error(404, 'No token in the request')
  const token = cloud.tokens.get(text.trim().replace(/=+$/, ''))
  if (!token) return error(404, 'Could not recognize Fernet token')
  return (
    gone(cloud, token) ??
    (isDead(cloud, token, allowExpired) ? error(404, 'Failed to validate token') : token)
  )
}

/** The 404 for a token whose user or credential was deleted or whose project was disabled: told apart from dead ones. */
function gone(cloud: Cloud, token: Token): Reply | null {
  if (!cloud.users.has(token.userId)) return notFound('user', token.userId)
  const { credentialId } = token
  if (credentialId && !cloud.signIns.credentials.has(credentialId)) {
    return error(404, `Could not find Application Credential: ${credentialId}.`)
  }
  const project = token.projectId ? cloud.projects.get(token.projectId) : undefined
  if (project?.enabled !== false) return null
  return error(404, `Unable to validate token because project ${project.id} is disabled`)
}

/** Whether something has ended the token early, or its time has. Judged anew at each call, as without a cache. */
function isDead(cloud: Cloud, token: Token, allowExpired: boolean): boolean {
  const user = cloud.users.get(token.userId)
  if (token.revoked || !user?.enabled || token.issuedAt <= user.tokensDeadUntil) return true
  if (token.expiresAt <= cloud.clock.now() && !allowExpired) return true
  const scope = token.projectId ?? token.domainId
  if (scope === null || (isIam(cloud) && token.projectId === null)) return false
  return !(cloud.projects.has(scope) || cloud.domains.has(scope)) || rolesOf(cloud, token).length === 0
}

/** Tells a refusal from what was asked for. */
export function isReply(value: object): value is Reply {
  return 'status' in value && 'headers' in value
}

/** Names of the caller's roles where the token is scoped. */
export function rolesOf(cloud: Cloud, token: Token): string[] {
  if (token.projectId) return cloud.rolesOn(token.userId, 'project', token.projectId)
  return token.domainId ? cloud.rolesOn(token.userId, 'domain', token.domainId) : []
}
