import 'server-only'
import { sql } from 'drizzle-orm'
import type { AuditChange, AuditImage } from '../../contracts/audits'
import type { MemberStatus } from '../../contracts/images'
import { auditImage } from '../store/schema'
import type { Database } from '../store/store'
import type { AuditRecord } from './audit-access'
import { confirmKept, type ImageKey, imagesById, inBatches } from './audit-images'
import { projectsOf } from './audit-rows'

/** Some of the differences between two audits. */
export interface DifferencesPart {
  changes: AuditChange[]
  /** Images that can't be compared, because one of the two does not know their members. */
  imagesLeftOut: number
  /** The images they belong to, as the later audit has them. */
  after: ReadonlyMap<string, AuditImage>
}

/**
 * What is new, gone or answered otherwise from one audit to a later one, in the order of image name and id, then project; a
 * part at a time. Where an audit may have missed an image, its members are neither new nor gone.
 * @throws Refusal `not_found` when one of them is removed meanwhile
 */
export async function* auditDifferences(
  db: Database,
  earlier: AuditRecord,
  later: AuditRecord,
): AsyncGenerator<DifferencesPart> {
  const [namesBefore, namesAfter] = [await namesIn(db, earlier.id), await namesIn(db, later.id)]
  const nameOf = (project: string) => namesAfter.get(project) ?? namesBefore.get(project) ?? null
  const missedBefore = missed(earlier)
  const missedAfter = missed(later)
  for (const batch of inBatches(await keysOfBoth(db, earlier.id, later.id))) {
    const ids = batch.map(({ id }) => id)
    const [before, after] = [await imagesById(db, earlier.id, ids), await imagesById(db, later.id, ids)]
    const part: DifferencesPart = { changes: [], imagesLeftOut: 0, after }
    for (const id of ids) {
      const [was, is] = [before.get(id), after.get(id)]
      const isUnknown =
        (was ? was.refused !== null : is && missedBefore(is)) ||
        (is ? is.refused !== null : was && missedAfter(was)) ||
        (was && is && was.side !== is.side)
      if (isUnknown) part.imagesLeftOut += 1
      else part.changes.push(...differences(was, is, nameOf))
    }
    yield part
  }
}

/**
 * Whether an audit without this image may have failed to see it: its lists were cut, or the project it was seen from in the
 * other audit was not read. An administrator sees all of them from any project.
 */
function missed({ reach, sources, isTruncated }: AuditRecord): (image: AuditImage) => boolean {
  const read = new Set(sources.flatMap(({ id, code }) => (code ? [] : [id])))
  return ({ via }) => isTruncated || (reach === 'own' && !read.has(via))
}

function differences(
  was: AuditImage | undefined,
  is: AuditImage | undefined,
  nameOf: (project: string) => string | null,
): AuditChange[] {
  const image = is ?? was
  if (!image) return []
  const [before, after] = [answersOf(was), answersOf(is)]
  const projects = [...new Set([...before.keys(), ...after.keys()])].sort()
  return projects.flatMap((project): AuditChange[] => {
    const [old, now] = [before.get(project) ?? null, after.get(project) ?? null]
    if (old === now) return []
    return [
      {
        kind: old === null ? 'new' : now === null ? 'gone' : 'answer',
        image: { id: image.id, name: image.name, owner: image.owner },
        project,
        projectName: nameOf(project),
        before: old,
        after: now,
      },
    ]
  })
}

const answersOf = (image: AuditImage | undefined): ReadonlyMap<string, MemberStatus> =>
  new Map(image?.members.map(({ project, status }) => [project, status]))

async function namesIn(db: Database, auditId: string): Promise<Map<string, string | null>> {
  return new Map((await projectsOf(db, auditId)).map(({ id, name }) => [id, name]))
}

/** Images of either audit, ordered by their newest name. */
async function keysOfBoth(db: Database, earlier: string, later: string): Promise<ImageKey[]> {
  const of = (auditId: string) =>
    sql`(select image_id, name, jsonb_array_length(members) as members from ${auditImage}
      where audit_id = ${auditId} and seq is not null)`
  const { rows } = await db.execute(sql`
    select coalesce(now.image_id, old.image_id) as id, coalesce(now.members, 0) + coalesce(old.members, 0) as members
    from ${of(later)} now full join ${of(earlier)} old on old.image_id = now.image_id
    order by coalesce(now.name, old.name) collate "C", coalesce(now.image_id, old.image_id) collate "C"`)
  await confirmKept(db, earlier, later)
  return rows.map(({ id, members }) => ({ id: String(id), members: Number(members) }))
}
