import { AuditIdInput } from '@/lib/contracts/inputs/audits'
import { scopedRead } from '@/lib/server/gate'
import { getAudit } from '@/lib/server/services/audits'

export const GET = scopedRead('audit.get', AuditIdInput, getAudit)
