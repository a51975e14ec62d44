import { ImageIdsInput } from '@/lib/contracts/inputs/images'
import { scopedRead } from '@/lib/server/gate'
import { listImagesById } from '@/lib/server/services/images'

export const GET = scopedRead('image.list_by_id', ImageIdsInput, listImagesById)
