import type { ImageSpec, MemberSpec } from '../control/mint.ts'
import { stableId } from '../ids.ts'
import type { MemberStatus } from '../records.ts'

type Row = [
  owner: string,
  name: string,
  distro: string,
  megabytes: number,
  daysOld: number,
  extra?: Partial<ImageSpec>,
]

/** Teams that nobody of the demo's people belongs to, but the administrator sees. */
export const AUDIT_OWNERS = ['media-archive', 'research-lab']
export const DISABLED_PROJECT = 'legacy-crm'
export const EDGE_LABS = Array.from({ length: 16 }, (_, n) => `edge-lab-${`${n + 1}`.padStart(2, '0')}`)
/** The image of the edge team whose every place is taken. */
export const FULL = 'edge-probe-agent-1.4.2'

/** What an audit of the whole cloud comes upon: names used twice, images long forgotten, half made or switched off. */
export const AUDIT_IMAGES: readonly Row[] = [
  ['edge-fleet', FULL, 'yocto', 96, 19, { disk_format: 'raw' }],
  ['media-archive', 'transcoder-2023.2', 'ubuntu', 2210, 912, { tags: ['media'] }],
  ['media-archive', 'render-node-5.1', 'rocky', 4120, 63, { tags: ['media'] }],
  // The name of an image of the platform team.
  ['media-archive', 'debian-12-base-20261110', 'debian', 352, 9],
  // Looks like one, with a Cyrillic letter in it.
  ['research-lab', 'r\u043Ecky-9.6-base-20261107', 'rocky', 1124, 12],
  ['research-lab', 'simulation-node-3.1', 'ubuntu', 5140, 141, { os_hidden: true }],
  ['research-lab', 'assay-reader-7', 'windows', 9870, 260, { status: 'deactivated' }],
  ['research-lab', 'notebook-gpu-2026.11', 'ubuntu', 0, 2, { status: 'queued' }],
  ['research-lab', 'open-dataset-tools', 'debian', 640, 57, { visibility: 'community' }],
  // Shared once: its members are still there, and count again when it is shared again.
  ['research-lab', 'billing-engine-4', 'rhel', 3300, 180, { visibility: 'private' }],
]

const gone = (name: string) => stableId('project', name)

/** Image, recipient, answer, days since the offer, and whether it is there twice. A recipient is any text. */
const SHARES: readonly [string, string, MemberStatus, number, boolean?][] = [
  ['transcoder-2023.2', 'web-cms', 'accepted', 910],
  ['transcoder-2023.2', 'web-cms', 'pending', 910, true],
  ['transcoder-2023.2', DISABLED_PROJECT, 'accepted', 880],
  ['transcoder-2023.2', 'bi-reporting', 'pending', 702],
  ['transcoder-2023.2', gone('sunset-erp'), 'accepted', 905],
  ['render-node-5.1', 'ml-serving', 'accepted', 60],
  ['render-node-5.1', DISABLED_PROJECT, 'pending', 58],
  ['render-node-5.1', 'partner-acme', 'accepted', 40],
  ['render-node-5.1', 'ci-runners', 'rejected', 59],
  ['debian-12-base-20261110', 'ml-training', 'accepted', 8],
  ['debian-12-base-20261110', 'web-cms', 'pending', 8],
  ['r\u043Ecky-9.6-base-20261107', 'ml-training', 'pending', 11],
  ['r\u043Ecky-9.6-base-20261107', 'partner-acme', 'accepted', 11],
  ['simulation-node-3.1', 'ml-training', 'accepted', 139],
  // What people give in place of a project's id; the cloud takes it as it is.
  ['simulation-node-3.1', 'Payments Prod', 'pending', 77],
  ['simulation-node-3.1', 'payments-prod@example.test', 'pending', 77],
  ['simulation-node-3.1', '=HYPERLINK("example.test","open")', 'pending', 12],
  ['simulation-node-3.1', '<img src=x onerror=alert(1)>', 'pending', 12],
  ['simulation-node-3.1', 'everyone', 'pending', 3],
  ['assay-reader-7', 'security-lab', 'accepted', 255],
  ['assay-reader-7', gone('merged-warehouse'), 'rejected', 255],
  ['notebook-gpu-2026.11', 'ml-training', 'pending', 1],
  ['billing-engine-4', 'payments-prod', 'accepted', 170],
  ['billing-engine-4', 'payments-stage', 'accepted', 170],
]

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Who has these images; `idOf` tells the id of an image of a team. */
export function auditShares(now: number, idOf: (owner: string, name: string) => string): MemberSpec[] {
  const ownerOf = new Map(AUDIT_IMAGES.map(([owner, name]) => [name, owner]))
  return SHARES.map(([name, project, status, daysAgo, isTwin = false]) => {
    const createdAt = now - daysAgo * DAY
    const updatedAt = status === 'pending' ? createdAt : createdAt + 5 * HOUR
    return { image: idOf(ownerOf.get(name) ?? '', name), project, status, createdAt, updatedAt, isTwin }
  })
}
