'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelJob, resumeJob, retryJob, startJob } from '../actions/jobs'
import type { JobKind, JobView } from '../contracts/jobs'
import type { Scope } from '../contracts/scope'
import { callAction } from './call-action'
import { applyJobEffects } from './job-effects'
import { jobs } from './jobs'
import { useClickKey } from './use-click-key'

export interface StartJobRequest {
  scope: Scope
  kind: JobKind
  images: string[]
  projects: string[]
  except?: [image: string, project: string][]
  /** The pairs themselves, as indexes into both, where they are no rectangle. */
  only?: [image: number, project: number][]
  /** Images on which one of the projects stands more than once. */
  twice?: string[]
  /** The backup vault that full-server images are accepted into. */
  vaultId?: string
}

/** Keeps the lists honest after a job touched members. */
function useJobSettled() {
  const client = useQueryClient()
  return (job: JobView) => {
    client.setQueryData(jobs.detail(job.id).queryKey, job)
    void client.invalidateQueries({ queryKey: jobs.list().queryKey })
    applyJobEffects(client, job)
  }
}

/** Starts a bulk act. Answers with the job, finished already when it took less than a second. */
export function useStartJob() {
  const settled = useJobSettled()
  const key = useClickKey()
  return useMutation({
    mutationFn: (request: StartJobRequest) => {
      const { scope, ...wish } = request
      return callAction(startJob, { ...scope, except: [], ...wish, idempotencyKey: key.keyFor(request) })
    },
    onSuccess: (job) => {
      key.spent()
      settled(job)
    },
  })
}

/** Sends nothing more; what is in flight is finished and recorded. */
export function useCancelJob() {
  const settled = useJobSettled()
  return useMutation({ mutationFn: (id: string) => callAction(cancelJob, { id }), onSuccess: settled })
}

/** Goes on with a job that waits for its owner to be signed in. */
export function useResumeJob() {
  const settled = useJobSettled()
  return useMutation({ mutationFn: (id: string) => callAction(resumeJob, { id }), onSuccess: settled })
}

/** Starts a new job with the failed pairs of a finished one. */
export function useRetryJob() {
  const settled = useJobSettled()
  const key = useClickKey()
  return useMutation({
    mutationFn: (id: string) => callAction(retryJob, { id, idempotencyKey: key.keyFor(id) }),
    onSuccess: (job) => {
      key.spent()
      settled(job)
    },
  })
}
