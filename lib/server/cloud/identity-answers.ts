import 'server-only'
import { z } from 'zod'
import { Catalogue } from './catalogue'
import { CloudError } from './cloud-error'
import type { CloudResponse } from './cloud-http'

/** Some clouds leave a domain's name out; its id has to do. */
const Domain = z.object({ id: z.string(), name: z.string().nullish() })

/** Keystone v3 `POST` and `GET /auth/tokens`, what of the body we use. */
const KeystoneToken = z.object({
  token: z.object({
    expires_at: z.string(),
    user: z.object({ id: z.string(), name: z.string(), domain: Domain }),
    project: z.object({ id: z.string(), name: z.string(), domain: Domain.nullish() }).nullish(),
    roles: z.array(z.object({ name: z.string().nullish() })).nullish(),
    catalog: Catalogue.nullish(),
    application_credential: z.object({ id: z.string() }).nullish(),
  }),
})

/** Huawei leaves `enabled` and `is_domain` out of some projects. */
const KeystoneProject = z.object({
  id: z.string(),
  name: z.string(),
  domain_id: z.string().nullish(),
  enabled: z.boolean().nullish(),
  is_domain: z.boolean().nullish(),
})
const KeystoneProjects = z.object({ projects: z.array(KeystoneProject) })

const KeystoneDomains = z.object({ domains: z.array(z.object({ id: z.string(), name: z.string() })) })

const KeystoneReceipt = z.object({
  receipt: z.object({ user: z.object({ id: z.string() }), expires_at: z.string() }),
})

/** A token and what the identity service says of it. */
export interface IssuedToken {
  text: string
  expiresAt: Date
  user: { id: string; name: string; domainId: string; domainName: string }
  /** Null for a token that belongs to no project. */
  project: { id: string; name: string; domainId: string } | null
  roles: string[]
  catalogue: Catalogue
}

export interface ScopedToken extends IssuedToken {
  project: { id: string; name: string; domainId: string }
}

export interface ProjectOfUser {
  id: string
  name: string
  domainId: string
  enabled: boolean
}

/** What Keystone gives for the first of two factors; as good as the password until it ends, so it stays on the server. */
export interface Receipt {
  text: string
  userId: string
  expiresAt: Date
}

function read<T>(schema: z.ZodType<T>, response: CloudResponse): T {
  const parsed = schema.safeParse(response.json)
  if (!parsed.success) throw new CloudError('upstream_contract', response)
  return parsed.data
}

function time(text: string, response: CloudResponse): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new CloudError('upstream_contract', response)
  return at
}

const headerOf = (response: CloudResponse, name: string) => {
  const value = response.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** A token's description; `text` is the token itself. @throws CloudError `upstream_contract` */
export function describedToken(response: CloudResponse, text: string): IssuedToken {
  const { token } = read(KeystoneToken, response)
  const { user, project } = token
  return {
    text,
    expiresAt: time(token.expires_at, response),
    user: {
      id: user.id,
      name: user.name,
      domainId: user.domain.id,
      domainName: user.domain.name ?? user.domain.id,
    },
    project: project
      ? { id: project.id, name: project.name, domainId: project.domain?.id ?? user.domain.id }
      : null,
    roles: (token.roles ?? []).flatMap(({ name }) => (name ? [name] : [])),
    catalogue: token.catalog ?? [],
  }
}

/** The token of a sign-in, which comes in a header. @throws CloudError `upstream_contract` where it is not there */
export function issuedToken(response: CloudResponse): IssuedToken {
  const text = headerOf(response, 'x-subject-token')
  if (text === null) throw new CloudError('upstream_contract', response)
  return describedToken(response, text)
}

/** The same, for a sign-in that asked for a project. */
export function scopedToken(response: CloudResponse): ScopedToken {
  const token = issuedToken(response)
  const { project } = token
  if (!project) throw new CloudError('upstream_contract', response)
  return { ...token, project }
}

/** A list of projects, domains that act as projects left out. */
export function listedProjects(response: CloudResponse): ProjectOfUser[] {
  return read(KeystoneProjects, response)
    .projects.filter((project) => project.is_domain !== true)
    .map(asProject)
}

/** The answer about one project. */
export const oneProject = (response: CloudResponse): ProjectOfUser =>
  asProject(read(z.object({ project: KeystoneProject }), response).project)

const asProject = ({ id, name, domain_id, enabled }: z.output<typeof KeystoneProject>): ProjectOfUser => ({
  id,
  name,
  domainId: domain_id ?? '',
  enabled: enabled !== false,
})

/** A list of domains: id to name. */
export const listedDomains = (response: CloudResponse): Map<string, string> =>
  new Map(read(KeystoneDomains, response).domains.map(({ id, name }) => [id, name]))

/**
 * Whether a second factor is wanted: told by the header alone, because the status is that of any refusal (Keystone,
 * multi-factor authentication guide).
 */
export const wantsPasscode = (response: CloudResponse) =>
  headerOf(response, 'openstack-auth-receipt') !== null

/** @throws CloudError `upstream_contract` */
export function receiptIn(response: CloudResponse): Receipt {
  const text = headerOf(response, 'openstack-auth-receipt')
  if (text === null) throw new CloudError('upstream_contract', response)
  const { receipt } = read(KeystoneReceipt, response)
  return { text, userId: receipt.user.id, expiresAt: time(receipt.expires_at, response) }
}

const Explained = z.object({ error: z.object({ message: z.string() }) })

/**
 * The two refusals of a sign-in that are told apart by their text alone: Keystone names no code for an expired password, and
 * Huawei's IAM may say in Keystone's shape that the account is locked. The text itself goes nowhere.
 */
export function saidInWords(response: CloudResponse): 'password_expired' | 'account_locked' | null {
  const said = response.status === 401 ? Explained.safeParse(response.json) : null
  if (!said?.success) return null
  if (/^The password is expired\b/.test(said.data.error.message)) return 'password_expired'
  return /\baccount is locked\b/i.test(said.data.error.message) ? 'account_locked' : null
}
