import { ImageInput } from '@/lib/contracts/inputs/images'
import { scopedRead } from '@/lib/server/gate'
import { getImage } from '@/lib/server/services/images'

export const GET = scopedRead('image.get', ImageInput, getImage)
