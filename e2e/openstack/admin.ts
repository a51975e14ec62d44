import { call, type Service } from './http.ts'
import { type Credentials, imageAddress, signIn } from './sign-in.ts'

/** How to reach a cloud as its admin; without `imageUrl` the catalogue is asked, in `region` if there is one. */
export interface AdminConnection {
  authUrl: string
  imageUrl?: string
  region?: string
  admin: Credentials
}

/** An admin's token at both services. It lives as long as the cloud's tokens do: open one for each piece of work. */
export interface Admin {
  identity: Service & { token: string }
  images: Service & { token: string }
}

/** What a new image should be; `data` is uploaded, which makes the image active. Other properties as Glance names them. */
interface ImagePlan {
  name: string
  visibility?: 'shared' | 'private' | 'community' | 'public'
  data?: string
  properties?: Record<string, unknown>
}

/** Signs in as the admin. */
export async function openAdmin(connection: AdminConnection): Promise<Admin> {
  const { token, catalog } = await signIn(connection.authUrl, connection.admin)
  const imageUrl = connection.imageUrl ?? imageAddress(catalog, connection.region)
  return { identity: { url: connection.authUrl, token }, images: { url: imageUrl, token } }
}

/** Creates a domain and returns its id. */
export async function createDomain(admin: Admin, name: string): Promise<string> {
  const body = await call<{ domain: { id: string } }>(admin.identity, 'POST', '/domains', {
    domain: { name },
  })
  return body.domain.id
}

/** The id of the domain with this name. */
export async function findDomain(admin: Admin, name: string): Promise<string> {
  const path = `/domains?name=${encodeURIComponent(name)}`
  const { domains } = await call<{ domains: { id: string }[] }>(admin.identity, 'GET', path)
  if (!domains[0]) throw new Error(`There is no domain ${name}.`)
  return domains[0].id
}

/** Creates a project and returns its id. */
export async function createProject(admin: Admin, name: string, domainId: string): Promise<string> {
  const project = { name, domain_id: domainId }
  const body = await call<{ project: { id: string } }>(admin.identity, 'POST', '/projects', { project })
  return body.project.id
}

/** Creates a user with a password and returns the user's id. */
export async function createUser(
  admin: Admin,
  name: string,
  password: string,
  domainId: string,
): Promise<string> {
  const user = { name, password, domain_id: domainId }
  const body = await call<{ user: { id: string } }>(admin.identity, 'POST', '/users', { user })
  return body.user.id
}

/** The ids of the cloud's roles by name. */
export async function roleIds(admin: Admin): Promise<Map<string, string>> {
  const body = await call<{ roles: { id: string; name: string }[] }>(admin.identity, 'GET', '/roles')
  return new Map(body.roles.map((role) => [role.name, role.id]))
}

/** Gives a user a role in a project, all by id. */
export async function assignRole(
  admin: Admin,
  userId: string,
  projectId: string,
  roleId: string,
): Promise<void> {
  await call(admin.identity, 'PUT', `/projects/${projectId}/users/${userId}/roles/${roleId}`)
}

/** Creates an image for the project of `images.token` and returns its id. */
export async function createImage(images: Service, plan: ImagePlan): Promise<string> {
  const { name, visibility = 'shared', data, properties } = plan
  const image = { disk_format: 'raw', container_format: 'bare', ...properties, name, visibility }
  const { id } = await call<{ id: string }>(images, 'POST', '/v2/images', image)
  if (data !== undefined) await uploadData(images, id, data)
  return id
}

async function uploadData(images: Service, id: string, data: string): Promise<void> {
  const answer = await fetch(`${images.url}/v2/images/${id}/file`, {
    method: 'PUT',
    headers: { 'X-Auth-Token': images.token ?? '', 'Content-Type': 'application/octet-stream' },
    body: data,
  })
  if (answer.status !== 204) throw new Error(`The upload to image ${id} was answered with ${answer.status}.`)
}
