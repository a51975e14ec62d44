import 'server-only'
import type { AuditImage, AuditMember, AuditProject } from '../../contracts/audits'

export type Cell = string | number | boolean | null

/** What is known of projects, by id. */
export type Names = ReadonlyMap<string, AuditProject>

/** The columns of an image. */
export const imageColumns = [
  'image_name',
  'image_id',
  'owner_name',
  'owner_id',
  'image_status',
  'visibility',
  'hidden',
  'image_created_utc',
  'image_updated_utc',
] as const

/** The columns of a member; times are UTC, the age is in days up to the time the audit was read. */
export const memberColumns = [
  'recipient_name',
  'recipient_id',
  'recipient_domain_name',
  'recipient_domain_id',
  'recipient_standing',
  'recipient_type',
  'status',
  'status_said',
  'shared_utc',
  'answered_utc',
  'age_days',
] as const
/** What the columns of an image hold. */
export function imageCells(image: AuditImage, names: Names): Cell[] {
  return [
    image.name,
    image.id,
    (image.owner !== null && names.get(image.owner)?.name) || null,
    image.owner,
    image.status,
    image.visibility,
    image.hidden,
    utc(image.createdAt),
    utc(image.updatedAt),
  ]
}

const dayMs = 86_400_000

/** What the columns of a member hold; nothing where there is none. */
export function memberCells(member: AuditMember | null, names: Names, readAt: Date): Cell[] {
  if (!member) return memberColumns.map(() => null)
  const known = names.get(member.project)
  const shared = utc(member.sharedAt)
  return [
    known?.name ?? null,
    member.project,
    known?.domainName ?? null,
    known?.domainId ?? null,
    known?.standing ?? null,
    member.type ?? null,
    member.status,
    member.said ?? null,
    shared,
    utc(member.answeredAt),
    shared === null ? null : Math.max(0, Math.floor((readAt.getTime() - Date.parse(shared)) / dayMs)),
  ]
}

/** A time of the cloud's in the one form; null for what is none. */
function utc(time: string | null): string | null {
  const ms = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
