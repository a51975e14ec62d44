import { createHash } from 'node:crypto'
import type { Cloud } from '../cloud.ts'
import { type ImageSpec, type MemberSpec, mint } from '../control/mint.ts'
import { stableId, stableImageId } from '../ids.ts'
import type { MemberStatus } from '../records.ts'
import { seedBase } from './base.ts'
import { AUDIT_IMAGES, AUDIT_OWNERS, auditShares, DISABLED_PROJECT, EDGE_LABS, FULL } from './demo-audit.ts'
import { OTHER_IMAGES, PLATFORM_IMAGES } from './demo-images.ts'
import people from './demo-users.json' with { type: 'json' }

const DAY = 86_400_000
const MEGABYTE = 1024 * 1024
const OWNER = 'platform-images'
const TEAMS = ['ml-images', 'security-baselines', 'vendor-appliances']
const RECIPIENTS = [
  'retail-prod',
  'retail-stage',
  'data-lake',
  'payments-prod',
  'payments-stage',
  'ml-training',
  'ml-serving',
  'edge-fleet',
  'ci-runners',
  'dev-sandbox',
  'security-lab',
  'bi-reporting',
  'web-cms',
  'partner-acme',
]
const EDGE_SITES = Array.from({ length: 112 }, (_, n) => `edge-site-${`${n + 1}`.padStart(3, '0')}`)
const NEARLY_FULL = 'edge-gateway-2.8.1'
const FAILS = 'sles-15-sp6-fails-503-on-share'
const ROLES: Record<string, [project: string, role: string][]> = {
  ines: [
    [OWNER, 'member'],
    ['dev-sandbox', 'member'],
    ['security-baselines', 'member'],
  ],
  tom: [
    ['retail-prod', 'member'],
    ['retail-stage', 'member'],
    ['data-lake', 'member'],
  ],
  vera: [
    [OWNER, 'reader'],
    ['retail-prod', 'reader'],
  ],
}

/** A cloud in the middle of its working life. The same ids at every start, times relative to now. */
export function seedDemo(cloud: Cloud): void {
  const projectNames = [
    ...[OWNER, ...TEAMS, ...AUDIT_OWNERS, DISABLED_PROJECT],
    ...[...RECIPIENTS, ...EDGE_SITES, ...EDGE_LABS],
  ]
  const passwordOf = (name: string) => people.find((person) => person.name === name)?.password
  seedBase(cloud, passwordOf('admin') ?? 'demo')
  mint(cloud, {
    domains: [{ name: 'Partner', id: stableId('domain', 'Partner') }],
    projects: projectNames.map((name) => ({
      name,
      id: stableId('project', name),
      domain: name.startsWith('partner-') ? 'Partner' : 'default',
      enabled: name !== DISABLED_PROJECT,
    })),
    users: Object.entries(ROLES).map(([name, grants]) => ({
      name,
      id: stableId('user', name),
      password: passwordOf(name),
      email: `${name}@example.test`,
      roles: grants.map(([project, role]) => ({ project, role })),
    })),
    images: [
      ...PLATFORM_IMAGES.map(([name, distro, size, days, extra]) =>
        imageOf(cloud, OWNER, name, distro, size, days, extra),
      ),
      ...[...OTHER_IMAGES, ...AUDIT_IMAGES].map(([owner, ...row]) => imageOf(cloud, owner, ...row)),
    ],
  })
  const offers = [...platformShares(cloud), ...nearlyFull(cloud), ...otherShares(cloud), ...full(cloud)]
  mint(cloud, { members: [...offers, ...auditShares(cloud.clock.now(), imageId)] })
  cloud.faults.add({
    method: 'POST',
    path: `^/v2/images/${imageId(OWNER, FAILS)}/members$`,
    fault: {
      kind: 'answer',
      status: 503,
      body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
    },
  })
}

function imageId(owner: string, name: string): string {
  return stableImageId('image', owner, name)
}

