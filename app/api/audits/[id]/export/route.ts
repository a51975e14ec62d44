import { AuditExportInput } from '@/lib/contracts/inputs/audits'
import { scopedDownload } from '@/lib/server/gate'
import { exportAudit } from '@/lib/server/services/audit-export'

export const GET = scopedDownload('audit.export', AuditExportInput, exportAudit)
