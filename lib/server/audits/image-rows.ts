import 'server-only'
import { sql } from 'drizzle-orm'
import type { AuditMember, AuditSide } from '../../contracts/audits'
import type { ErrorCode } from '../../contracts/errors'
import { LostLease } from '../jobs/job-rows'
import type { Database } from '../store/store'
import type { AuditRecord, AuditRun } from './audit-rows'

/** An image that was listed and whose members are to be read. */
export interface WaitingImage {
  id: string
  owner: string | null
  visibility: string
  side: AuditSide
  via: string[]
  /** What the lists told of our own rows, for where the member itself may not be read. */
  members: AuditMember[]
}

/** An image as a list told of it. */
export interface ListedImage extends WaitingImage {
  name: string
  status: string
  hidden: boolean
  createdAt: string
  updatedAt: string
}

/** How the reading of an image ended. `gone`: it is no image of ours any more. */
export interface ReadImage {
  id: string
  state: 'read' | 'refused' | 'gone'
  code: ErrorCode | null
  members: AuditMember[]
}

/** The newest complete audit of the same reach that began before `run`, a row of this statement. */
const earlierThan = (run: 'run' | 'fence') =>
  sql.raw(`
      select other.id from audit_snapshot as other, ${run} as run
      where other.cloud = run.cloud and other.region = run.region and other.reach = run.reach
        and (run.reach = 'cloud' or other.user_id = run.user_id)
        and other.state = 'complete' and other.created_at < run.created_at
      order by other.created_at desc limit 1`)

/** What an image of the earlier audit, `before`, was seen to have, or has held behind another visibility since. */
const heldMembers = sql.raw('(jsonb_array_length(before.members) > 0 or before.had_members)')

const held = (run: AuditRun) => sql`id = ${run.id}::uuid and attempt = ${run.attempt} and state = 'running'`

const asWaiting = (row: Record<string, unknown>): WaitingImage => ({
  id: String(row.image_id),
  owner: row.owner === null ? null : String(row.owner),
  visibility: String(row.visibility),
  side: row.side === 'recipient' ? 'recipient' : 'owner',
  via: row.via as string[],
  members: row.members as AuditMember[],
})

/**
 * Stores a page of a list and where the list goes on, at once: whoever goes on after a crash begins there. An image that is
 * known already keeps its row; one offered to several projects gets all of them. Answers the images that are new, and how
 * many there are by now. @throws LostLease
 */
export async function storePage(
  db: Database,
  run: AuditRun,
  images: readonly ListedImage[],
  { list, marker, isCut }: { list: string; marker: string | null; isCut: boolean },
): Promise<{ added: WaitingImage[]; listed: number }> {
  const result = await db.execute(sql`
    with fence as (
      select id, cloud, region, reach, user_id, created_at from audit_snapshot where ${held(run)} for update
    ), earlier as (${earlierThan('fence')}
    ), stored as (
      insert into audit_image (
        audit_id, image_id, name, owner, status, visibility, hidden, created_at, updated_at, side, via, state, members,
        had_members
      )
      select fence.id, given.id, name, owner, status, visibility, hidden, "createdAt", "updatedAt", side, via, 'waiting', members,
        visibility <> 'shared' and exists (
          select 1 from audit_image as before join earlier on before.audit_id = earlier.id
          where before.image_id = given.id and ${heldMembers})
      from fence, jsonb_to_recordset(${JSON.stringify(images)}::jsonb) as given (
        id text, name text, owner text, status text, visibility text, hidden boolean, "createdAt" text, "updatedAt" text,
        side text, via jsonb, members jsonb
      )
      on conflict (audit_id, image_id) do update set
        via = audit_image.via || excluded.via,
        members = case audit_image.side
          when 'owner' then audit_image.members else audit_image.members || excluded.members end
      where excluded.side = 'recipient' and not audit_image.via @> excluded.via
      returning image_id, owner, visibility, side, via, members, jsonb_array_length(via) = 1 as added
    ), moved as (
      update audit_snapshot set
        revision = revision + 1,
        markers = markers || jsonb_build_object(${list}::text, ${marker}::text),
        is_truncated = is_truncated or ${isCut}::boolean,
        images_listed = images_listed + (select count(*) from stored where added)
      from fence where audit_snapshot.id = fence.id returning images_listed
    )
    select moved.images_listed, stored.* from moved left join stored on true`)
  const [first] = result.rows
  if (!first) throw new LostLease()
  return {
    added: result.rows.filter((row) => row.added === true).map(asWaiting),
    listed: Number(first.images_listed),
  }
}

