import 'server-only'
import type { ImageDetail, ImageSummary, Member, Visibility } from '../../contracts/images'
import type { ProjectRef } from '../../contracts/scope'
import type { GlanceImage, GlanceMember } from '../cloud/glance'

const visibilities: readonly string[] = ['private', 'shared', 'community', 'public']

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Names the system from the properties Glance documents for it (`os_distro`, `os_version`). */
function osOf(image: GlanceImage): string | null {
  const distro = text(image.os_distro) ?? text(image.os_type)
  if (distro === null) return null
  const version = text(image.os_version)
  return version === null ? distro : `${distro} ${version}`
}

/** What a row of a list needs of an image, and nothing else of it. */
export function toSummary(image: GlanceImage): ImageSummary {
  return {
    id: image.id,
    name: image.name ?? '',
    status: image.status,
    visibility: visibilities.includes(image.visibility) ? (image.visibility as Visibility) : 'unknown',
    owner: image.owner ?? null,
    os: osOf(image),
    sizeBytes: image.size ?? null,
    diskFormat: image.disk_format ?? null,
    containerFormat: image.container_format ?? null,
    hidden: image.os_hidden ?? false,
    protected: image.protected ?? false,
    tags: image.tags ?? [],
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

export function toDetail(image: GlanceImage): ImageDetail {
  const properties = Object.entries(image)
    .filter(
      ([key, value]) => typeof value === 'string' && !notProperties.has(key) && !key.startsWith('os_glance_'),
    )
    .map(([key, value]) => ({ key, value: String(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, maxProperties)
  return {
    ...toSummary(image),
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

/**
 * Members as rows, one per project: a race inside Glance can leave two rows for one project, of which the first to be
 * answered counts.
 */
export function toMembers(rows: readonly GlanceMember[], nameOf: (id: string) => string | null): Member[] {
  const byProject = new Map<string, Member>()
  for (const row of rows) {
    const known = byProject.get(row.member_id)
    if (known && known.status !== 'pending') continue
    byProject.set(row.member_id, {
      project: row.member_id,
      projectName: nameOf(row.member_id),
      status: row.status,
      sharedAt: row.created_at,
      answeredAt: row.status === 'pending' ? null : row.updated_at,
    })
  }
  return [...byProject.values()].sort((a, b) =>
    (a.projectName ?? a.project).localeCompare(b.projectName ?? b.project),
  )
}
