import 'server-only'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuditMember, AuditMemberTuple, AuditProject, AuditRowsPage } from '../../contracts/audits'
import type { AuditIdInput, AuditRowsInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { auditImage, auditProject } from '../store/schema'
import type { Database } from '../store/store'
import { findAudit } from './audit-access'
import { noteAuditView } from './audit-views'

const pageImages = 500
/** An image can have any number of members: a page ends before it has many more than these, but has one image at least. */
const pageMembers = 20_000

/** What an audit has read behind a place, in the order of reading. Also while it runs. @throws Refusal `not_found` */
export async function listAuditRows(
  ctx: ProjectContext,
  { id, after }: Pick<z.output<typeof AuditRowsInput>, 'id' | 'after'>,
): Promise<AuditRowsPage> {
  await findAudit(ctx, id)
  const { db } = ctx.runtime.store
  const from = Number(after)
  const { last, more } = await pageEnd(db, id, from)
  // A screen that waits for more rows asks often, and is shown nothing. A place to go on from can be made up.
  if (last > from) await noteAuditView(ctx, id)
  const rows = await db
    .select()
    .from(auditImage)
    .where(and(eq(auditImage.auditId, id), gt(auditImage.seq, from), sql`${auditImage.seq} <= ${last}`))
    .orderBy(asc(auditImage.seq))
  const projects = new Map<string, number>()
  const images = rows.map(({ imageId, via, code, members, ...row }) => ({
    id: imageId,
    name: row.name,
    owner: row.owner,
    status: row.status,
    visibility: row.visibility,
    hidden: row.hidden,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    side: row.side,
    via: via[0] ?? '',
    refused: code,
    members: members.map((member) => toTuple(member, projects)),
  }))
  return { images, projects: [...projects.keys()], next: String(last), more }
}

/** Where the page behind a place ends; the place itself when there is nothing. */
async function pageEnd(db: Database, id: string, from: number) {
  const sizes = await db
    .select({ seq: auditImage.seq, members: sql<number>`jsonb_array_length(${auditImage.members})` })
    .from(auditImage)
    .where(and(eq(auditImage.auditId, id), gt(auditImage.seq, from)))
    .orderBy(asc(auditImage.seq))
    .limit(pageImages + 1)
  let members = 0
  let taken = 0
  for (const row of sizes.slice(0, pageImages)) {
    members += row.members
    if (taken > 0 && members > pageMembers) break
    taken += 1
  }
  return { last: sizes[taken - 1]?.seq ?? from, more: sizes.length > taken }
}

function toTuple(
  { project, status, said, type, sharedAt, answeredAt }: AuditMember,
  projects: Map<string, number>,
): AuditMemberTuple {
  const index = projects.get(project) ?? projects.size
  projects.set(project, index)
  const tuple: AuditMemberTuple = [index, letters[status], seconds(sharedAt), seconds(answeredAt)]
  if (said !== undefined || type !== undefined) tuple.push({ said, type })
  return tuple
}

const letters = { pending: 'p', accepted: 'a', rejected: 'r' } as const

/** Seconds since 1970; null too for what is no time. */
function seconds(time: string | null): number | null {
  const ms = time === null ? Number.NaN : Date.parse(time)
  return Number.isNaN(ms) ? null : Math.floor(ms / 1_000)
}

/** What the identity service said of every project of an audit, by id. @throws Refusal `not_found` */
export async function listAuditProjects(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditProject[]> {
  await findAudit(ctx, id)
  await noteAuditView(ctx, id)
  return projectsOf(ctx.runtime.store.db, id)
}

/** The same of an audit the caller was found to see. */
export async function projectsOf(db: Database, auditId: string): Promise<AuditProject[]> {
  const rows = await db
    .select()
    .from(auditProject)
    .where(eq(auditProject.auditId, auditId))
    .orderBy(sql`${auditProject.projectId} collate "C"`)
  return rows.map(({ projectId, name, domainId, domainName, standing }) => ({
    id: projectId,
    name,
    domainId,
    domainName,
    standing,
  }))
}
