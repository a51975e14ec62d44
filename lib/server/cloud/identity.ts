import 'server-only'
import { z } from 'zod'
import { Catalogue } from './catalogue'
import { CloudError } from './cloud-error'
import type { CloudHttp, CloudRequest, CloudResponse } from './cloud-http'
import type { CloudConfig } from './clouds'
import { limits } from './limits'

const Named = z.object({ id: z.string(), name: z.string() })

/** Keystone v3 `POST /auth/tokens`, what of the body we use. */
const KeystoneToken = z.object({
  token: z.object({
    expires_at: z.string(),
    issued_at: z.string().optional(),
    user: z.object({ id: z.string(), name: z.string(), domain: Named }),
    project: z.object({ id: z.string(), name: z.string(), domain: Named }).optional(),
    roles: z.array(z.object({ name: z.string() })).optional(),
    catalog: Catalogue.optional(),
  }),
})

const KeystoneProjects = z.object({
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      domain_id: z.string(),
      enabled: z.boolean().default(true),
      is_domain: z.boolean().default(false),
    }),
  ),
})

export interface IssuedToken {
  text: string
  expiresAt: Date
  user: { id: string; name: string; domainId: string; domainName: string }
}

export interface ScopedToken extends IssuedToken {
  project: { id: string; name: string; domainId: string }
  roles: string[]
  catalogue: Catalogue
}

/** A user or domain is named by name or by id; ids are hex, so a 32-digit one is taken as an id when the name fails. */
export interface PasswordSignIn {
  user: string
  domain: string
  password: string
}

export interface Identity {
  signIn(credentials: PasswordSignIn, signal?: AbortSignal): Promise<IssuedToken>
  rescope(token: string, projectId: string, signal?: AbortSignal): Promise<ScopedToken>
  projects(token: string, signal?: AbortSignal): Promise<z.infer<typeof KeystoneProjects>['projects']>
  /** Ends this token only; its siblings live on. */
  revoke(token: string, signal?: AbortSignal): Promise<void>
}

const looksLikeId = (text: string) => /^[0-9a-f]{32}$|^[0-9a-f]{64}$/.test(text)

/** Keystone v3 of one cloud. Answers and refusals are those recorded of a real one. */
export function createIdentity(cloud: CloudConfig, http: CloudHttp): Identity {
  const issue = (body: unknown, codes: CloudRequest['codes'], signal?: AbortSignal) =>
    http.send({
      method: 'POST',
      url: `${cloud.authUrl}/auth/tokens`,
      body,
      // A wrong password counts towards a lock-out, so nothing is ever sent twice.
      retry: 'once',
      timeoutMs: limits.signInMs,
      codes,
      signal,
    })

  return {
    async signIn({ user, domain, password }, signal) {
      const asUser = looksLikeId(user)
        ? { id: user, password }
        : { name: user, domain: domainRef(domain), password }
      const response = await issue(
        { auth: { identity: { methods: ['password'], password: { user: asUser } }, scope: 'unscoped' } },
        { 400: 'wrong_credentials', 401: 'wrong_credentials', 404: 'wrong_credentials' },
        signal,
      ).catch((error: unknown) => {
        throw error instanceof CloudError && error.status === 413
          ? new CloudError('wrong_credentials')
          : error
      })
      return issued(response)
    },

    async rescope(token, projectId, signal) {
      const response = await issue(
        {
          auth: {
            identity: { methods: ['token'], token: { id: token } },
            scope: { project: { id: projectId } },
          },
        },
        // 404 is the source token dead; 401 is no role on the target while the source still lives.
        { 404: 'unauthenticated', 401: 'project_not_usable', 403: 'project_not_usable' },
        signal,
      )
      const body = read(KeystoneToken, response)
      if (!body.token.project) throw new CloudError('upstream_contract', response)
      const { project } = body.token
      return {
        ...issued(response),
        project: { id: project.id, name: project.name, domainId: project.domain.id },
        roles: (body.token.roles ?? []).map((role) => role.name),
        catalogue: body.token.catalog ?? [],
      }
    },

    async projects(token, signal) {
      const response = await http.send({
        method: 'GET',
        url: `${cloud.authUrl}/auth/projects`,
        token,
        retry: 'read',
        codes: { 404: 'unauthenticated' },
        signal,
      })
      return read(KeystoneProjects, response).projects.filter((project) => !project.is_domain)
    },

    async revoke(token, signal) {
      await http
        .send({
          method: 'DELETE',
          url: `${cloud.authUrl}/auth/tokens`,
          token,
          subjectToken: token,
          retry: 'once',
          signal,
        })
        .catch((error: unknown) => {
          // Dead already is what we wanted.
          if (!(error instanceof CloudError && (error.status === 401 || error.status === 404))) throw error
        })
    },
  }
}

const domainRef = (domain: string) =>
  looksLikeId(domain) || domain === 'default' ? { id: domain } : { name: domain }

function read<T>(schema: z.ZodType<T>, response: CloudResponse): T {
  const parsed = schema.safeParse(response.json)
  if (!parsed.success) throw new CloudError('upstream_contract', response)
  return parsed.data
}

function issued(response: CloudResponse): IssuedToken {
  const { token } = read(KeystoneToken, response)
  const text = response.headers['x-subject-token']
  const expiresAt = new Date(token.expires_at)
  if (typeof text !== 'string' || text === '' || Number.isNaN(expiresAt.getTime())) {
    throw new CloudError('upstream_contract', response)
  }
  const { user } = token
  return {
    text,
    expiresAt,
    user: { id: user.id, name: user.name, domainId: user.domain.id, domainName: user.domain.name },
  }
}
