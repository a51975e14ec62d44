import 'server-only'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { AuditImage } from '../../contracts/audits'
import { Refusal } from '../refusal'
import { auditImage, auditSnapshot } from '../store/schema'
import type { Database } from '../store/store'

const batchImages = 500
/** Some images have a thousand members; a batch with many of them is shorter. */
const batchMembers = 20_000

/**
 * Images that are read, by id, in the order in which people look for them: by name, then by id.
 * @throws Refusal `not_found` for an audit that is gone
 */
export async function imageKeys(db: Database, auditId: string): Promise<ImageKey[]> {
  const keys = await db
    .select({ id: auditImage.imageId, members: sql<number>`jsonb_array_length(${auditImage.members})` })
    .from(auditImage)
    .where(and(eq(auditImage.auditId, auditId), isNotNull(auditImage.seq)))
    .orderBy(sql`${auditImage.name} collate "C"`, sql`${auditImage.imageId} collate "C"`)
  await confirmKept(db, auditId)
  return keys
}

export interface ImageKey {
  id: string
  members: number
}

/** Cuts keys into parts that can be held in memory whole. */
export function* inBatches<Key extends ImageKey>(keys: readonly Key[]): Generator<Key[]> {
  let batch: Key[] = []
  let members = 0
  for (const key of keys) {
    if (batch.length === batchImages || (batch.length > 0 && members + key.members > batchMembers)) {
      yield batch
      batch = []
      members = 0
    }
    batch.push(key)
    members += key.members
  }
  if (batch.length > 0) yield batch
}

/**
 * These images of an audit, members by project id; those it has not are missing.
 * @throws Refusal `not_found` for an audit that is gone
 */
export async function imagesById(
  db: Database,
  auditId: string,
  ids: readonly string[],
): Promise<Map<string, AuditImage>> {
  const rows = await db
    .select()
    .from(auditImage)
    .where(
      and(eq(auditImage.auditId, auditId), inArray(auditImage.imageId, [...ids]), isNotNull(auditImage.seq)),
    )
  await confirmKept(db, auditId)
  return new Map(rows.map((row) => [row.imageId, toImage(row)]))
}

/**
 * Asked after some of them was read: a file takes as long as its reader, retention may remove an audit meanwhile, and what is
 * left of one is no audit. @throws Refusal `not_found`
 */
export async function confirmKept(db: Database, ...auditIds: [string, ...string[]]): Promise<void> {
  const kept = await db.$count(auditSnapshot, inArray(auditSnapshot.id, auditIds))
  if (kept < auditIds.length) throw new Refusal('not_found')
}

function toImage({
  auditId: _audit,
  imageId,
  seq: _seq,
  state: _state,
  via,
  code,
  members,
  ...facts
}: typeof auditImage.$inferSelect): AuditImage {
  return {
    ...facts,
    id: imageId,
    via: via[0] ?? '',
    refused: code,
    members: members.toSorted((a, b) => compare(a.project, b.project)),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** All images of an audit in their order, a part at a time: so an audit of any size needs no more memory than a small one. */
export async function* auditImages(db: Database, auditId: string): AsyncGenerator<AuditImage[]> {
  for (const batch of inBatches(await imageKeys(db, auditId))) {
    const images = await imagesById(
      db,
      auditId,
      batch.map(({ id }) => id),
    )
    yield batch.flatMap(({ id }) => images.get(id) ?? [])
  }
}
