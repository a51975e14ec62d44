import type { Cloud } from '../cloud.ts'
import { newId } from '../ids.ts'
import type { LedgerEntry, Pair } from '../ledger.ts'

export type JobType = 'imsAddImageMembersJob' | 'imsDelImageMembersJob' | 'imsUpdateImageMembersJob'
export type JobState = 'INIT' | 'RUNNING' | 'SUCCESS' | 'FAIL'

/** How one or more of the next jobs go; what is left out goes as usual. */
export type JobPlan = {
  /** What the job says in the end. SUCCESS changes all pairs, FAIL none, unless `skipPairs` says otherwise. */
  outcome?: 'SUCCESS' | 'FAIL'
  /** What a failed job says about it; IMG.0112 when left out. */
  errorCode?: string
  failReason?: string
  /** Pairs that stay as they are: so many of the last ones, or these. */
  skipPairs?: number | Pair[]
  /** The job stays RUNNING and changes nothing until it is released. */
  never?: boolean
  /** Reading the job is answered with this status; the members change as soon as the job is accepted. */
  unreadable?: 400 | 403 | 404
  /** Overrides the setting `imsJobEffect`. */
  effect?: 'start' | 'end'
  /** Put over the answer of the finished job, to try other shapes of it. */
  fields?: Record<string, unknown>
  /** How many jobs it is for; 1 when left out. */
  times?: number
}

/** One pair of a job: does its part and says what became of it: a change, nothing to do, or the code of a fault. */
export type PairWork = { pair: Pair; apply: () => 'changed' | 'same' | { code: string } }

export type Job = {
  id: string
  type: JobType
  /** The project whose token started it; no other may read it. */
  projectId: string
  state: JobState
  errorCode: string | null
  failReason: string | null
  /** Pairs that the job could not change. */
  failed: Pair[]
  images: string[]
  polls: number
  startedAt: number
  endedAt: number | null
  plan: JobPlan
  work: PairWork[]
  applied: boolean
  /** The call that started it. */
  entry: LedgerEntry
}

/** A job as a test sees it; `startedBy` is the number of the call that started it. */
export type JobView = Pick<Job, 'id' | 'type' | 'projectId' | 'state' | 'errorCode' | 'polls'> & {
  startedBy: number
  pairs: Pair[]
  changedPairs: Pair[]
}

/** The jobs of the batch calls. A job gets on when it is polled, and ends by the clock when it is not. */
export class JobList {
  readonly #jobs = new Map<string, Job>()
  readonly #plans: JobPlan[] = []

  /** Accepts a job. */
  start(
    cloud: Cloud,
    wanted: { type: JobType; projectId: string; work: PairWork[]; entry: LedgerEntry },
  ): Job {
    const plan = this.#nextPlan()
    const job: Job = {
      ...wanted,
      id: newId(),
      state: 'INIT',
      errorCode: null,
      failReason: null,
      failed: [],
      images: [...new Set(wanted.work.map(({ pair }) => pair[0]))],
      polls: 0,
      startedAt: cloud.clock.now(),
      endedAt: null,
      plan,
      applied: false,
    }
    this.#jobs.set(job.id, job)
    wanted.entry.jobId = job.id
    const effect = plan.effect ?? (plan.unreadable ? 'start' : cloud.settings.imsJobEffect)
    if (effect === 'start' && !plan.never) this.#apply(cloud, job)
    return job
  }

  /** A job of the project after one more look at it, or nothing. */
  poll(cloud: Cloud, id: string, projectId: string | null): Job | undefined {
    const job = this.#jobs.get(id)
    if (job?.projectId !== projectId) return undefined
    job.polls += 1
    if (job.endedAt === null && job.polls > 1) job.state = 'RUNNING'
    if (!job.plan.never && job.polls > cloud.settings.imsJobPolls) this.#end(cloud, job)
    return job
  }

  /** Ends the jobs whose time is over. */
  settle(cloud: Cloud): void {
    const longest = cloud.settings.imsJobSeconds * 1000
    for (const job of this.#jobs.values()) {
      if (job.endedAt !== null || job.plan.never) continue
      if (cloud.clock.now() - job.startedAt >= longest) this.#end(cloud, job)
    }
  }

  /** Says how the next jobs go. */
  plan(plan: JobPlan): void {
    for (let n = plan.times ?? 1; n > 0; n -= 1) this.#plans.push(plan)
  }

  /** Ends the jobs that were planned never to end, or one of them. Returns how many. */
  release(cloud: Cloud, id?: string): number {
    const waiting = [...this.#jobs.values()].filter(
      (job) => job.plan.never && job.endedAt === null && (id === undefined || job.id === id),
    )
    for (const job of waiting) this.#end(cloud, job)
    return waiting.length
  }

  views(): JobView[] {
    return [...this.#jobs.values()].map(({ id, type, projectId, state, errorCode, polls, work, entry }) => ({
      id,
      type,
      projectId,
      state,
      errorCode,
      polls,
      startedBy: entry.seq,
      pairs: work.map(({ pair }) => pair),
      changedPairs: entry.changedPairs,
    }))
  }

  clear(): void {
    this.#jobs.clear()
    this.#plans.length = 0
  }

  #nextPlan(): JobPlan {
    return this.#plans.shift() ?? {}
  }

  #end(cloud: Cloud, job: Job): void {
    if (job.endedAt !== null) return
    this.#apply(cloud, job)
    const { outcome, errorCode, failReason } = job.plan
    job.endedAt = cloud.clock.now()
    job.state = outcome ?? (job.errorCode ? 'FAIL' : 'SUCCESS')
    if (job.state === 'SUCCESS') {
      job.errorCode = null
      return
    }
    job.errorCode = errorCode ?? job.errorCode ?? 'IMG.0112'
    job.failReason = failReason ?? 'The job failed.'
  }

  #apply(cloud: Cloud, job: Job): void {
    if (job.applied) return
    job.applied = true
    const skipped = skippedOf(job)
    const changed: Pair[] = []
    for (const [at, { pair, apply }] of job.work.entries()) {
      const result = skipped(pair, at) ? { code: job.plan.errorCode ?? 'IMG.0112' } : apply()
      if (result === 'changed') changed.push(pair)
      if (typeof result === 'string') continue
      job.failed.push(pair)
      if (!skipped(pair, at)) job.errorCode ??= result.code
    }
    cloud.ledger.recordPairs(job.entry, changed)
  }
}

function skippedOf({ plan, work }: Job): (pair: Pair, at: number) => boolean {
  const { skipPairs = plan.outcome === 'FAIL' ? work.length : 0 } = plan
  if (typeof skipPairs === 'number') return (_, at) => at >= work.length - skipPairs
  const names = new Set(skipPairs.map((pair) => pair.join(' ')))
  return (pair) => names.has(pair.join(' '))
}
