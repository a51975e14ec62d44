import { ImageIdsInput } from '@/lib/contracts/inputs/images'
import { scopedRead } from '@/lib/server/gate'
import { listMembers } from '@/lib/server/services/images'

export const GET = scopedRead('member.list', ImageIdsInput, listMembers)
