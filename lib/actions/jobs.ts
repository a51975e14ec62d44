'use server'
import { JobIdInput, RetryJobInput, StartJobInput } from '../contracts/inputs/jobs'
import { foundAction, scopedAction } from '../server/gate'
import * as jobs from '../server/services/jobs'

export const startJob = scopedAction('job.start', StartJobInput, jobs.startJob)
export const retryJob = foundAction('job.retry', RetryJobInput, jobs.scopeOfJob, jobs.retryJob)
export const cancelJob = foundAction('job.cancel', JobIdInput, jobs.scopeOfJob, jobs.cancelJob)
export const resumeJob = foundAction('job.resume', JobIdInput, jobs.scopeOfJob, jobs.resumeJob)