/** The next images of one side whose members are still to be read, in the order of their ids. */
export async function readWaiting(
  db: Database,
  run: AuditRun,
  { side, after, count }: { side: AuditSide; after: string; count: number },
): Promise<WaitingImage[]> {
  const result = await db.execute(sql`
    select image_id, owner, visibility, side, via, members from audit_image
    where audit_id = ${run.id}::uuid and state = 'waiting' and side = ${side} and image_id > ${after}
    order by image_id limit ${count}`)
  return result.rows.map(asWaiting)
}

/** What passed since the last time it was stored. */
export interface Spent {
  calls: number
  activeMs: number
}

/**
 * Stores what was read of some images, each with its place in the order of reading, and counts it. What is gone leaves the
 * audit. @throws LostLease
 */
export async function storeRead(
  db: Database,
  run: AuditRun,
  images: readonly ReadImage[],
  { calls, activeMs }: Spent,
): Promise<void> {
  const kept = images.filter(({ state }) => state !== 'gone')
  const gone = images.filter(({ state }) => state === 'gone').map(({ id }) => id)
  const members = kept.reduce((sum, image) => sum + image.members.length, 0)
  const refused = kept.filter(({ state }) => state === 'refused').length
  const given = JSON.stringify(kept.map((image, at) => ({ ...image, at: at + 1 })))
  const result = await db.execute(sql`
    with fence as (
      update audit_snapshot set
        revision = revision + 1,
        images_listed = images_listed - ${gone.length}::int,
        images_read = images_read + ${kept.length}::int,
        images_refused = images_refused + ${refused}::int,
        members = members + ${members}::int,
        calls = calls + ${calls}::int,
        active_ms = active_ms + ${activeMs}::int
      where ${held(run)} returning id, images_read - ${kept.length}::int as before
    ), stored as (
      update audit_image set
        seq = fence.before + given.at, state = given.state, code = given.code, members = given.members
      from fence, jsonb_to_recordset(${given}::jsonb) as given (at int, id text, state text, code text, members jsonb)
      where audit_image.audit_id = fence.id and audit_image.image_id = given.id
      returning 1
    ), dropped as (
      delete from audit_image using fence, jsonb_array_elements_text(${JSON.stringify(gone)}::jsonb) as given (id)
      where audit_image.audit_id = fence.id and audit_image.image_id = given.id
      returning 1
    )
    select id, (select count(*) from stored) as stored, (select count(*) from dropped) as dropped from fence`)
  if (result.rows.length === 0) throw new LostLease()
}

/**
 * Images that had members in the newest earlier complete audit of the same reach, and that no list of this one has: those
 * may still hold them behind another visibility. In the order of their ids, with the project that read them.
 */
export async function readMissing(
  db: Database,
  run: AuditRecord,
  { after, count }: { after: string; count: number },
): Promise<{ id: string; via: string }[]> {
  const result = await db.execute(sql`
    with run as (
      select cloud, region, reach, user_id, created_at from audit_snapshot where id = ${run.id}::uuid
    ), earlier as (${earlierThan('run')}
    )
    select image_id, via->>0 as via from audit_image as before join earlier on before.audit_id = earlier.id
    where image_id > ${after} and side = 'owner' and ${heldMembers}
      and not exists (
        select 1 from audit_image as now where now.audit_id = ${run.id}::uuid and now.image_id = before.image_id)
    order by image_id limit ${count}`)
  return result.rows.map((row) => ({ id: String(row.image_id), via: String(row.via) }))
}
