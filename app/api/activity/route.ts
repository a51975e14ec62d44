import { ActivityPageInput } from '@/lib/contracts/inputs/activity'
import { read } from '@/lib/server/gate'
import { listActivity } from '@/lib/server/services/activity-log'

export const GET = read('activity.list', ActivityPageInput, listActivity)
