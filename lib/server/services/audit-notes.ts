import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuditSummary } from '../../contracts/audits'
import type { AuditNoteInput, SignOffInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { auditSnapshot } from '../store/schema'
import { recorded } from './activity'
import { type AuditRecord, findAudit } from './audit-access'
import { getAudit } from './audits'

/**
 * Writes the note of an audit; the one before is kept in the log.
 * @throws Refusal `not_found`; `conflict` once it is signed off, because the note is what was signed, and for a note that is
 *   not as its writer saw it
 */
export async function noteAudit(
  ctx: ProjectContext,
  { id, before, note }: Pick<z.output<typeof AuditNoteInput>, 'id' | 'before' | 'note'>,
): Promise<AuditSummary> {
  const audit = await findAudit(ctx, id)
  if (audit.signedOffAt || ![before, note].includes(audit.note)) throw new Refusal('conflict')
  const targets = { auditId: id, reach: audit.reach, before: audit.note, after: note }
  return recorded(ctx, { verb: 'audit.note', targets }, () => change(ctx, audit, { note }))
}

/**
 * Says by name that an audit was looked at. Once and for ever: it can't be taken back or done again, and retention leaves
 * a signed-off audit alone.
 * @throws Refusal `not_found`; `conflict` unless it is complete, nobody has signed it off and the note is the one signed
 */
export async function signOffAudit(
  ctx: ProjectContext,
  { id, note }: Pick<z.output<typeof SignOffInput>, 'id' | 'note'>,
): Promise<AuditSummary> {
  const audit = await findAudit(ctx, id)
  if (audit.state !== 'complete' || audit.signedOffAt || audit.note !== note) throw new Refusal('conflict')
  const targets = { auditId: id, reach: audit.reach, note }
  const signed = { signedOffBy: ctx.session.userName, signedOffAt: new Date(ctx.runtime.clock.now()) }
  return recorded(ctx, { verb: 'audit.sign_off', targets }, () => change(ctx, audit, signed))
}

/** Changes an audit that is still as it was found, or refuses: somebody else may be at it in this very moment. */
async function change(
  ctx: ProjectContext,
  { id, note }: AuditRecord,
  to: Partial<Pick<AuditRecord, 'note' | 'signedOffBy' | 'signedOffAt'>>,
) {
  const changed = await ctx.runtime.store.db
    .update(auditSnapshot)
    .set(to)
    .where(and(eq(auditSnapshot.id, id), eq(auditSnapshot.note, note), isNull(auditSnapshot.signedOffAt)))
    .returning({ id: auditSnapshot.id })
  if (changed.length === 0) throw new Refusal('conflict')
  return { value: await getAudit(ctx, { id }), upstreamRequestId: null }
}
