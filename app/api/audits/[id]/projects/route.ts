import { AuditIdInput } from '@/lib/contracts/inputs/audits'
import { scopedRead } from '@/lib/server/gate'
import { listAuditProjects } from '@/lib/server/services/audit-rows'

export const GET = scopedRead('audit.list_projects', AuditIdInput, listAuditProjects)
