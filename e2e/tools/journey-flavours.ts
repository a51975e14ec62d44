import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CloudNaming } from '../../lib/contracts/session.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import type { Flavour } from '../mock-cloud/flavours.ts'
import { newId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import type { Settings } from '../mock-cloud/settings.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'
import type { JourneyWorld, Traveller } from './journey-cloud.ts'

/** What of a kind of cloud the journey has to know. */
interface Kind {
  naming: CloudNaming
  tellsLimit: boolean
  /** The calls that share. */
  adds: { method: string; path: string }
  /** Calls that the journey cannot do without there. */
  proof: string
  settings?: Partial<Settings>
}

const batchAdds = { method: 'POST', path: '^/v1/cloudimages/members$' }
const nativeAdds = { method: 'POST', path: '^/v2/images/[^/]+/members$' }

/** The kinds of clouds that only the fake can be. */
export const kinds = {
  otc: { naming: 'account', tellsLimit: false, adds: batchAdds, proof: '^/v1/[0-9a-f]{32}/jobs/' },
  huawei: {
    naming: 'account',
    tellsLimit: false,
    adds: batchAdds,
    proof: '^/v1/cloudimages/job/',
    // The newer place where jobs are read, alone.
    settings: { jobEndpoints: ['progress'] },
  },
  ecl: { naming: 'keystone', tellsLimit: true, adds: nativeAdds, proof: '^/v2/images/[^/]+/members$' },
} satisfies Partial<Record<Flavour, Kind>>
export type KindName = keyof typeof kinds

export interface FlavouredCloud {
  dashboard: Dashboard
  controls: MockCloud
  close(): Promise<void>
}

const region = 'eu-de'
const quota = 5
const count = 30
const password = 'a password of the fake cloud'

/** A fake cloud of a kind, and a dashboard that knows it by a clouds.yaml. */
export async function openFlavouredCloud(kind: KindName): Promise<FlavouredCloud> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-journey-'))
  const running = await startMockCloud({ flavour: kind, regions: [region] })
  const controls = new MockCloud(running.controlUrl)
  const { naming, settings }: Kind = kinds[kind]
  await controls.set({ ...settings, memberQuota: quota, listLimits: { default: 25, max: 25 } })
  const file = join(dataDir, 'clouds.yaml')
  const cloud = { auth: { auth_url: running.authUrl }, region_name: region, shareboard: { naming } }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ clouds: { [kind]: cloud } }))
  const env = { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: kind }
  const dashboard = await startDashboard({ authUrl: '', dataDir, env })
  return {
    dashboard,
    controls,
    async close() {
      await dashboard.stop()
      await running.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The journey's world, made past the clouds' APIs, which differ too much. Projects are named as they are there. */
export async function mintFlavouredJourney(controls: MockCloud, kind: KindName): Promise<JourneyWorld> {
  const { naming, tellsLimit } = kinds[kind]
  const nameOf = (project: string) => `${region}_${project}`
  const users = { olga: nameOf('publisher'), rita: nameOf('retail'), ravi: nameOf('lab') }
  const own = { project: nameOf('publisher'), visibility: 'private' } as const
  const named = ['ubuntu-base', 'ubuntu-web', 'ubuntu-everywhere'].map((name) => ({ ...own, name }))
  const open = { ...own, name: 'ubuntu-public', visibility: 'public', ims: { gold: true } } as const
  const minted = await controls.mint({
    projects: ['publisher', 'retail', 'lab', 'archive', 'edge'].map((name) => ({ name: nameOf(name) })),
    users: Object.entries(users).map(([name, project]) => ({ name, password, roles: [{ project }] })),
    images: [...named, open, { ...own, name: 'ubuntu', count: count - named.length - 1 }],
  })
  const project = (name: string) => ({ id: minted.projects[nameOf(name)] ?? '', name: nameOf(name) })
  const image = (name: string) => ({ id: minted.images[name] ?? '', name })
  const [retail, lab, archive, edge] = [
    project('retail'),
    project('lab'),
    project('archive'),
    project('edge'),
  ]
  const full = image('ubuntu-everywhere')
  const taken = [retail.id, lab.id, archive.id, newId(), newId()]
  await controls.mintMembers(taken.map((id) => ({ image: full.id, project: id })))
  const person = (user: keyof typeof users): Traveller => ({
    user,
    password,
    domain: 'Default',
    ...(naming === 'account' ? { project: users[user] } : {}),
  })
  return {
    people: { olga: person('olga'), rita: person('rita'), ravi: person('ravi') },
    publisher: project('publisher'),
    retail,
    lab,
    recipients: [retail, lab, archive, edge],
    images: { base: image('ubuntu-base'), web: image('ubuntu-web'), full, secret: image('ubuntu-public') },
    refusal: 'public',
    count,
    limit: quota,
    tellsLimit,
    async members(imageId) {
      const { members } = await controls.image(imageId)
      return Object.fromEntries(members.map(({ memberId, status }) => [memberId, status]))
    },
    remove: async () => {},
  }
}
