import { ScopeInput } from '@/lib/contracts/inputs/scope'
import { scopedRead } from '@/lib/server/gate'
import { listOffers } from '@/lib/server/services/incoming'

export const GET = scopedRead('offer.list', ScopeInput, listOffers)
