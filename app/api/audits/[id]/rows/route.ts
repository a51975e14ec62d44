import { AuditRowsInput } from '@/lib/contracts/inputs/audits'
import { scopedRead } from '@/lib/server/gate'
import { listAuditRows } from '@/lib/server/services/audit-rows'

export const GET = scopedRead('audit.list_rows', AuditRowsInput, listAuditRows)
