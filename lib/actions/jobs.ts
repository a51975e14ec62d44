'use server'
import { JobIdInput, RetryJobInput, StartJobInput } from '../contracts/inputs/jobs'
import { action, scopedAction } from '../server/gate'
import * as jobs from '../server/services/jobs'

export const startJob = scopedAction('job.start', StartJobInput, jobs.startJob)
export const retryJob = action('job.retry', RetryJobInput, jobs.retryJob)
export const cancelJob = action('job.cancel', JobIdInput, jobs.cancelJob)
export const resumeJob = action('job.resume', JobIdInput, jobs.resumeJob)
