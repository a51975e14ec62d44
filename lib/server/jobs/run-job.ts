import 'server-only'
import { CloudError } from '../cloud/cloud-error'
import type { ImageAccess } from '../cloud/glance'
import type { Sharing } from '../cloud/sharing'
import { causeOf, log } from '../log'
import { keepFact } from '../store/fact-rows'
import type { Store } from '../store/store'
import type { FaultPoints } from './fault-points'
import { type Item, outcomeOf, readInterrupted, recordOutcomes, skipWaiting, takeItems } from './item-rows'
import { finishRun, type JobRecord, LostLease, pauseRun, runRowOf } from './job-rows'
import { createOutcomeWriter } from './outcome-writer'
import {
  asksToWait,
  type ControlParts,
  createRunControl,
  type Ending,
  isPause,
  outage,
  passing,
} from './run-control'
import { runPair } from './run-pair'

export interface RunParts extends ControlParts {
  store: Store
  sharing: Sharing
  faults: FaultPoints
}

/** The process is going down: the job goes back into the queue and another run takes it from here. */
export class Stopping extends Error {}

const pairsAtOnce = 16
const intentChunk = 16
/** So many pairs in a row without an answer from the cloud, and the rest waits for a person. */
const outageAfter = 16

/**
 * Runs what is left of a claimed job until it is finished, cancelled or paused. Order of every pair: intent stored, call,
 * outcome stored.
 * @throws Stopping when `signal` aborts, LostLease when another worker took the job.
 */
export async function runJob(
  parts: RunParts,
  job: JobRecord,
  access: ImageAccess,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, faults } = parts
  const ready: Item[] = await readInterrupted(store.db, job)
  let lastTaken = -1
  let taking: Promise<boolean> | null = null
  let inARow = 0
  let unresolved = false
  const control = createRunControl(parts, runRowOf(parts.store, job), signal)

  const writer = createOutcomeWriter(async (outcomes) => {
    const revision = await recordOutcomes(store.db, job, outcomes)
    faults.pass('after-outcome')
    parts.changed(revision, false)
  }, clock)

  /** Fetches more pairs; false when there are none left. Asked by several workers, done once. */
  const take = (): Promise<boolean> => {
    taking ??= (async () => {
      faults.pass('before-intent')
      const items = await takeItems(store.db, job, {
        count: intentChunk,
        after: lastTaken,
        now: clock.now(),
        intents: faults.intents,
      })
      lastTaken = items.at(-1)?.seq ?? lastTaken
      if (items.length > 0) faults.pass('after-intent')
      ready.push(...items)
      return items.length > 0
    })().finally(() => {
      taking = null
    })
    return taking
  }
  const settled = () => taking?.catch(() => false)

  const next = async (): Promise<Item | null> => {
    for (;;) {
      if (signal.aborted) control.end('stopping')
      if (control.ending() || writer.broken()) return null
      const item = ready.shift()
      if (item) {
        // The next intents are stored while these pairs are on their way.
        if (ready.length === 0 && !taking) void take().catch(() => {})
        return item
      }
      if (!(await take()) && ready.length === 0) return null
    }
  }

  const runOne = async (taken: Item): Promise<void> => {
    let item = taken
    for (let attempt = 1; ; attempt += 1) {
      await control.patience()
      await control.confirmHeld()
      if (signal.aborted || control.ending()) return giveBack(item)
      try {
        const outcome = await runPair(job, parts.sharing, access, item)
        faults.pass('after-call')
        inARow = 0
        return writer.add(outcomeOf(item, outcome.state, clock, outcome))
      } catch (error) {
        const failure = error instanceof CloudError ? error : new CloudError('internal', { cause: error })
        if (failure.code === 'internal') log.error('a pair failed', { job: job.id, cause: causeOf(error) })
        if (failure.mayHaveActed) item = { ...item, mayHaveHappened: true }
        if (failure.code === 'unauthenticated') {
          control.end('sign_in')
          return giveBack(item)
        }
        if (asksToWait(failure)) {
          if (control.mayWait(failure, attempt)) continue
          return giveBack(item)
        }
        inARow = outage.has(failure.code) ? inARow + 1 : 0
        if (inARow >= outageAfter) control.end('upstream')
        if (failure.mayHaveActed && passing.has(failure.code)) {
          unresolved = true
          return giveBack(item)
        }
        await learnLimit(store, job, failure, clock.now())
        return writer.add(outcomeOf(item, 'failed', clock, failure))
      }
    }
  }

  /** Nothing was sent for this pair, or it was refused unread: it may wait again. One that may have happened stays so. */
  const giveBack = (item: Item) =>
    writer.add(outcomeOf(item, item.mayHaveHappened ? 'unknown' : 'waiting', clock))

  const watch = control.watch()

  const work = async () => {
    for (let item = await next(); item; item = await next()) await runOne(item)
  }
  // All of them come to their end before anything is thrown: no call may outlive its run.
  const workers = await Promise.allSettled(Array.from({ length: pairsAtOnce }, work))
  // Stored intents that nobody got to: nothing was sent for them. Some may just be on their way from the database.
  await settled()
  for (const item of ready.splice(0)) giveBack(item)
  const stored = await writer.flush().catch((error: unknown) => error)
  const broken = [
    await watch.stop(),
    stored,
    ...workers.map((worker) => (worker.status === 'rejected' ? worker.reason : undefined)),
  ].filter((error) => error !== undefined)
  const lost = broken.find((error) => error instanceof LostLease)
  if (lost ?? broken[0]) throw lost ?? broken[0]
  await conclude(parts, job, control.ending() ?? (unresolved ? 'upstream' : 'finished'))
}

/** A refusal is the only place where Glance tells how many members an image may have. */
async function learnLimit(store: Store, job: JobRecord, failure: CloudError, now: number): Promise<void> {
  const { limit } = failure.values
  if (failure.code === 'member_limit' && limit !== undefined)
    await keepFact(store.db, job, 'member-limit', limit, now)
}

/** Brings a run to its end: the job is finished, cancelled, or rests until a person acts. @throws Stopping, LostLease */
export async function conclude(
  { store, clock, changed }: RunParts,
  job: JobRecord,
  ending: Ending | 'finished',
): Promise<void> {
  if (ending === 'stopping') throw new Stopping()
  const now = clock.now()
  if (isPause(ending)) {
    changed(await pauseRun(store, job, ending), false)
    return
  }
  if (ending === 'cancelled') await skipWaiting(store.db, job, now)
  changed(await finishRun(store, job, ending === 'cancelled', now), true)
}
