import { inject } from 'vitest'
import type { AdminConnection } from '../openstack/admin.ts'
import { type Credentials, signIn } from '../openstack/sign-in.ts'
import type { Asker } from './ask.ts'

type ProjectKey = 'alpha' | 'beta' | 'gamma' | 'delta'
type UserKey = 'alice' | 'bob' | 'carol' | 'rita' | 'dave'

interface Named {
  id: string
  name: string
  domain: { id: string; name: string }
}

/** What the suite knows of the cloud it runs against. */
export interface CloudUnderTest {
  connection: AdminConnection
  imageUrl: string
  projects: Record<ProjectKey, Named>
  users: Record<UserKey, Named & { password: string }>
  memberQuota: number
}

/** The cloud the suite runs against. */
export const cloud = inject('cloud')

/** The ids of the projects. */
export const ids: Record<ProjectKey, string> = {
  alpha: cloud.projects.alpha.id,
  beta: cloud.projects.beta.id,
  gamma: cloud.projects.gamma.id,
  delta: cloud.projects.delta.id,
}

/** What a user signs in with, to a project or to none. */
function credentials(user: UserKey, project?: ProjectKey): Credentials {
  const { name, password, domain } = cloud.users[user]
  const scope = project ? cloud.projects[project] : undefined
  return {
    username: name,
    password,
    userDomain: domain.name,
    project: scope?.name,
    projectDomain: scope?.domain.name,
  }
}

/** The identity service; with a token, as the token's user. */
export function identity(token?: string): Asker {
  return { url: cloud.connection.authUrl, token }
}

/** The image service; with a token, as the token's user. */
export function images(token?: string): Asker {
  return { url: cloud.imageUrl, token }
}

/** A fresh token; unscoped without a project. */
export async function tokenOf(user: UserKey, project?: ProjectKey): Promise<string> {
  return (await signIn(cloud.connection.authUrl, credentials(user, project))).token
}

/** A fresh token of the admin. */
export async function adminToken(): Promise<string> {
  return (await signIn(cloud.connection.authUrl, cloud.connection.admin)).token
}

/** Everybody at the image service: owner project alpha, recipients beta and gamma, outsider delta. */
export async function people() {
  const [alice, bob, carolInAlpha, carolInGamma, rita, dave, admin] = await Promise.all([
    tokenOf('alice', 'alpha'),
    tokenOf('bob', 'beta'),
    tokenOf('carol', 'alpha'),
    tokenOf('carol', 'gamma'),
    tokenOf('rita', 'alpha'),
    tokenOf('dave', 'delta'),
    adminToken(),
  ])
  return {
    alice: images(alice),
    bob: images(bob),
    carolInAlpha: images(carolInAlpha),
    carolInGamma: images(carolInGamma),
    rita: images(rita),
    dave: images(dave),
    admin: images(admin),
  }
}

export type People = Awaited<ReturnType<typeof people>>
