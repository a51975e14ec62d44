import 'server-only'
import type {
  ImageDetail,
  ImageSummary,
  Member,
  ShareCaution,
  ShareObstacle,
  Visibility,
} from '../../contracts/images'
import type { ProjectRef } from '../../contracts/scope'
import { type CloudFamily, visibilityAllowsMembers } from '../cloud/family'
import type { GlanceImage, GlanceMember } from '../cloud/glance'
import { type ImsFacts, imsFacts } from '../cloud/ims-images'

const visibilities: readonly string[] = ['private', 'shared', 'community', 'public']

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What IMS alone says of an image. Another cloud's owners may write the same fields, so there they mean nothing. */
const factsOf = (image: GlanceImage, family: CloudFamily): ImsFacts | null =>
  family.visibility_model === 'any' ? imsFacts(image) : null

/** Names the system as IMS does, or from the properties Glance documents for it (`os_distro`, `os_version`). */
function osOf(image: GlanceImage, facts: ImsFacts | null): string | null {
  if (facts?.system) return facts.system
  const distro = text(image.os_distro) ?? text(image.os_type)
  if (distro === null) return null
  const version = text(image.os_version)
  return version === null ? distro : `${distro} ${version}`
}

/**
 * Why the cloud would refuse to share an own image. Only what no source allows is an obstacle (OTC API reference,
 * "Restrictions on image sharing"); Glance shares an image in whatever status it is.
 */
export function shareObstacleOf(image: GlanceImage, family: CloudFamily): ShareObstacle | null {
  if (!visibilityAllowsMembers(family, image.visibility)) return 'visibility'
  const facts = factsOf(image, family)
  if (facts === null) return null
  if (facts.market) return 'marketplace'
  return image.status.toLowerCase() === 'active' && facts.registered ? null : 'not_active'
}

/** Whether it is an image of a whole server, which a recipient takes into a backup vault (IMS). */
export const isFullServer = (image: GlanceImage, family: CloudFamily): boolean =>
  factsOf(image, family)?.fullServer ?? false

function cautionsOf(facts: ImsFacts | null): ShareCaution[] {
  return [
    ...(facts?.encrypted ? (['encrypted'] as const) : []),
    ...(facts?.fullServer ? (['full_server'] as const) : []),
  ]
}

/** What a row of a list needs of an image, and nothing else of it. */
export function toSummary(image: GlanceImage, family: CloudFamily): ImageSummary {
  const facts = factsOf(image, family)
  return {
    id: image.id,
    name: image.name ?? '',
    status: image.status,
    visibility: visibilities.includes(image.visibility) ? (image.visibility as Visibility) : 'unknown',
    owner: image.owner ?? null,
    os: osOf(image, facts),
    sizeBytes: image.size ?? null,
    diskFormat: image.disk_format ?? null,
    containerFormat: image.container_format ?? null,
    hidden: image.os_hidden ?? false,
    protected: image.protected ?? false,
    tags: image.tags ?? [],
    shareObstacle: shareObstacleOf(image, family),
    cautions: cautionsOf(facts),
    createdAt: image.created_at,
    updatedAt: image.updated_at,
  }
}

/** Fields we know or never show: addresses of data, and what Glance keeps for itself. */
const notProperties = new Set([
  ...[
    'id',
    'name',
    'status',
    'visibility',
    'owner',
    'size',
    'virtual_size',
    'disk_format',
    'container_format',
  ],
  ...['min_disk', 'min_ram', 'protected', 'os_hidden', 'checksum', 'os_hash_algo', 'os_hash_value', 'tags'],
  ...['created_at', 'updated_at', 'self', 'file', 'schema', 'direct_url', 'locations', 'stores'],
])
const maxProperties = 128

/** Fields without those two lines that IMS writes itself (OTC API reference, "Querying images"). */
const imsProperties = new Set(['active_at', 'enterprise_project_id', 'virtual_env_type'])

/** On IMS the fields with two lines before their name are the cloud's, all but the description its owner wrote. */
const isOwners = (key: string, family: CloudFamily) =>
  !notProperties.has(key) &&
  !key.startsWith('os_glance_') &&
  (family.visibility_model !== 'any' ||
    (!imsProperties.has(key) && (!key.startsWith('__') || key === '__description')))

/** An image with everything a page or a decision needs. */
export function toDetail(image: GlanceImage, family: CloudFamily): ImageDetail {
  const properties = Object.entries(image)
    .filter(([key, value]) => text(value) !== null && isOwners(key, family))
    .map(([key, value]) => ({ key, value: String(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, maxProperties)
  return {
    ...toSummary(image, family),
    virtualSizeBytes: image.virtual_size ?? null,
    minDiskGb: image.min_disk ?? 0,
    minRamMb: image.min_ram ?? 0,
    checksum: image.checksum ?? null,
    hashAlgo: image.os_hash_algo ?? null,
    hashValue: image.os_hash_value ?? null,
    properties,
  }
}

/** Names of projects as far as the cloud tells them to this user. */
export const nameFrom = (projects: readonly ProjectRef[]) => {
  const names = new Map(projects.map((project) => [project.id, project.name]))
  return (id: string) => names.get(id) ?? null
}

const isProject = ({ member_type }: GlanceMember) => (member_type ?? 'project').toLowerCase() === 'project'

/**
 * Members as rows, one per project: a race inside Glance can leave two rows for one project, of which the first to be
 * answered counts.
 */
export function toMembers(rows: readonly GlanceMember[], nameOf: (id: string) => string | null): Member[] {
  const byProject = new Map<string, Member>()
  for (const row of rows) {
    const known = byProject.get(row.member_id)
    if (known) known.twice = true
    if (known && known.status !== 'pending') continue
    byProject.set(row.member_id, {
      project: row.member_id,
      projectName: nameOf(row.member_id),
      status: row.status,
      sharedAt: row.created_at,
      answeredAt: row.status === 'pending' || row.updated_at === '' ? null : row.updated_at,
      ...(isProject(row) ? {} : { type: row.member_type ?? '' }),
      ...(row.said === null ? {} : { said: row.said }),
      ...(known ? { twice: true } : {}),
    })
  }
  return [...byProject.values()].sort((a, b) =>
    (a.projectName ?? a.project).localeCompare(b.projectName ?? b.project),
  )
}
