import 'server-only'
import { CloudError } from './cloud-error'
import type { CloudHttp, CloudRequest, CloudResponse } from './cloud-http'
import type { CloudConfig } from './clouds'
import {
  describedToken,
  type IssuedToken,
  issuedToken,
  listedDomains,
  listedProjects,
  oneProject,
  type ProjectOfUser,
  type Receipt,
  receiptIn,
  type ScopedToken,
  saidInWords,
  scopedToken,
  wantsPasscode,
} from './identity-answers'
import { limits } from './limits'

/** A user, domain or project is named by name or by id; ids are hex, so a 32-digit one is taken as an id. */
export interface PasswordSignIn {
  user: string
  domain: string
  password: string
  passcode?: string
  /** Without one the token belongs to no project. */
  project?: string
}

/** A sign-in that went through, or the first half of one. */
export type SignInAnswer = { state: 'issued'; token: IssuedToken } | { state: 'passcode'; receipt: Receipt }

export interface Identity {
  /**
   * @throws CloudError `wrong_credentials` for every wrong user, domain or password alike; what a cloud tells apart is passed
   *   on: `password_expired`, `account_locked`, `wrong_passcode`, `user_disabled`, `console_only`, `region_closed`, `throttled`
   */
  signIn(credentials: PasswordSignIn, signal?: AbortSignal): Promise<SignInAnswer>
  /** The second half, with the scope of the first. @throws CloudError `wrong_passcode`; the receipt can be used again */
  enterPasscode(
    step: { receipt: string; userId: string; passcode: string; domain: string; project?: string },
    signal?: AbortSignal,
  ): Promise<IssuedToken>
  /** The token belongs to the credential's project and can't be exchanged. @throws CloudError `wrong_credentials` */
  useApplicationCredential(
    credential: { id: string; secret: string },
    signal?: AbortSignal,
  ): Promise<IssuedToken>
  /** What a token is, asked with the token itself. @throws CloudError `unauthenticated` for one that is dead */
  describe(token: string, signal?: AbortSignal): Promise<IssuedToken>
  /** @throws CloudError `unauthenticated`, `project_not_usable`, or `project_sign_in` where tokens are not exchanged */
  rescope(token: string, projectId: string, signal?: AbortSignal): Promise<ScopedToken>
  projects(token: string, userId: string, signal?: AbortSignal): Promise<ProjectOfUser[]>
  /** Every project there is, domains that act as projects left out. @throws CloudError `forbidden` for who is no administrator */
  allProjects(token: string, signal?: AbortSignal): Promise<ProjectOfUser[]>
  /** @throws CloudError `not_found` for one that is gone, `forbidden` where it is not told */
  project(token: string, id: string, signal?: AbortSignal): Promise<ProjectOfUser>
  /** Names of domains by their ids. @throws CloudError `forbidden` for who is no administrator */
  domains(token: string, signal?: AbortSignal): Promise<Map<string, string>>
  /** Ends this token only; its siblings live on. */
  revoke(token: string, signal?: AbortSignal): Promise<void>
}

/** Whether a name is taken for an id: then the domain beside it does not count. */
export const looksLikeId = (text: string) => /^[0-9a-f]{32}$|^[0-9a-f]{64}$/.test(text)

const domainRef = (domain: string) =>
  looksLikeId(domain) || domain === 'default' ? { id: domain } : { name: domain }

/** The built-in project of Huawei's object storage: it holds no images (Huawei IAM API reference, project list). */
const objectStorageProject = 'MOS'

const refusedSignIn: CloudRequest['codes'] = {
  400: 'wrong_credentials',
  401: 'wrong_credentials',
  404: 'wrong_credentials',
  // Only a password can make the body that long.
  413: 'wrong_credentials',
}

