import { z } from 'zod'
import { read } from '@/lib/server/gate'
import { listJobs } from '@/lib/server/services/jobs'

export const GET = read('job.list', z.object({}), listJobs)
