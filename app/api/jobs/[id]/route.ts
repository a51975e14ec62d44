import { JobIdInput } from '@/lib/contracts/inputs/jobs'
import { read } from '@/lib/server/gate'
import { getJob } from '@/lib/server/services/jobs'

export const GET = read('job.get', JobIdInput, getJob)
