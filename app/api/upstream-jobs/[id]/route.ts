import { UpstreamJobInput } from '@/lib/contracts/inputs/jobs'
import { scopedRead } from '@/lib/server/gate'
import { getUpstreamJob } from '@/lib/server/services/upstream-jobs'

export const GET = scopedRead('upstream-job.get', UpstreamJobInput, getUpstreamJob)
