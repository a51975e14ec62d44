import { AuditChangesInput } from '@/lib/contracts/inputs/audits'
import { scopedRead } from '@/lib/server/gate'
import { compareAudits } from '@/lib/server/services/audit-changes'

export const GET = scopedRead('audit.compare', AuditChangesInput, compareAudits)
