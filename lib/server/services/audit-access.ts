import 'server-only'
import { and, eq, or } from 'drizzle-orm'
import type { AuditReach } from '../../contracts/audits'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { auditSnapshot } from '../store/schema'

export type AuditRecord = typeof auditSnapshot.$inferSelect

/**
 * How far an audit from this project would reach. Only Glance 2.5 and later give an administrator's token every image; the
 * Huawei family and ECL have no such token.
 */
export const reachOf = ({ isAdmin, access }: ProjectContext): AuditReach =>
  isAdmin && access.family.image_list === 'glance' && access.family.visibility_model === 'shared'
    ? 'cloud'
    : 'own'

/** Audits the caller may know of: one's own, and with an administrator's token those of the whole cloud. */
export const auditsVisibleTo = (ctx: ProjectContext) =>
  and(
    eq(auditSnapshot.cloud, ctx.session.cloud),
    eq(auditSnapshot.region, ctx.scope.region),
    or(
      and(eq(auditSnapshot.reach, 'own'), eq(auditSnapshot.userId, ctx.session.userId)),
      reachOf(ctx) === 'cloud' ? eq(auditSnapshot.reach, 'cloud') : undefined,
    ),
  )

/** An audit the caller may see. @throws Refusal `not_found`, also for one of others */
export async function findAudit(ctx: ProjectContext, id: string): Promise<AuditRecord> {
  const [row] = await ctx.runtime.store.db
    .select()
    .from(auditSnapshot)
    .where(and(eq(auditSnapshot.id, id), auditsVisibleTo(ctx)))
  if (!row) throw new Refusal('not_found')
  return row
}
