import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { defaultPolicy } from '../../contracts/audits'
import { auditImage, auditPolicy, auditProject, auditSnapshot } from '../store/schema'
import type { Store } from '../store/store'

/**
 * Removes the oldest audit that its keeper wants to have no longer: one each time it is called, so that a tick stays
 * short. What is signed off or not over stays, and what nobody set a time for goes after the usual one.
 * @returns the id of the audit that is gone, or null
 */
export async function dropOldAudit({ db }: Pick<Store, 'db'>, now: number): Promise<string | null> {
  return db.transaction(async (tx) => {
    // Locked, so that nobody signs it off meanwhile; skipped where another replica is at it.
    const { rows } = await tx.execute(sql`
      select audit.id from ${auditSnapshot} audit
      left join ${auditPolicy} kept on kept.cloud = audit.cloud
        and kept.keeper = case audit.reach when 'cloud' then '' else audit.user_id end
      where audit.signed_off_at is null and audit.state in ('complete', 'cancelled', 'failed')
        and coalesce(audit.finished_at, audit.created_at) < ${new Date(now).toISOString()}::timestamptz - make_interval(days =>
          case when kept.cloud is null then ${defaultPolicy.keepDays}::int else (kept.policy ->> 'keepDays')::int end)
      order by audit.created_at
      limit 1
      for update of audit skip locked`)
    const id = rows[0] ? String(rows[0].id) : null
    if (id === null) return null
    await tx.delete(auditImage).where(eq(auditImage.auditId, id))
    await tx.delete(auditProject).where(eq(auditProject.auditId, id))
    await tx.delete(auditSnapshot).where(eq(auditSnapshot.id, id))
    return id
  })
}
