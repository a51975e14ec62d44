import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MockCloud } from '../mock-cloud/control-client.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { type AdminConnection, createImage } from '../openstack/admin.ts'
import { fromEnvironment } from '../openstack/environment.ts'
import { call, type Service, send } from '../openstack/http.ts'
import { mintWorld } from '../openstack/world.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'

/** The cloud that the journey runs on, real or fake, and a dashboard in front of it. */
export interface JourneyCloud {
  connection: AdminConnection
  dashboard: Dashboard
  /** The fake cloud's controls; null on a real one. */
  controls: MockCloud | null
  close(): Promise<void>
}

const imageCount = 30
/** More members than this, and the cloud has no limit worth the name. */
const mostMembers = 1_100
/** Images on one page of the fake cloud. The largest page that Glance gives is a setting of whoever runs it. */
const fakePage = 25
const fakeQuota = 5

export async function openJourneyCloud(): Promise<JourneyCloud> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-journey-'))
  const forget = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  if (process.env.SHAREBOARD_E2E_CLOUD === 'real') {
    const connection = fromEnvironment(process.env)
    const dashboard = await startDashboard({
      authUrl: connection.authUrl,
      dataDir,
      env: settingsOf(connection),
    })
    return { connection, dashboard, controls: null, close: () => dashboard.stop().finally(forget) }
  }
  const running = await startMockCloud()
  const controls = new MockCloud(running.controlUrl)
  await controls.set({ memberQuota: fakeQuota, listLimits: { default: fakePage, max: fakePage } })
  const admin = { username: 'admin', password: 'secret', project: 'admin' }
  const dashboard = await startDashboard({ authUrl: running.authUrl, dataDir })
  const close = async () => {
    await dashboard.stop()
    await running.stop()
    forget()
  }
  return { connection: { authUrl: running.authUrl, admin }, dashboard, controls, close }
}

/** What a cloud on another machine may need beside its address. */
function settingsOf({ region }: AdminConnection): Record<string, string> {
  const { OS_CACERT } = process.env
  return { ...(region ? { OS_REGION_NAME: region } : {}), ...(OS_CACERT ? { OS_CACERT } : {}) }
}

/** Somebody who signs in by the form. */
export interface Traveller {
  user: string
  password: string
  domain: string
  /** The project or region to sign in to, on clouds whose tokens always belong to one. */
  project?: string
}

export interface JourneyWorld {
  people: Record<'olga' | 'rita' | 'ravi', Traveller>
  publisher: { id: string; name: string }
  retail: { id: string }
  lab: { id: string }
  recipients: readonly { id: string }[]
  /** `secret` is the one that can't be shared, `full` the one without a place left. */
  images: Record<'base' | 'web' | 'full' | 'secret', { id: string; name: string }>
  /** Why `secret` can't be shared. */
  refusal: 'private' | 'public'
  /** Images the publisher owns. */
  count: number
  /** Places for members on an image of this cloud. */
  limit: number
  /** Whether the cloud tells the limit when it refuses. */
  tellsLimit: boolean
  /** Status by project id, as the cloud tells the owner. */
  members(imageId: string): Promise<Record<string, string>>
  remove(): Promise<void>
}

/**
 * One owner with 30 images on at least two upstream pages, of which one is private and one has no place left for a
 * member, and two recipients. Made by the public APIs, so that it is the same on a real cloud.
 */
export async function mintJourney(connection: AdminConnection): Promise<JourneyWorld> {
  const world = await mintWorld(connection, {
    projects: { publisher: {}, retail: {}, lab: {}, archive: {}, edge: {} },
    users: {
      olga: { roles: { publisher: ['member'] } },
      rita: { roles: { retail: ['member'] } },
      ravi: { roles: { lab: ['member'] } },
    },
  })
  const { publisher, retail, lab, archive, edge } = world.projects
  const owner = await world.images('olga', 'publisher')
  const make = (name: string, visibility: 'shared' | 'private' = 'shared') =>
    createImage(owner, { name, visibility, data: name })
  const image = async (name: string, visibility?: 'private') => ({ name, id: await make(name, visibility) })

  const images = {
    base: await image('ubuntu-base'),
    web: await image('ubuntu-web'),
    full: await image('ubuntu-everywhere'),
    secret: await image('ubuntu-draft', 'private'),
  }
  let count = Object.keys(images).length
  while (count < imageCount || !(await hasSecondPage(owner, publisher.id))) {
    count += 1
    await make(`ubuntu-${count}`)
  }
  const limit = await fill(owner, images.full.id, [retail.id, lab.id, archive.id])
  const person = (user: 'olga' | 'rita' | 'ravi') => {
    const { name, password, domain } = world.users[user]
    return { user: name, password, domain: domain.name }
  }
  return {
    people: { olga: person('olga'), rita: person('rita'), ravi: person('ravi') },
    publisher,
    retail,
    lab,
    recipients: [retail, lab, archive, edge],
    images,
    refusal: 'private',
    count,
    limit,
    tellsLimit: true,
    members: (imageId: string) => readMembers(owner, imageId),
    remove: world.remove,
  }
}

async function hasSecondPage(owner: Service, project: string): Promise<boolean> {
  const page = await call<{ next?: string }>(owner, 'GET', `/v2/images?owner=${project}&limit=100`)
  return page.next !== undefined
}

/** Gives an image these members, then others until there is no place left. Answers how many there are. */
async function fill(owner: Service, image: string, first: readonly string[]): Promise<number> {
  for (let count = 0; count < mostMembers; count += 1) {
    const member = first[count] ?? randomBytes(16).toString('hex')
    const { status } = await send(owner, 'POST', `/v2/images/${image}/members`, { member })
    if (status === 413 && count > first.length) return count
    if (status !== 200) throw new Error(`Member ${count + 1} of an image was answered with ${status}.`)
  }
  throw new Error(
    `The cloud gave one image ${mostMembers} members. The journey needs one with a member limit.`,
  )
}

async function readMembers(owner: Service, image: string): Promise<Record<string, string>> {
  const path = `/v2/images/${image}/members`
  const { members } = await call<{ members: { member_id: string; status: string }[] }>(owner, 'GET', path)
  return Object.fromEntries(members.map(({ member_id, status }) => [member_id, status]))
}
