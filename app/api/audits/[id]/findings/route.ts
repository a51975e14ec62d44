import { AuditIdInput } from '@/lib/contracts/inputs/audits'
import { scopedRead } from '@/lib/server/gate'
import { findInAudit } from '@/lib/server/services/audit-findings'

export const GET = scopedRead('audit.find', AuditIdInput, findInAudit)
