import { JobItemsInput } from '@/lib/contracts/inputs/jobs'
import { read } from '@/lib/server/gate'
import { listJobItems } from '@/lib/server/services/jobs'

export const GET = read('job.list_items', JobItemsInput, listJobItems)
