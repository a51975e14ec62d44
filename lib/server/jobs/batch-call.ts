import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { ItemState } from '../../contracts/jobs'
import { type BatchWrite, isAbsent, startBatch } from '../cloud/batch-sharing'
import { CloudError } from '../cloud/cloud-error'
import { follow } from './batch-follow'
import { answerOf, judge, type MembersRead, pairsOf, type Step, smallerCalls, whyMissed } from './batch-goals'
import { type BatchRun, type Part, partOf } from './batch-run'
import { beginCall, type Call, type CallEnd, recordSent } from './call-rows'
import { type Item, type Outcome, outcomeOf } from './item-rows'
import { cutRectangles, type Pair, type Rectangle } from './rectangles'
import { Interrupted } from './run-control'

const sendAttempts = 3
/** How soon another job's call on the same image is looked for again. */
const busyMs = 500
/** How often the members are read after a call has ended: what nobody can vouch for may still be going on. */
const looksMs: Record<CallEnd['state'], number[]> = {
  succeeded: [0, 1_000],
  failed: [0],
  unreadable: [0, 1_000, 2_000, 3_000, 4_000],
  timed_out: [0, 1_000, 2_000, 3_000, 4_000],
}

/** Sends one call, or takes up an earlier one, and brings its pairs to their end. Answers what is to be done next. */
export async function runCall(run: BatchRun, part: Part): Promise<Part[]> {
  const call = part.resumed
  if (!call) return send(run, part)
  if (call.upstreamJobId === null) return settle(run, part, call, { state: 'unreadable', code: null }, true)
  return settle(run, part, call, await follow(run, call, call.upstreamJobId, false))
}

async function send(run: BatchRun, part: Part): Promise<Part[]> {
  const { parts, job, control } = run
  const { store, clock, faults } = parts
  const items = run.itemsOf(pairsOf(part))
  const sends = !part.committed
  faults.pass('before-intent')
  const call = await begin(run, part, items)
  faults.pass('after-intent')
  let sent: Awaited<ReturnType<typeof startBatch>>
  try {
    sent = await control.persist(() => startBatch(run.access, writeOf(run, part)), sends)
  } catch (error) {
    if (error instanceof CloudError && error.code === 'outcome_unknown')
      return settle(run, part, call, { state: 'unreadable', code: error.code }, true)
    if (error instanceof CloudError) return refused(run, part, call, error)
    if (!(error instanceof Interrupted)) throw error
    // The cloud took nothing on.
    await run.close(call, { state: 'failed', code: null }, again(run, part, items))
    throw error
  }
  faults.pass('after-call')
  // It may have waited long to be sent, and the cloud's time begins now.
  const startedAt = clock.now()
  parts.changed(await recordSent(store.db, job, call.seq, { ...sent, startedAt }), false)
  return settle(run, part, call, await follow(run, { ...call, startedAt }, sent.jobId, true))
}

/** No vault named is the same refusal to the cloud as a vault that won't do; a person has to do something else about it. */
const named = (part: Part, code: ErrorCode) =>
  code === 'vault_unusable' && !part.vault ? 'vault_needed' : code

/** Stores the intent, once no other job has a call on the same images. @throws Interrupted, LostLease */
async function begin({ parts, job, control, nextCall }: BatchRun, part: Part, items: Item[]): Promise<Call> {
  const { store, clock, faults } = parts
  const { images, projects } = part
  const pairs = items.map((item) => item.seq)
  const seq = nextCall()
  for (;;) {
    const startedAt = clock.now()
    const call = { seq, images, projects, pairs }
    if (await beginCall(store, job, call, { now: startedAt, intents: faults.intents }))
      return { seq, images, projects, upstreamJobId: null, startedAt }
    await control.pause(busyMs, !part.committed)
  }
}

function writeOf({ job }: BatchRun, part: Part): BatchWrite {
  const images = part.images.map((image) => job.images[image]?.id ?? '')
  if (part.step === 'answer')
    return {
      operation: 'answer',
      images,
      status: answerOf(job.kind),
      vaultId: part.vault ? job.vaultId : null,
    }
  const projects = part.projects.map((project) => job.projects[project]?.id ?? '')
  return { operation: part.step === 'remove' ? 'remove' : 'add', images, projects }
}

/** The cloud did not take the call on: single calls may do, or smaller ones; or it is as the cloud says. */
async function refused(run: BatchRun, part: Part, call: Call, error: CloudError): Promise<Part[]> {
  const items = run.itemsOf(pairsOf(part))
  const end = { state: 'failed', code: error.code, upstreamRequestId: error.upstreamRequestId } as const
  if (fallsBack(part.step, error)) {
    run.goesNative = true
    await run.close(call, end, again(run, part, items))
    return []
  }
  const { calls, guilty } = smallerCalls(items, error.code)
  const rest = run.itemsOf(calls.flatMap(pairsOf))
  await run.close(call, end, [
    ...again(run, part, rest),
    ...failed(run, run.itemsOf(guilty), () => named(part, error.code), error),
  ])
  return calls.map((rectangle) => ({ ...part, ...rectangle }))
}

