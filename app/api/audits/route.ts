import { ScopeInput } from '@/lib/contracts/inputs/scope'
import { scopedRead } from '@/lib/server/gate'
import { listAudits } from '@/lib/server/services/audits'

export const GET = scopedRead('audit.list', ScopeInput, listAudits)
