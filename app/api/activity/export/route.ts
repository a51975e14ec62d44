import { ActivityExportInput } from '@/lib/contracts/inputs/activity'
import { download } from '@/lib/server/gate'
import { exportActivity } from '@/lib/server/services/activity-export'

export const GET = download('activity.export', ActivityExportInput, exportActivity)
