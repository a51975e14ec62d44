import { randomBytes } from 'node:crypto'
import {
  type Admin,
  type AdminConnection,
  assignRole,
  createProject,
  createUser,
  openAdmin,
  roleIds,
} from './admin.ts'
import { type Domain, domainMaker } from './domains.ts'
import type { Service } from './http.ts'
import { removeAll } from './remove-all.ts'
import { type Credentials, signIn } from './sign-in.ts'

/**
 * What to make: projects and users under keys of the caller's choice, each in the domain `Default` or in a new one.
 * `roles` names a user's roles per project key.
 */
interface WorldPlan<P extends string, U extends string> {
  projects: Record<P, { domain?: string }>
  users: Record<U, { domain?: string; roles: Partial<Record<P, string[]>> }>
  /** Use the keys themselves as names, and this password: for tools that know their users by name. */
  fixed?: { password: string }
}

interface WorldProject {
  id: string
  name: string
  domain: Domain
}

interface WorldUser extends WorldProject {
  password: string
}

/** A set of projects and users of one's own. */
interface World<P extends string, U extends string> {
  projects: Record<P, WorldProject>
  users: Record<U, WorldUser>
  /** What the user signs in with to the project. */
  credentials(user: U, project: P): Credentials
  /** The image service with a fresh token of the user in the project. */
  images(user: U, project: P): Promise<Service & { token: string }>
  /** Deletes the images of the projects, then the users, the projects and the new domains. */
  remove(): Promise<void>
}

/**
 * Creates the planned projects, users and role assignments by the public Keystone API. Unless fixed, all names end in
 * the same random letters, so that any number of worlds can share a cloud. Throws when the cloud refuses.
 */
export async function mintWorld<P extends string, U extends string>(
  connection: AdminConnection,
  plan: WorldPlan<P, U>,
): Promise<World<P, U>> {
  const admin = await openAdmin(connection)
  const suffix = plan.fixed ? '' : `-${randomBytes(4).toString('hex')}`
  const password = plan.fixed?.password ?? randomBytes(12).toString('base64url')
  const domains = domainMaker(admin, suffix)

  const projects = {} as Record<P, WorldProject>
  for (const key of keysOf(plan.projects)) {
    const name = key + suffix
    const domain = await domains.get(plan.projects[key].domain)
    projects[key] = { id: await createProject(admin, name, domain.id), name, domain }
  }
  const users = {} as Record<U, WorldUser>
  const roles = await roleIds(admin)
  for (const key of keysOf(plan.users)) {
    const name = key + suffix
    const domain = await domains.get(plan.users[key].domain)
    const id = await createUser(admin, name, password, domain.id)
    users[key] = { id, name, domain, password }
    for (const project of keysOf(projects))
      await giveRoles(admin, id, projects[project].id, plan.users[key].roles[project] ?? [], roles)
  }
  const credentials = (user: U, project: P) => credentialsOf(users[user], projects[project])
  return {
    projects,
    users,
    credentials,
    images: async (user, project) => {
      const { token } = await signIn(connection.authUrl, credentials(user, project))
      return { url: admin.images.url, token }
    },
    remove: async () =>
      removeAll(await openAdmin(connection), {
        users: idsOf(users),
        projects: idsOf(projects),
        domains: domains.made(),
      }),
  }
}

function credentialsOf(user: WorldUser, project: WorldProject): Credentials {
  return {
    username: user.name,
    password: user.password,
    userDomain: user.domain.name,
    project: project.name,
    projectDomain: project.domain.name,
  }
}

async function giveRoles(
  admin: Admin,
  userId: string,
  projectId: string,
  names: string[],
  roles: Map<string, string>,
): Promise<void> {
  for (const name of names) {
    const roleId = roles.get(name)
    if (!roleId) throw new Error(`The cloud has no role ${name}.`)
    await assignRole(admin, userId, projectId, roleId)
  }
}

function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  return Object.keys(record) as K[]
}

function idsOf(record: Record<string, { id: string }>): string[] {
  return Object.values(record).map(({ id }) => id)
}