function imageOf(
  cloud: Cloud,
  project: string,
  name: string,
  distro: string,
  megabytes: number,
  daysOld: number,
  { properties, ...extra }: Partial<ImageSpec> = {},
): ImageSpec {
  const id = imageId(project, name)
  const created = cloud.clock.now() - daysOld * DAY
  const hash = (algorithm: string) => createHash(algorithm).update(id).digest('hex')
  const uploaded = extra.status !== 'queued'
  // The number behind the system's name is its version; any other belongs to what the image is for.
  const version = new RegExp(`${distro}(?:-server|-leap)?-(\\d+(?:\\.\\d+)*)`).exec(name)?.[1]
  return {
    project,
    name,
    id,
    created_at: created,
    updated_at: created + (extra.status === 'deactivated' ? 30 : 0.002) * DAY,
    size: uploaded ? megabytes * MEGABYTE + chance(id, 'size', MEGABYTE) : null,
    virtual_size: uploaded && megabytes > 100 ? 10 * Math.ceil(megabytes / 4000) * 1024 * MEGABYTE : null,
    checksum: uploaded ? hash('md5') : null,
    os_hash_algo: uploaded ? 'sha512' : null,
    os_hash_value: uploaded ? hash('sha512') : null,
    os_distro: distro === 'other' ? undefined : distro,
    properties: {
      ...(version ? { os_version: version } : {}),
      architecture: 'x86_64',
      build_pipeline: 'images/nightly',
    },
    ...extra,
  }
}

/** A number below `limit` that depends only on the words. */
function chance(id: string, what: string, limit: number): number {
  return Number.parseInt(stableId(id, what).slice(0, 8), 16) % limit
}

function share(
  cloud: Cloud,
  image: string,
  project: string,
  created: number,
  odds: [number, number],
): MemberSpec {
  const dice = chance(image, project, 100)
  const status: MemberStatus = dice < odds[0] ? 'accepted' : dice < odds[1] ? 'pending' : 'rejected'
  const createdAt = Math.min(
    created + (1 + chance(image, `${project} offered`, 72)) * (DAY / 24),
    cloud.clock.now() - 60_000,
  )
  const answered = Math.min(
    createdAt + chance(image, `${project} answered`, 3 * DAY),
    cloud.clock.now() - 30_000,
  )
  return { image, project, status, createdAt, updatedAt: status === 'pending' ? createdAt : answered }
}

/** Most images of the platform team go to a few projects, golden ones to many; one recipient no longer exists. */
function platformShares(cloud: Cloud): MemberSpec[] {
  return PLATFORM_IMAGES.flatMap(([name, , , days, extra]) => {
    const image = imageId(OWNER, name)
    if ((extra?.visibility ?? 'shared') !== 'shared' || extra?.status === 'queued') return []
    if (name === FAILS || name === NEARLY_FULL) return []
    const most = extra?.tags?.includes('golden') ? 85 : chance(image, 'reach', 60)
    const created = cloud.clock.now() - days * DAY
    const fresh = days < 10
    const to = RECIPIENTS.filter((project) => chance(image, `${project} wanted`, 100) < most)
    const gone = chance(image, 'gone', 12) === 0 ? [stableId('project', 'deleted-long-ago')] : []
    return [...to, ...gone].map((project) =>
      share(cloud, image, project, created, fresh ? [45, 95] : [78, 92]),
    )
  })
}

/** 126 of 128 places taken. */
function nearlyFull(cloud: Cloud): MemberSpec[] {
  return shareAll(cloud, imageId(OWNER, NEARLY_FULL), [...EDGE_SITES, ...RECIPIENTS])
}

/** All of them. */
function full(cloud: Cloud): MemberSpec[] {
  return shareAll(cloud, imageId('edge-fleet', FULL), [...EDGE_SITES, ...EDGE_LABS])
}

function shareAll(cloud: Cloud, image: string, projects: readonly string[]): MemberSpec[] {
  const store = cloud.images()
  const created = store.images.get(image)?.created_at ?? cloud.clock.now()
  return projects.map((project) => share(cloud, image, project, created, [70, 97]))
}

/** Offers of the other teams to the projects of the recipient, in every state. */
function otherShares(cloud: Cloud): MemberSpec[] {
  return OTHER_IMAGES.flatMap(([owner, name, , , days]) => {
    const image = imageId(owner, name)
    if (!TEAMS.includes(owner)) return []
    const created = cloud.clock.now() - days * DAY
    return ['retail-prod', 'retail-stage', 'data-lake', 'ml-training']
      .filter((project) => chance(image, project, 100) < 80)
      .map((project) => share(cloud, image, project, created, [40, 80]))
  })
}
