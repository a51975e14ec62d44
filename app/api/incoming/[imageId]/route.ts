import { ImageInput } from '@/lib/contracts/inputs/images'
import { scopedRead } from '@/lib/server/gate'
import { getOffer } from '@/lib/server/services/incoming'

export const GET = scopedRead('offer.get', ImageInput, getOffer)