/**
 * Whether calls for single pairs are worth a try: the batch call does not exist here, something on the way drops the body of
 * a DELETE, or answering in a batch is not allowed (both ways of answering have been seen to be refused alone).
 */
const fallsBack = (step: Part['step'], error: CloudError) =>
  (isAbsent(error) && error.code === 'not_supported') ||
  (error.code === 'body_lost' && step === 'remove') ||
  (error.status === 403 && step === 'answer')

/** Reads the members, which alone are the truth, and gives each pair its end. @throws Interrupted */
async function settle(run: BatchRun, part: Part, call: Call, end: CallEnd, isLost = false): Promise<Part[]> {
  const items = run.itemsOf(pairsOf(part))
  if (part.step === 'check') return lookAgain(run, part, call, end, items)
  const { step } = part
  // Following an earlier run's call is owed; sending its pairs once more is not.
  const rest: Part = { ...part, resumed: null, committed: part.committed && part.resumed === null }
  const { reached, missed, read } = await lookAtMembers(run, step, end, items)
  const goesOn = run.job.kind === 'offer_again' && step === 'remove'
  const next: Part[] = goesOn ? cut(reached, partOf(part, 'add', { committed: true })) : []
  const outcomes = reached.map((item) => outcomeOf(item, goesOn ? 'running' : 'done', run.parts.clock))
  const readOf = (item: Item): MembersRead => read.get(item.image) ?? new Map()
  if (isLost && part.losses + 1 < sendAttempts) {
    next.push(...cut(missed, { ...rest, losses: part.losses + 1 }))
    outcomes.push(...again(run, part, missed))
  } else if (isLost) {
    outcomes.push(...failed(run, missed, () => 'upstream_unavailable'))
  } else {
    const { calls, guilty } =
      end.state === 'failed' && end.code && !isFull(end, reached)
        ? smallerCalls(missed, end.code)
        : { calls: [], guilty: missed }
    next.push(...calls.map((rectangle) => ({ ...rest, ...rectangle })))
    outcomes.push(
      ...again(run, part, run.itemsOf(calls.flatMap(pairsOf))),
      ...failed(run, run.itemsOf(guilty), (item) => named(part, whyMissed(readOf(item), end))),
    )
  }
  await run.close(call, end, outcomes)
  return next
}

/** A job that added as many members as there was room for has done its part: nothing smaller gets further. */
const isFull = (end: CallEnd, reached: readonly Item[]) => end.code === 'member_limit' && reached.length > 0

/** A recipient that cannot see its own row has to believe a job that says it succeeded. */
const believes = (step: Step, end: CallEnd) => step === 'answer' && end.state === 'succeeded'

async function lookAtMembers(run: BatchRun, step: Step, end: CallEnd, items: readonly Item[]) {
  const { job, control } = run
  const read = new Map<number, MembersRead>()
  let missed = [...items]
  for (const waitMs of looksMs[end.state]) {
    if (missed.length === 0) break
    if (waitMs > 0) await control.pause(waitMs, false)
    const images = [...new Set(missed.map((item) => item.image))]
    await Promise.all(images.map(async (image) => read.set(image, await run.members(image, 'now'))))
    missed = missed.filter((item) => {
      const members = read.get(item.image) ?? new Map()
      const found = judge(step, job.kind, members, job.projects[item.project]?.id ?? '')
      return !(found === 'reached' || (found === 'unknown' && believes(step, end)))
    })
  }
  const left = new Set(missed)
  return { reached: items.filter((item) => !left.has(item)), missed, read }
}

/** A call to offer again that an earlier run left: whether it removed or added, only the members can tell, when it is over. */
async function lookAgain(
  run: BatchRun,
  part: Part,
  call: Call,
  end: CallEnd,
  items: readonly Item[],
): Promise<Part[]> {
  for (const waitMs of looksMs[end.state]) await run.control.pause(waitMs, false)
  await run.close(call, end, again(run, part, items))
  return [{ ...part, resumed: null }]
}

const cut = (pairs: readonly Pair[], like: Part): Part[] =>
  cutRectangles(pairs).map((rectangle: Rectangle) => ({ ...like, ...rectangle }))

/** Puts pairs back: to be sent again, or, where something has begun that must be ended, not to be left out any more. */
function again(run: BatchRun, part: Part, items: readonly Item[]): Outcome[] {
  const state: ItemState = part.committed && run.job.kind === 'offer_again' ? 'running' : 'waiting'
  return items.map((item) => outcomeOf(item, state, run.parts.clock))
}

function failed(
  run: BatchRun,
  items: readonly Item[],
  codeOf: (item: Item) => ErrorCode,
  facts: { values?: Record<string, string | number>; upstreamRequestId?: string | null } = {},
): Outcome[] {
  return items.map((item) =>
    outcomeOf(item, 'failed', run.parts.clock, {
      code: codeOf(item),
      values: facts.values,
      upstreamRequestId: facts.upstreamRequestId,
    }),
  )
}
