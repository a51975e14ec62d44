import { keystoneTime } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { stableId } from '../ids.ts'
import type { Domain, Project, Role, Token, User } from '../records.ts'
import { isIam } from './iam.ts'
import { rolesOf } from './tokens.ts'

/** The body that says what a token is: `{token: {...}}`, with a catalogue where it has a scope. */
export function tokenView(cloud: Cloud, token: Token, withCatalog: boolean): object {
  const user = cloud.users.get(token.userId)
  const project = token.projectId ? cloud.projects.get(token.projectId) : undefined
  const domain = token.domainId ? cloud.domains.get(token.domainId) : undefined
  return {
    token: {
      methods: token.methods,
      user: {
        domain: domainRef(cloud, user?.domainId ?? ''),
        id: token.userId,
        name: user?.name,
        password_expires_at: isIam(cloud) ? '' : null,
      },
      audit_ids: token.auditIds,
      expires_at: keystoneTime(token.expiresAt),
      issued_at: keystoneTime(token.issuedAt),
      ...(project
        ? {
            project: { domain: domainRef(cloud, project.domainId), id: project.id, name: project.name },
            is_domain: false,
          }
        : {}),
      ...(domain ? { domain: { id: domain.id, name: domain.name } } : {}),
      ...(project || domain ? { roles: rolesOf(cloud, token).map((name) => roleRef(cloud, name)) } : {}),
      ...credentialRef(cloud, token),
      ...(isIam(cloud) && token.methods.includes('totp')
        ? { mfa_authn_at: keystoneTime(token.issuedAt) }
        : {}),
      ...((project || domain) && withCatalog ? { catalog: catalogView(cloud) } : {}),
    },
  }
}

function domainRef(cloud: Cloud, id: string): { id: string; name: string | undefined } {
  return { id, name: cloud.domains.get(id)?.name }
}

function roleRef(cloud: Cloud, name: string): { id: string; name: string } {
  if (isIam(cloud)) return { id: '0', name }
  const role = [...cloud.roles.values()].find((known) => known.name === name)
  return { id: role?.id ?? name, name }
}

function credentialRef(cloud: Cloud, token: Token): object {
  const credential = cloud.signIns.credentials.get(token.credentialId ?? '')
  if (!credential) return {}
  return { application_credential: { id: credential.id, name: credential.name, restricted: true } }
}

/** The services of the cloud, each with three endpoints per region. */
export function catalogView(cloud: Cloud): object[] {
  const identity = `${cloud.addresses.identity}/v3`
  const services = isIam(cloud)
    ? globalEntries(identity)
    : [catalogEntry(cloud, 'identity', 'keystone', () => identity)]
  if (cloud.settings.catalogHasImage) {
    services.push(catalogEntry(cloud, 'image', 'glance', (region) => imageUrl(cloud, region)))
  }
  return services
}

/** Services of no region: one says so by a star, the other by nothing at all. */
function globalEntries(identity: string): object[] {
  const entry = (type: string, name: string, region: string | null) => ({
    endpoints: [
      {
        id: stableId('endpoint', type),
        interface: 'public',
        region_id: region,
        url: identity,
        region: region ?? '',
      },
    ],
    id: stableId('service', type),
    type,
    name,
  })
  return [entry('identity', 'iam', '*'), entry('object', 'obs', null)]
}

function imageUrl(cloud: Cloud, region: string): string {
  const own = region === cloud.regions[0] ? cloud.addresses.image : `${cloud.addresses.image}/${region}`
  return cloud.settings.imageUrlByRegion[region] ?? own
}

function catalogEntry(cloud: Cloud, type: string, name: string, url: (region: string) => string): object {
  const endpoints = cloud.regions.flatMap((region) =>
    ['admin', 'internal', 'public'].map((side) => ({
      id: stableId('endpoint', type, region, side),
      interface: side,
      region_id: region,
      url: url(region),
      region,
    })),
  )
  return { endpoints, id: stableId('service', type), type, name }
}

/** A project as Keystone writes it. */
export function projectView(cloud: Cloud, project: Project): object {
  return {
    id: project.id,
    name: project.name,
    domain_id: project.domainId,
    description: project.description,
    enabled: project.enabled,
    parent_id: project.parentId,
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${cloud.addresses.identity}/v3/projects/${project.id}` },
  }
}

/** A domain as Keystone writes it. */
export function domainView(cloud: Cloud, domain: Domain): object {
  return {
    id: domain.id,
    name: domain.name,
    description: domain.description,
    enabled: domain.enabled,
    tags: [],
    options: {},
    links: { self: `${cloud.addresses.identity}/v3/domains/${domain.id}` },
  }
}

/** A user as Keystone writes it. */
export function userView(cloud: Cloud, user: User): object {
  return {
    ...(user.email ? { email: user.email } : {}),
    id: user.id,
    name: user.name,
    domain_id: user.domainId,
    enabled: user.enabled,
    ...(user.defaultProjectId ? { default_project_id: user.defaultProjectId } : {}),
    password_expires_at: null,
    options: {},
    links: { self: `${cloud.addresses.identity}/v3/users/${user.id}` },
  }
}

/** A role as Keystone writes it. */
export function roleView(cloud: Cloud, role: Role): object {
  return {
    id: role.id,
    name: role.name,
    domain_id: null,
    description: null,
    options: { immutable: true },
    links: { self: `${cloud.addresses.identity}/v3/roles/${role.id}` },
  }
}

/** A list in Keystone's envelope. `path` is the list's own, from `/v3` on. */
export function listView(cloud: Cloud, name: string, rows: object[], path: string): object {
  return { [name]: rows, links: { next: null, self: `${cloud.addresses.identity}${path}`, previous: null } }
}
