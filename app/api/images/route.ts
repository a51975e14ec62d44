import { ImagePageInput } from '@/lib/contracts/inputs/images'
import { scopedRead } from '@/lib/server/gate'
import { listImages } from '@/lib/server/services/images'

export const GET = scopedRead('image.list', ImagePageInput, listImages)
