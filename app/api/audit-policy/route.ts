import { ScopeInput } from '@/lib/contracts/inputs/scope'
import { scopedRead } from '@/lib/server/gate'
import { getPolicy } from '@/lib/server/services/audit-policy'

export const GET = scopedRead('audit.get_policy', ScopeInput, getPolicy)
