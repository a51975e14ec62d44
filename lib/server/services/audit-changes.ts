import 'server-only'
import type { z } from 'zod'
import type { AuditChange, AuditChanges } from '../../contracts/audits'
import type { AuditChangesInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { type AuditRecord, findAudit } from './audit-access'
import { auditDifferences } from './audit-differences'
import { noteAuditView } from './audit-views'
import { getAudit } from './audits'

/** A screen shows no more; the export has all. */
const listedChanges = 2_000

/**
 * What is not as it was in an earlier audit.
 * @throws Refusal `not_found` for an audit of others; `conflict` for one that is not complete or of another reach;
 * `invalid_input` for one that is not earlier
 */
export async function compareAudits(
  ctx: ProjectContext,
  input: Pick<z.output<typeof AuditChangesInput>, 'id' | 'earlier'>,
): Promise<AuditChanges> {
  const [earlier, later] = await comparable(ctx, input)
  await noteAuditView(ctx, later.id)
  await noteAuditView(ctx, earlier.id)
  const changes: AuditChange[] = []
  const counts = { new: 0, gone: 0, answer: 0 }
  let imagesLeftOut = 0
  for await (const part of auditDifferences(ctx.runtime.store.db, earlier, later)) {
    imagesLeftOut += part.imagesLeftOut
    for (const change of part.changes) {
      counts[change.kind] += 1
      if (changes.length < listedChanges) changes.push(change)
    }
  }
  return {
    earlier: await getAudit(ctx, { id: earlier.id }),
    counts,
    changes,
    isCut: counts.new + counts.gone + counts.answer > changes.length,
    imagesLeftOut,
  }
}

/** Two audits that can be held against each other, the earlier one first. @throws Refusal as `compareAudits` */
export async function comparable(
  ctx: ProjectContext,
  { id, earlier }: { id: string; earlier: string },
): Promise<[earlier: AuditRecord, later: AuditRecord]> {
  const [before, after] = [await findAudit(ctx, earlier), await findAudit(ctx, id)]
  if (before.state !== 'complete' || after.state !== 'complete' || before.reach !== after.reach)
    throw new Refusal('conflict')
  if (before.createdAt >= after.createdAt)
    throw new Refusal('invalid_input', { fields: { earlier: 'invalid' } })
  return [before, after]
}