/** Keystone v3 of one cloud, or the IAM that Huawei's family made of it. */
export function createIdentity(cloud: CloudConfig, http: CloudHttp): Identity {
  const tokens = `${cloud.authUrl}/auth/tokens`
  const byAccount = cloud.naming === 'account'
  // Tokens of the Huawei family may carry the catalogue inside, so it is only asked for where something in it is wanted.
  const isCatalogueWanted = cloud.imageEndpointOverride === null || cloud.regions.length === 0

  /** A wrong password counts towards a lock-out, so nothing is ever sent twice. */
  const issue = async (
    auth: object,
    more: Pick<CloudRequest, 'codes' | 'receipt' | 'signal'> & { mayWantPasscode?: boolean },
  ): Promise<CloudResponse> => {
    const { mayWantPasscode = false, ...call } = more
    const response = await http.send({
      method: 'POST',
      url: isCatalogueWanted ? tokens : `${tokens}?nocatalog=true`,
      body: { auth },
      retry: 'once',
      timeoutMs: limits.signInMs,
      accepts: (answer) => (mayWantPasscode && wantsPasscode(answer)) || saidInWords(answer) !== null,
      ...call,
    })
    const said = saidInWords(response)
    if (said)
      throw new CloudError(said, { status: response.status, upstreamRequestId: response.upstreamRequestId })
    return response
  }

  const scopeOf = (domain: string, project: string | undefined) => {
    if (project === undefined) return byAccount ? undefined : 'unscoped'
    if (looksLikeId(project)) return { project: { id: project } }
    // A project of the Huawei family is named by its region, and by that alone.
    return { project: byAccount ? { name: project } : { name: project, domain: domainRef(domain) } }
  }

  const read = (path: string, token: string, signal?: AbortSignal) =>
    http.send({
      method: 'GET',
      url: `${cloud.authUrl}${path}`,
      token,
      retry: 'read',
      codes: path.startsWith('/auth/') && !byAccount ? { 404: 'unauthenticated' } : {},
      signal,
    })

  return {
    async signIn({ user, domain, password, passcode, project }, signal) {
      // IAM knows its users by name within an account; Keystone takes an id as well.
      const named =
        looksLikeId(user) && !byAccount
          ? { id: user }
          : { name: user, domain: byAccount ? { name: domain } : domainRef(domain) }
      const response = await issue(
        {
          identity: {
            methods: passcode === undefined ? ['password'] : ['password', 'totp'],
            password: { user: { ...named, password } },
            ...(passcode === undefined ? {} : { totp: { user: { ...named, passcode } } }),
          },
          scope: scopeOf(domain, project),
        },
        { codes: refusedSignIn, mayWantPasscode: true, signal },
      )
      return wantsPasscode(response)
        ? { state: 'passcode', receipt: receiptIn(response) }
        : { state: 'issued', token: issuedToken(response) }
    },

    async enterPasscode({ receipt, userId, passcode, domain, project }, signal) {
      const response = await issue(
        {
          identity: { methods: ['totp'], totp: { user: { id: userId, passcode } } },
          scope: scopeOf(domain, project),
        },
        { receipt, codes: { 400: 'wrong_passcode', 401: 'wrong_passcode' }, signal },
      )
      return issuedToken(response)
    },

    async useApplicationCredential({ id, secret }, signal) {
      // A scope beside it is refused, even its own project.
      const response = await issue(
        { identity: { methods: ['application_credential'], application_credential: { id, secret } } },
        { codes: refusedSignIn, signal },
      )
      return issuedToken(response)
    },

    async describe(token, signal) {
      const response = await http.send({
        method: 'GET',
        url: tokens,
        token,
        subjectToken: token,
        retry: 'read',
        codes: { 404: 'unauthenticated' },
        signal,
      })
      return describedToken(response, token)
    },

    async rescope(token, projectId, signal) {
      const response = await issue(
        {
          identity: { methods: ['token'], token: { id: token } },
          scope: { project: { id: projectId } },
        },
        {
          // Keystone: 404 is the source token dead, 401 no role on the target while the source still lives.
          // IAM documents no exchange of tokens at all, so none of its refusals tells one from the other.
          codes: byAccount
            ? {
                400: 'project_sign_in',
                401: 'project_sign_in',
                403: 'project_sign_in',
                404: 'project_sign_in',
              }
            : { 401: 'project_not_usable', 403: 'project_sign_in', 404: 'unauthenticated' },
          signal,
        },
      )
      return scopedToken(response)
    },

    async projects(token, userId, signal) {
      if (!byAccount) return listedProjects(await read('/auth/projects', token, signal))
      const paths = [
        '/auth/projects',
        // Pages are numbered, and both parameters go together.
        '/projects?page=1&per_page=5000',
        `/users/${encodeURIComponent(userId)}/projects`,
      ]
      const listed = listedProjects(await firstAnswer(paths, (path) => read(path, token, signal)))
      return listed.filter((project) => project.name !== objectStorageProject)
    },

    // Keystone ignores a limit and a marker here: it is one list, however long.
    allProjects: async (token, signal) => listedProjects(await read('/projects', token, signal)),
    project: async (token, id, signal) =>
      oneProject(await read(`/projects/${encodeURIComponent(id)}`, token, signal)),
    domains: async (token, signal) => listedDomains(await read('/domains', token, signal)),

    async revoke(token, signal) {
      await http
        .send({
          method: 'DELETE',
          url: tokens,
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

/** The first path that is open to this token; when none is, the refusal of the first. */
async function firstAnswer(
  paths: readonly string[],
  ask: (path: string) => Promise<CloudResponse>,
): Promise<CloudResponse> {
  let refusal: unknown
  for (const path of paths) {
    try {
      return await ask(path)
    } catch (error) {
      if (!(error instanceof CloudError && [400, 401, 403, 404, 405].includes(error.status ?? 0))) throw error
      refusal ??= error
    }
  }
  throw refusal
}
