import { type Admin, assignRole, createProject, createUser, findDomain, roleIds } from './admin.ts'
import { call } from './http.ts'

/** The user a service validates tokens with. */
interface ServiceUser {
  username: string
  password: string
  project: string
}

/** Creates the service project and user, with the roles a service has, and lists the image service in the catalogue. */
export async function registerGlance(
  admin: Admin,
  user: ServiceUser,
  url: string,
  region: string,
): Promise<void> {
  const domain = await findDomain(admin, 'Default')
  const project = await createProject(admin, user.project, domain)
  const id = await createUser(admin, user.username, user.password, domain)
  const roles = await roleIds(admin)
  for (const name of ['admin', 'service']) {
    const role = roles.get(name) ?? (await createRole(admin, name))
    await assignRole(admin, id, project, role)
  }
  const service = await call<{ service: { id: string } }>(admin.identity, 'POST', '/services', {
    service: { type: 'image', name: 'glance' },
  })
  for (const place of ['public', 'internal', 'admin']) {
    const endpoint = { service_id: service.service.id, interface: place, region_id: region, url }
    await call(admin.identity, 'POST', '/endpoints', { endpoint })
  }
}

async function createRole(admin: Admin, name: string): Promise<string> {
  const body = await call<{ role: { id: string } }>(admin.identity, 'POST', '/roles', { role: { name } })
  return body.role.id
}
