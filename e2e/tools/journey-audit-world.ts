import { type AdminConnection, createImage, createProject, openAdmin } from '../openstack/admin.ts'
import { call, type Service } from '../openstack/http.ts'
import { mintWorld } from '../openstack/world.ts'
import type { Traveller } from './journey-cloud.ts'

const oddMember = 'Odd Team #1'

/** What the administrator comes upon: one image, and for each state a recipient can be in one member of it. */
export interface AuditJourneyWorld {
  admin: Traveller
  image: { id: string; name: string }
  retail: { id: string; name: string }
  closed: { id: string; name: string }
  /** Id of a project that is no more. */
  gone: string
  odd: string
  /** Members of the image by project id, as the cloud tells its owner. */
  members(): Promise<Record<string, string>>
  /** The retail team thinks again. */
  acceptAfterAll(): Promise<void>
  remove(): Promise<void>
}

/** Made by the public APIs, so that it is the same on a real cloud. */
export async function mintAuditJourney(connection: AdminConnection): Promise<AuditJourneyWorld> {
  const world = await mintWorld(connection, {
    projects: { publisher: {}, retail: {}, closed: {} },
    users: {
      olga: { roles: { publisher: ['member'] } },
      rita: { roles: { retail: ['member'] } },
    },
  })
  const { publisher, retail, closed } = world.projects
  const admin = await openAdmin(connection)
  const gone = await createProject(admin, `gone-${publisher.name}`, publisher.domain.id)
  const owner = await world.images('olga', 'publisher')
  const recipient = await world.images('rita', 'retail')
  const name = `audited-${publisher.name}`
  const id = await createImage(owner, { name, visibility: 'shared', data: name })
  const path = `/v2/images/${id}/members`
  for (const member of [retail.id, closed.id, gone, oddMember]) await call(owner, 'POST', path, { member })
  const answer = (status: string) => call(recipient, 'PUT', `${path}/${retail.id}`, { status })
  await answer('rejected')
  await call(admin.identity, 'DELETE', `/projects/${gone}`)
  await call(admin.identity, 'PATCH', `/projects/${closed.id}`, { project: { enabled: false } })
  const { username, password, userDomain = 'Default' } = connection.admin
  return {
    admin: { user: username, password, domain: userDomain },
    image: { id, name },
    retail,
    closed,
    gone,
    odd: oddMember,
    members: () => readMembers(owner, path),
    acceptAfterAll: async () => {
      await answer('accepted')
    },
    remove: world.remove,
  }
}

async function readMembers(owner: Service, path: string): Promise<Record<string, string>> {
  const { members } = await call<{ members: { member_id: string; status: string }[] }>(owner, 'GET', path)
  return Object.fromEntries(members.map(({ member_id, status }) => [member_id, status]))
}
