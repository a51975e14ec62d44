import { send, UnexpectedAnswer } from './http.ts'

/** A user and, unless the token shall be unscoped, a project; both in the domain `Default` unless named. */
export interface Credentials {
  username: string
  password: string
  userDomain?: string
  project?: string
  projectDomain?: string
}

/** A token and the parts of Keystone's answer that a caller needs. */
interface SignedIn {
  token: string
  catalog: CatalogEntry[]
}

interface CatalogEntry {
  type: string
  endpoints: { interface: string; region_id: string | null; url: string }[]
}

/** Gets a token by password from the Keystone at `authUrl` (ends in /v3). Throws `UnexpectedAnswer` when refused. */
export async function signIn(authUrl: string, who: Credentials): Promise<SignedIn> {
  const user = { name: who.username, password: who.password, domain: { name: who.userDomain ?? 'Default' } }
  const scope = who.project
    ? { project: { name: who.project, domain: { name: who.projectDomain ?? 'Default' } } }
    : { unscoped: {} }
  const auth = { identity: { methods: ['password'], password: { user } }, scope }
  const answer = await send({ url: authUrl }, 'POST', '/auth/tokens', { auth })
  const token = answer.headers.get('X-Subject-Token')
  if (answer.status !== 201 || !token) throw new UnexpectedAnswer('POST', '/auth/tokens', answer)
  const body = answer.body as { token: { catalog?: CatalogEntry[] } }
  return { token, catalog: body.token.catalog ?? [] }
}

/** The public address of the image service in a catalogue, without a trailing slash; throws when there is none. */
export function imageAddress(catalog: CatalogEntry[], region?: string): string {
  const endpoint = catalog
    .filter((service) => service.type === 'image')
    .flatMap((service) => service.endpoints)
    .find((place) => place.interface === 'public' && (!region || place.region_id === region))
  if (!endpoint)
    throw new Error(`The catalogue has no public image endpoint${region ? ` in ${region}` : ''}.`)
  return endpoint.url.replace(/\/+$/, '')
}
