import 'server-only'
import { and, eq, lt, ne } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuditFindings } from '../../contracts/audits'
import type { AuditIdInput } from '../../contracts/inputs/audits'
import { findingsSearch } from '../../util/audit-findings'
import { visibilityAllowsMembers } from '../cloud/family'
import type { ProjectContext } from '../context'
import { auditSnapshot } from '../store/schema'
import { type AuditRecord, auditsVisibleTo, findAudit } from './audit-access'
import { auditImages } from './audit-images'
import { policyOf } from './audit-policy'
import { projectsOf } from './audit-rows'
import { noteAuditView } from './audit-views'
import { memberLimit } from './member-limit'

/** What looks wrong in an audit, by the policy of today, as of the time it was read. @throws Refusal `not_found` */
export async function findInAudit(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditFindings> {
  const audit = await findAudit(ctx, id)
  await noteAuditView(ctx, id)
  return findingsOf(ctx, audit)
}

/** The same of an audit the caller was found to see. */
export async function findingsOf(ctx: ProjectContext, audit: AuditRecord): Promise<AuditFindings> {
  const { store, clock } = ctx.runtime
  const { db } = store
  const [{ policy }, limit, projects, isHeldAgainst] = await Promise.all([
    policyOf(store, audit),
    memberLimit(ctx),
    projectsOf(db, audit.id),
    hasEarlier(ctx, audit),
  ])
  const search = findingsSearch({
    policy,
    limit,
    projects: new Map(projects.map((project) => [project.id, project])),
    allowsMembers: (visibility) => visibilityAllowsMembers(ctx.access.family, visibility),
    hasEarlier: isHeldAgainst,
    now: audit.finishedAt?.getTime() ?? clock.now(),
  })
  for await (const images of auditImages(db, audit.id)) search.add(images)
  return search.result()
}

/** Whether a complete audit of the same reach began before this one. */
async function hasEarlier(ctx: ProjectContext, audit: AuditRecord): Promise<boolean> {
  const [row] = await ctx.runtime.store.db
    .select({ id: auditSnapshot.id })
    .from(auditSnapshot)
    .where(
      and(
        auditsVisibleTo(ctx),
        eq(auditSnapshot.reach, audit.reach),
        eq(auditSnapshot.state, 'complete'),
        lt(auditSnapshot.createdAt, audit.createdAt),
        ne(auditSnapshot.id, audit.id),
      ),
    )
    .limit(1)
  return row !== undefined
}
