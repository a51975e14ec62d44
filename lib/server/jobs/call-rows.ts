import 'server-only'
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { ErrorCode } from '../../contracts/errors'
import type { UpstreamJobView } from '../../contracts/jobs'
import { jobCall } from '../store/schema'
import type { Database, Store } from '../store/store'
import { type Outcome, recordOutcomes } from './item-rows'
import { type JobRecord, LostLease } from './job-rows'

/** One call of a batch job, as far as a run needs it. */
export interface Call {
  seq: number
  images: number[]
  projects: number[]
  /** Null while nobody knows whether the cloud took it on. */
  upstreamJobId: string | null
  startedAt: number
}

export interface CallEnd {
  state: 'succeeded' | 'failed' | 'unreadable' | 'timed_out'
  code: ErrorCode | null
}

type Run = Pick<JobRecord, 'id' | 'attempt'>

/**
 * A call of another job on the same image counts for as long as a call may run at all. One that waits to be sent counts
 * for as long as its job runs: the cloud may have asked for more patience than that.
 */
const othersCountMs = 330_000

/**
 * Stores the intent to send a call, with the intents of all its pairs, at once or not at all. Answers false, and stores
 * nothing, while another job of ours has a call under way on one of the images. Without `intents` nothing is stored: a
 * switch for proving that intents are needed.
 * @throws LostLease
 */
export async function beginCall(
  store: Store,
  job: JobRecord,
  call: Pick<Call, 'seq' | 'images' | 'projects'> & { pairs: readonly number[] },
  { now, intents }: { now: number; intents: boolean },
): Promise<boolean> {
  const at = sql`${new Date(now).toISOString()}::timestamptz`
  const imageIds = JSON.stringify(call.images.map((image) => job.images[image]?.id))
  return store.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`call ${job.cloud} ${job.region}`}))`)
    const busy = await tx.execute(sql`
      select 1 from job_call join job on job.id = job_call.job_id, jsonb_array_elements(job_call.images) as place
      where job_call.finished_at is null and job.id <> ${job.id}::uuid
        and (job_call.started_at > ${new Date(now - othersCountMs).toISOString()}::timestamptz
          or (job_call.state = 'starting' and job.state = 'running'))
        and job.cloud = ${job.cloud} and job.region = ${job.region}
        and (${imageIds}::jsonb) ? (job.images -> place::int ->> 'id')
      limit 1`)
    if (busy.rows.length > 0) return false
    const held = await tx.execute(sql`
      select 1 from job
      where id = ${job.id}::uuid and attempt = ${job.attempt} and state = 'running' for share`)
    if (held.rows.length === 0) throw new LostLease()
    if (!intents) return true
    await tx.execute(sql`
      insert into job_call (job_id, seq, images, projects, state, started_at)
      values (${job.id}::uuid, ${call.seq}, ${JSON.stringify(call.images)}::jsonb,
        ${JSON.stringify(call.projects)}::jsonb, 'starting', ${at})`)
    await tx.execute(sql`
      update job_item set state = 'running', started_at = ${at}
      where job_id = ${job.id}::uuid
        and seq in (select value::int from jsonb_array_elements_text(${JSON.stringify(call.pairs)}::jsonb))`)
    return true
  })
}

/**
 * Stores the cloud's id of a call. It is stored even when another worker has the job by now, who needs it to follow the
 * call. Answers the job's revision. @throws LostLease
 */
export async function recordSent(
  db: Database,
  run: Run,
  seq: number,
  sent: { jobId: string; upstreamRequestId: string | null; startedAt: number },
): Promise<number> {
  const result = await db.execute(sql`
    with stored as (
      update job_call set
        state = 'running', upstream_job_id = ${sent.jobId}, upstream_request_id = ${sent.upstreamRequestId},
        started_at = ${new Date(sent.startedAt).toISOString()}::timestamptz
      where job_id = ${run.id}::uuid and seq = ${seq} and finished_at is null
    )
    update job set revision = revision + 1
    where id = ${run.id}::uuid and attempt = ${run.attempt} and state = 'running'
    returning revision`)
  const revision = result.rows[0]?.revision
  if (revision === undefined) throw new LostLease()
  return Number(revision)
}

/** Closes a call together with what became of its pairs. Answers the job's revision. @throws LostLease */
export async function endCall(
  store: Store,
  run: Run,
  seq: number,
  end: CallEnd & { upstreamRequestId?: string | null },
  outcomes: readonly Outcome[],
  now: number,
): Promise<number> {
  return store.db.transaction(async (tx) => {
    const revision = await recordOutcomes(tx, run, outcomes)
    await tx
      .update(jobCall)
      .set({
        state: end.state,
        code: end.code,
        finishedAt: new Date(now),
        ...(end.upstreamRequestId ? { upstreamRequestId: end.upstreamRequestId } : {}),
      })
      .where(and(eq(jobCall.jobId, run.id), eq(jobCall.seq, seq)))
    return revision
  })
}

/** The calls that an earlier run left open, and the number of the next one. */
export async function readCalls(db: Database, jobId: string): Promise<{ open: Call[]; next: number }> {
  const rows = await db
    .select()
    .from(jobCall)
    .where(and(eq(jobCall.jobId, jobId), isNull(jobCall.finishedAt)))
    .orderBy(asc(jobCall.seq))
  const [last] = await db
    .select({ seq: jobCall.seq })
    .from(jobCall)
    .where(eq(jobCall.jobId, jobId))
    .orderBy(desc(jobCall.seq))
    .limit(1)
  const open = rows.map(({ seq, images, projects, upstreamJobId, startedAt }) => ({
    seq,
    images,
    projects,
    upstreamJobId,
    startedAt: startedAt.getTime(),
  }))
  return { open, next: (last?.seq ?? -1) + 1 }
}

/** The newest calls of a job, as its screen shows them. */
export async function listCalls(db: Database, jobId: string, limit: number): Promise<UpstreamJobView[]> {
  const rows = await db
    .select()
    .from(jobCall)
    .where(eq(jobCall.jobId, jobId))
    .orderBy(desc(jobCall.seq))
    .limit(limit)
  return rows.map((row) => ({
    id: row.upstreamJobId,
    state: row.state,
    pairs: row.images.length * row.projects.length,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    code: row.code,
  }))
}
