import 'server-only'
import type { z } from 'zod'
import type { ExportFormat } from '../../contracts/audits'
import type { AuditExportInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import type { Download } from '../gate'
import { Refusal } from '../refusal'
import { actorIn } from './activity'
import { type AuditRecord, findAudit } from './audit-access'
import { comparable } from './audit-changes'
import { changesSource, type ExportSource, findingsSource, tableSource } from './audit-export-parts'
import { auditWriters, type Facts } from './audit-export-writers'
import { exportFileName, exportStream, fileTime } from './export-file'

type Input = Omit<z.output<typeof AuditExportInput>, 'cloud' | 'region' | 'project'>

/**
 * The table, the findings or the differences of an audit as a file, made while the browser takes it and noted in the log.
 * An audit that is not complete can be exported, and says so in name and head.
 * @throws Refusal `not_found`; for differences as `compareAudits`
 */
export async function exportAudit(ctx: ProjectContext, input: Input): Promise<Download> {
  const { runtime } = ctx
  const { id, what, format, earlier: earlierId, kind } = input
  const audit = await findAudit(ctx, id)
  const [earlier] = what === 'changes' ? await comparable(ctx, { id, earlier: earlierId ?? '' }) : []
  const now = new Date(runtime.clock.now())
  const source = await sourceOf(ctx, input, audit, earlier)
  const head = { ...factsOf(audit, now), ...(kind && { finding: kind }), ...(earlier && since(earlier)) }
  const targets = {
    auditId: id,
    reach: audit.reach,
    what,
    format,
    kind,
    earlier: earlierId,
    requestId: ctx.requestId,
  }
  const row = {
    at: now,
    act: runtime.chance.uuid(),
    verb: 'audit.export',
    ...actorIn(ctx),
    targets,
  }
  const name = [what, kind, earlier && `since-${fileTime(timeOf(earlier))}`].filter(Boolean).join('-')
  const partial = audit.state === 'complete' ? [] : ['partial']
  const parts = ['audit', audit.cloud, audit.region, audit.reach, name, ...partial]
  const { contentType, ending } = auditWriters[format]
  return {
    fileName: exportFileName(parts, timeOf(audit), ending),
    contentType,
    body: await exportStream(runtime, row, (count) => write(format, head, source, count), ctx.signal),
  }
}

async function sourceOf(
  ctx: ProjectContext,
  { what, kind }: Input,
  audit: AuditRecord,
  earlier: AuditRecord | undefined,
): Promise<ExportSource> {
  const { db } = ctx.runtime.store
  if (what === 'table') return tableSource(db, audit, timeOf(audit))
  if (what === 'findings') return findingsSource(ctx, audit, timeOf(audit), kind)
  if (!earlier) throw new Refusal('invalid_input', { fields: { earlier: 'invalid' } })
  return changesSource(db, earlier, audit)
}

async function* write(
  format: ExportFormat,
  head: Facts,
  { columns, parts, leftOut }: ExportSource,
  count: (rows: number) => void,
): AsyncGenerator<string> {
  const writer = auditWriters[format]
  yield writer.head(head, columns)
  let isFirst = true
  for await (const some of parts()) {
    let text = ''
    for (const part of some) {
      text += writer.part(part, columns, isFirst)
      isFirst &&= part.records.length === 0
      count(format === 'hcl' ? part.shares.length : part.records.length)
    }
    if (text !== '') yield text
  }
  yield writer.tail(leftOut ? leftOut() : null)
}

/** The time an audit speaks of. */
const timeOf = ({ finishedAt, startedAt, createdAt }: AuditRecord) => finishedAt ?? startedAt ?? createdAt

const since = (earlier: AuditRecord): Facts => ({
  compared_with: earlier.id,
  compared_with_read_utc: timeOf(earlier).toISOString(),
})

const factsOf = (audit: AuditRecord, now: Date): Facts => ({
  cloud: audit.cloud,
  region: audit.region,
  reach: audit.reach,
  projects: audit.sources.map(({ id, name, code }) => ({ id, name, not_read: code ?? null })),
  audit: audit.id,
  state: audit.state,
  read_utc: timeOf(audit).toISOString(),
  read_by: audit.userName,
  lists_cut: audit.isTruncated,
  images: audit.imagesRead,
  images_not_read: audit.imagesRefused,
  note: audit.note,
  signed_off_by: audit.signedOffBy,
  signed_off_utc: audit.signedOffAt?.toISOString() ?? null,
  exported_utc: now.toISOString(),
})
