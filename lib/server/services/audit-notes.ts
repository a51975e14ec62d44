import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuditSummary } from '../../contracts/audits'
import type { AuditIdInput, AuditNoteInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { auditSnapshot } from '../store/schema'
import { recorded } from './activity'
import { findAudit } from './audit-access'
import { getAudit } from './audits'

/**
 * Writes the note of an audit; the one before is kept in the log.
 * @throws Refusal `not_found`; `conflict` once it is signed off, because the note is what was signed
 */
export async function noteAudit(
  ctx: ProjectContext,
  { id, note }: Pick<z.output<typeof AuditNoteInput>, 'id' | 'note'>,
): Promise<AuditSummary> {
  const before = await findAudit(ctx, id)
  if (before.signedOffAt) throw new Refusal('conflict')
  const targets = { auditId: id, before: before.note, after: note }
  return recorded(ctx, { verb: 'audit.note', targets }, async () => {
    const written = await ctx.runtime.store.db
      .update(auditSnapshot)
      .set({ note })
      .where(and(eq(auditSnapshot.id, id), isNull(auditSnapshot.signedOffAt)))
      .returning({ id: auditSnapshot.id })
    // Somebody signed it off in this very moment.
    if (written.length === 0) throw new Refusal('conflict')
    return { value: await getAudit(ctx, { id }), upstreamRequestId: null }
  })
}

/**
 * Says by name that an audit was looked at. Once and for ever: it can't be taken back or done again, and retention leaves
 * a signed-off audit alone.
 * @throws Refusal `not_found`; `conflict` unless it is complete and nobody has signed it off
 */
export async function signOffAudit(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditSummary> {
  const before = await findAudit(ctx, id)
  if (before.state !== 'complete' || before.signedOffAt) throw new Refusal('conflict')
  return recorded(ctx, { verb: 'audit.sign_off', targets: { auditId: id, note: before.note } }, async () => {
    const signed = await ctx.runtime.store.db
      .update(auditSnapshot)
      .set({ signedOffBy: ctx.session.userName, signedOffAt: new Date(ctx.runtime.clock.now()) })
      .where(
        and(eq(auditSnapshot.id, id), eq(auditSnapshot.state, 'complete'), isNull(auditSnapshot.signedOffAt)),
      )
      .returning({ id: auditSnapshot.id })
    if (signed.length === 0) throw new Refusal('conflict')
    return { value: await getAudit(ctx, { id }), upstreamRequestId: null }
  })
}
