import 'server-only'
import { sql } from 'drizzle-orm'
import type { ErrorCode } from '../../contracts/errors'
import type { ItemState } from '../../contracts/jobs'
import type { Clock } from '../clock'
import type { Database } from '../store/store'
import { type JobRecord, LostLease } from './job-rows'

/** One pair to run. */
export interface Item {
  seq: number
  image: number
  project: number
  /** An earlier run stored its intent and not its outcome. */
  mayHaveHappened: boolean
}

export interface Outcome {
  seq: number
  state: ItemState
  code: ErrorCode | null
  values: Record<string, string | number> | null
  upstreamRequestId: string | null
  finishedAt: string | null
}

const endedStates: ReadonlySet<ItemState> = new Set(['done', 'already', 'failed', 'skipped'])

/** A pair's state for storing. One that has not ended carries no end. */
export function outcomeOf(
  item: Item,
  state: Outcome['state'],
  clock: Clock,
  facts: {
    code?: ErrorCode
    values?: Record<string, string | number>
    upstreamRequestId?: string | null
  } = {},
): Outcome {
  return {
    seq: item.seq,
    state,
    code: facts.code ?? null,
    values: facts.values ?? null,
    upstreamRequestId: facts.upstreamRequestId ?? null,
    finishedAt: endedStates.has(state) ? new Date(clock.now()).toISOString() : null,
  }
}

type Run = Pick<JobRecord, 'id' | 'attempt'>

/** The job, if this run still has it. Locked, so that nobody takes it in the middle of a statement. */
const mine = (run: Run) => sql`select 1 from job where id = ${run.id}::uuid and attempt = ${run.attempt}`

const asItem = (row: Record<string, unknown>, mayHaveHappened: boolean): Item => ({
  seq: Number(row.seq),
  image: Number(row.image),
  project: Number(row.project),
  mayHaveHappened,
})

/** The pairs an earlier run left with an intent and no outcome. */
export async function readInterrupted(db: Database, run: Run): Promise<Item[]> {
  const result = await db.execute(sql`
    select seq, image, project from job_item
    where job_id = ${run.id}::uuid and state in ('running', 'unknown') order by seq`)
  return result.rows.map((row) => asItem(row, true))
}

/** Every pair without an outcome. One whose intent was stored at some time may have happened. */
export async function readOpen(db: Database, run: Run): Promise<Item[]> {
  const result = await db.execute(sql`
    select seq, image, project, started_at is not null as tried from job_item
    where job_id = ${run.id}::uuid and state in ('waiting', 'running', 'unknown') order by seq`)
  return result.rows.map((row) => asItem(row, row.tried === true))
}

/** Leaves what is under way as unknown, for a run that rests. */
export async function leaveUnknown(db: Database, run: Run): Promise<void> {
  await db.execute(sql`
    with fence as (${mine(run)} for share)
    update job_item set state = 'unknown'
    where job_id = ${run.id}::uuid and state = 'running' and exists (select 1 from fence)`)
}

/**
 * Takes the next pairs and stores the intent to run them, in one statement that does nothing once another worker has the
 * job. Without `intents` the pairs are only read: a switch for proving that intents are needed.
 */
export async function takeItems(
  db: Database,
  run: Run,
  { count, after, now, intents }: { count: number; after: number; now: number; intents: boolean },
): Promise<Item[]> {
  const next = sql`
    select seq from job_item
    where job_id = ${run.id}::uuid and state = 'waiting' and seq > ${after} order by seq limit ${count}`
  const result = await db.execute(
    intents
      ? sql`
        with fence as (${mine(run)} and state = 'running' for share)
        update job_item set state = 'running', started_at = ${new Date(now).toISOString()}::timestamptz
        where job_id = ${run.id}::uuid and seq in (${next}) and exists (select 1 from fence)
        returning seq, image, project`
      : sql`select seq, image, project from job_item where job_id = ${run.id}::uuid and seq in (${next})`,
  )
  return result.rows.map((row) => asItem(row, false)).sort((a, b) => a.seq - b.seq)
}

/** Stores outcomes and moves the job's revision on, unless another worker has it. @throws LostLease */
export async function recordOutcomes(db: Database, run: Run, outcomes: readonly Outcome[]): Promise<number> {
  const result = await db.execute(sql`
    with fence as (
      update job set revision = revision + 1
      where id = ${run.id}::uuid and attempt = ${run.attempt} and state = 'running'
      returning revision
    ), stored as (
      update job_item set
        state = given.state, code = given.code, values = given.values,
        upstream_request_id = given."upstreamRequestId", finished_at = given."finishedAt"
      from fence, jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as given (
        seq int, state text, code text, values jsonb, "upstreamRequestId" text, "finishedAt" timestamptz
      )
      where job_item.job_id = ${run.id}::uuid and job_item.seq = given.seq
      returning 1
    )
    select revision, (select count(*) from stored) as stored from fence`)
  const revision = result.rows[0]?.revision
  if (revision === undefined) throw new LostLease()
  return Number(revision)
}

/** Leaves out what has not been sent, unless another worker has the job. */
export async function skipWaiting(db: Database, run: Run, now: number): Promise<void> {
  await db.execute(sql`
    with fence as (${mine(run)} for share)
    update job_item set state = 'skipped', finished_at = ${new Date(now).toISOString()}::timestamptz
    where job_id = ${run.id}::uuid and state = 'waiting' and exists (select 1 from fence)`)
}
