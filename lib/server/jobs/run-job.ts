import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { Clock } from '../clock'
import { CloudError } from '../cloud/cloud-error'
import type { ImageAccess } from '../cloud/glance'
import type { Sharing } from '../cloud/sharing'
import { causeOf, log } from '../log'
import { keepFact } from '../store/fact-rows'
import type { Store } from '../store/store'
import type { FaultPoints } from './fault-points'
import { type Item, type Outcome, readInterrupted, recordOutcomes, skipWaiting, takeItems } from './item-rows'
import { finishRun, isCancelled, type JobRecord, LostLease, pauseRun } from './job-rows'
import { createOutcomeWriter } from './outcome-writer'
import { runPair } from './run-pair'

export interface RunParts {
  store: Store
  clock: Clock
  sharing: Sharing
  faults: FaultPoints
  /** Tells that the job changed. */
  changed(revision: number, finished: boolean): void
}

/** The process is going down: the job goes back into the queue and another run takes it from here. */
export class Stopping extends Error {}

const pairsAtOnce = 16
const intentChunk = 16
const controlMs = 250
/** After so long without a word from the database this run may have been given up, and asks before it sends more. */
const surelyHeldMs = 5_000
/** So many pairs in a row without an answer from the cloud, and the rest waits for a person. */
const outageAfter = 16
const throttleTries = 10
const throttleMs = 1_000

type Ending = 'finished' | 'cancelled' | 'stopping' | 'sign_in' | 'upstream'

const outage: ReadonlySet<ErrorCode> = new Set(['upstream_unavailable', 'timeout'])
/** Errors that say nothing about the pair itself. After a lost write they leave it unknown instead of failed. */
const passing: ReadonlySet<ErrorCode> = new Set([...outage, 'upstream_contract'])

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
  let ending: Ending | null = job.cancelRequested ? 'cancelled' : null
  const ready: Item[] = await readInterrupted(store.db, job)
  let lastTaken = -1
  let taking: Promise<boolean> | null = null
  let inARow = 0
  let waitUntil = 0
  let unresolved = false
  let heldAt = clock.now()
  let looking: Promise<void> | null = null
  const ended = new AbortController()
  const end = (how: Ending) => {
    ending ??= how
    ended.abort()
  }
  const woken = AbortSignal.any([signal, ended.signal])

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
      if (signal.aborted) end('stopping')
      if (ending || writer.broken()) return null
      const item = ready.shift()
      if (item) {
        // The next intents are stored while these pairs are on their way.
        if (ready.length === 0 && !taking) void take().catch(() => {})
        return item
      }
      if (!(await take()) && ready.length === 0) return null
    }
  }

  /** A process that slept, or lost its database, may wake up as the second run of its job. @throws LostLease */
  const confirmHeld = async () => {
    if (clock.now() - heldAt > surelyHeldMs) await look()
  }
  /** Asked by several workers, done once. */
  const look = (): Promise<void> => {
    looking ??= (async () => {
      const askedAt = clock.now()
      if (await isCancelled(store.db, job)) end('cancelled')
      heldAt = askedAt
    })().finally(() => {
      looking = null
    })
    return looking
  }

  /** Waits as long as the cloud asked for, or until the run ends. */
  const patience = async () => {
    for (let left = waitUntil - clock.now(); left > 0 && !woken.aborted; left = waitUntil - clock.now()) {
      await clock.sleep(left, woken).catch(() => {})
    }
  }

  const runOne = async (taken: Item): Promise<void> => {
    let item = taken
    const imageId = job.images[item.image]?.id ?? ''
    const projectId = job.projects[item.project]?.id ?? ''
    for (let attempt = 1; ; attempt += 1) {
      await patience()
      await confirmHeld()
      if (signal.aborted || ending) return giveBack(item)
      try {
        const outcome = await runPair(job.kind, parts.sharing, access, { ...item, imageId, projectId })
        faults.pass('after-call')
        inARow = 0
        return writer.add(outcomeOf(item, outcome.state, clock, outcome))
      } catch (error) {
        const failure = error instanceof CloudError ? error : new CloudError('internal', { cause: error })
        if (failure.code === 'internal') log.error('a pair failed', { job: job.id, cause: causeOf(error) })
        if (failure.mayHaveActed) item = { ...item, mayHaveHappened: true }
        if (failure.code === 'unauthenticated') {
          end('sign_in')
          return giveBack(item)
        }
        if (failure.code === 'throttled' || (outage.has(failure.code) && failure.retryAfterMs !== null)) {
          waitUntil = Math.max(waitUntil, clock.now() + (failure.retryAfterMs ?? throttleMs * attempt))
          if (attempt < throttleTries) continue
          // It has been asked for patience often enough.
          end('upstream')
          return giveBack(item)
        }
        inARow = outage.has(failure.code) ? inARow + 1 : 0
        if (inARow >= outageAfter) end('upstream')
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
    writer.add({
      ...outcomeOf(item, item.mayHaveHappened ? 'unknown' : 'waiting', clock, {}),
      finishedAt: null,
    })

  const watch = new AbortController()
  const watching = (async () => {
    for (;;) {
      await clock.sleep(controlMs, watch.signal)
      await look()
    }
  })().catch((error: unknown) => {
    if (watch.signal.aborted) return
    end('stopping')
    return error
  })

  const work = async () => {
    for (let item = await next(); item; item = await next()) await runOne(item)
  }
  // All of them come to their end before anything is thrown: no call may outlive its run.
  const workers = await Promise.allSettled(Array.from({ length: pairsAtOnce }, work))
  // Stored intents that nobody got to: nothing was sent for them. Some may just be on their way from the database.
  await settled()
  for (const item of ready.splice(0)) giveBack(item)
  const stored = await writer.flush().catch((error: unknown) => error)
  watch.abort()
  const broken = [
    await watching,
    stored,
    ...workers.map((worker) => (worker.status === 'rejected' ? worker.reason : undefined)),
  ].filter((error) => error !== undefined)
  const lost = broken.find((error) => error instanceof LostLease)
  if (lost ?? broken[0]) throw lost ?? broken[0]
  await conclude(parts, job, ending ?? (unresolved ? 'upstream' : 'finished'))
}

/** A refusal is the only place where Glance tells how many members an image may have. */
async function learnLimit(store: Store, job: JobRecord, failure: CloudError, now: number): Promise<void> {
  const { limit } = failure.values
  if (failure.code === 'member_limit' && limit !== undefined)
    await keepFact(store.db, job, 'member-limit', limit, now)
}

async function conclude({ store, clock, changed }: RunParts, job: JobRecord, ending: Ending): Promise<void> {
  if (ending === 'stopping') throw new Stopping()
  const now = clock.now()
  if (ending === 'sign_in' || ending === 'upstream') {
    changed(await pauseRun(store, job, ending), false)
    return
  }
  if (ending === 'cancelled') await skipWaiting(store.db, job, now)
  changed(await finishRun(store, job, ending === 'cancelled', now), true)
}

function outcomeOf(
  item: Item,
  state: Outcome['state'],
  clock: Clock,
  facts: { code?: ErrorCode; values?: Record<string, string | number>; upstreamRequestId?: string | null },
): Outcome {
  return {
    seq: item.seq,
    state,
    code: facts.code ?? null,
    values: facts.values ?? null,
    upstreamRequestId: facts.upstreamRequestId ?? null,
    finishedAt: new Date(clock.now()).toISOString(),
  }
}
