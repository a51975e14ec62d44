import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import {
  type AuditPolicy,
  type AuditPolicyView,
  type AuditReach,
  defaultPolicy,
} from '../../contracts/audits'
import type { SavePolicyInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { auditPolicy } from '../store/schema'
import type { Database } from '../store/store'
import { recorded } from './activity'
import { reachOf } from './audit-access'

/** Whose policy counts: the administrators of a cloud keep one together, everybody else an own one. */
const keeperOf = (reach: AuditReach, userId: string) => (reach === 'cloud' ? '' : userId)

/** The policy a keeper has, or the one to begin with. */
export async function policyOf(
  { db }: { db: Database },
  { cloud, reach, userId }: { cloud: string; reach: AuditReach; userId: string },
): Promise<Pick<AuditPolicyView, 'policy' | 'changed'>> {
  const [row] = await db
    .select()
    .from(auditPolicy)
    .where(and(eq(auditPolicy.cloud, cloud), eq(auditPolicy.keeper, keeperOf(reach, userId))))
  if (!row) return { policy: defaultPolicy, changed: null }
  return {
    // One stored before a setting was added lacks it.
    policy: { ...defaultPolicy, ...row.policy },
    changed: { by: row.changedBy, at: row.changedAt.toISOString() },
  }
}

/** The policy that counts for audits from the context's project. */
export async function getPolicy(ctx: ProjectContext): Promise<AuditPolicyView> {
  const reach = reachOf(ctx)
  const { cloud, userId } = ctx.session
  return { ...(await policyOf(ctx.runtime.store, { cloud, reach, userId })), reach }
}

/**
 * Replaces it, and logs what it was and what it is. Names given twice are kept once.
 * @throws Refusal `conflict` when somebody else has changed it since it was seen
 */
export async function savePolicy(
  ctx: ProjectContext,
  { policy: given, seen }: Pick<z.output<typeof SavePolicyInput>, 'policy' | 'seen'>,
): Promise<AuditPolicyView> {
  const before = await getPolicy(ctx)
  if ((before.changed?.at ?? null) !== seen) throw new Refusal('conflict')
  const policy: AuditPolicy = {
    ...given,
    trustedDomains: [...new Set(given.trustedDomains)],
    trustedProjects: [...new Set(given.trustedProjects)],
  }
  const { store, clock } = ctx.runtime
  const targets = {
    reach: before.reach,
    before: JSON.stringify(before.policy),
    after: JSON.stringify(policy),
  }
  return recorded(ctx, { verb: 'audit.policy', targets }, async () => {
    const changed = { policy, changedBy: ctx.session.userName, changedAt: new Date(clock.now()) }
    const saved = await store.db
      .insert(auditPolicy)
      .values({ cloud: ctx.session.cloud, keeper: keeperOf(before.reach, ctx.session.userId), ...changed })
      .onConflictDoUpdate({
        target: [auditPolicy.cloud, auditPolicy.keeper],
        set: {
          policy: sql`excluded.policy`,
          changedBy: sql`excluded.changed_by`,
          changedAt: sql`excluded.changed_at`,
        },
        // In this very moment somebody else may save as well.
        setWhere: seen === null ? sql`false` : eq(auditPolicy.changedAt, new Date(seen)),
      })
      .returning({ keeper: auditPolicy.keeper })
    if (saved.length === 0) throw new Refusal('conflict')
    return { value: await getPolicy(ctx), upstreamRequestId: null }
  })
}
