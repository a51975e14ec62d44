import 'server-only'
import PQueue from 'p-queue'
import type { JobEndpoint } from '../cloud/batch-sharing'
import { CloudError } from '../cloud/cloud-error'
import type { ImageAccess } from '../cloud/glance'
import { firstStep, type MembersRead, pairsOf, type Step } from './batch-goals'
import { type Call, type CallEnd, endCall, readCalls } from './call-rows'
import { type Item, type Outcome, readOpen, recordOutcomes } from './item-rows'
import type { JobRecord } from './job-rows'
import { cutRectangles, type Pair, type Rectangle } from './rectangles'
import type { RunControl } from './run-control'
import type { RunParts } from './run-job'

/** A piece of work: a full rectangle of pairs, and what is to be done with it. */
export interface Part extends Rectangle {
  /** `check` reads the members before anything is sent. */
  step: Step | 'check'
  /** An earlier run's call that is followed instead of sending one. */
  resumed: Call | null
  /** Names the backup vault: full-server images alone are accepted into one. */
  vault: boolean
  /** How many times this call got no answer. */
  losses: number
  /** Ends what has begun, and goes out even after a cancelling: removed to be offered again, but not offered yet. */
  committed: boolean
}

/** One run of a batch job: what its calls share. */
export interface BatchRun {
  parts: RunParts
  job: JobRecord
  access: ImageAccess
  control: RunControl
  /** Where this cloud tells of its jobs, as far as is known. */
  endpoint: JobEndpoint
  /** Pairs were put back for single calls, one per pair. */
  goesNative: boolean
  /** Something sent is not followed to its end in this run. */
  leftOpen: boolean
  nextCall(): number
  itemsOf(pairs: readonly Pair[]): Item[]
  /** The members of an image as they are now, or as they were before the first call. @throws Interrupted */
  members(image: number, when: 'now' | 'before'): Promise<MembersRead>
  record(outcomes: readonly Outcome[]): Promise<void>
  close(
    call: Call,
    end: CallEnd & { upstreamRequestId?: string | null },
    outcomes: readonly Outcome[],
  ): Promise<void>
}

const readsAtOnce = 4

export const partOf = (rectangle: Rectangle, step: Part['step'], more: Partial<Part> = {}): Part => ({
  images: rectangle.images,
  projects: rectangle.projects,
  step,
  resumed: null,
  vault: false,
  losses: 0,
  committed: false,
  ...more,
})

/** Reads what is left of a job. Answers the run and its first pieces of work: open calls first, then what to look at. */
export async function openBatchRun(
  parts: RunParts,
  job: JobRecord,
  access: ImageAccess,
  control: RunControl,
): Promise<{ run: BatchRun; queue: Part[] }> {
  const { store, clock, faults, sharing } = parts
  const calls = await readCalls(store.db, job.id)
  const items = await readOpen(store.db, job)
  const byPair = new Map(items.map((item) => [nameOf(item), item]))
  const before = new Map<number, Promise<MembersRead>>()
  const reads = new PQueue({ concurrency: readsAtOnce })
  const isAnswer = firstStep[job.kind] === 'answer'
  let next = calls.next

  const readNow = (image: number): Promise<MembersRead> =>
    reads.add(async () => {
      const imageId = job.images[image]?.id ?? ''
      try {
        const members = await control.persist(async () => {
          if (!isAnswer) return sharing.list(access, imageId)
          const own = await sharing.find(access, imageId, access.projectId)
          return own ? [own] : []
        }, false)
        return new Map(members.map((member) => [member.member_id, member.status]))
      } catch (error) {
        if (error instanceof CloudError) return error
        throw error
      }
    })

  const told = (revision: number) => {
    faults.pass('after-outcome')
    parts.changed(revision, false)
  }
  const run: BatchRun = {
    parts,
    job,
    access,
    control,
    endpoint: access.family.job_endpoint,
    goesNative: false,
    leftOpen: false,
    nextCall: () => next++,
    itemsOf: (pairs) => pairs.flatMap((pair) => byPair.get(nameOf(pair)) ?? []),
    members(image, when) {
      if (when === 'now') return readNow(image)
      const known = before.get(image) ?? readNow(image)
      before.set(image, known)
      return known
    },
    async record(outcomes) {
      if (outcomes.length > 0) told(await recordOutcomes(store.db, job, outcomes))
    },
    async close(call, end, outcomes) {
      told(await endCall(store, job, call.seq, end, outcomes, clock.now()))
    },
  }

  const resumed = calls.open.map((call) => {
    // What an interrupted call of the two was, its pairs have to tell.
    const step = job.kind === 'offer_again' ? 'check' : firstStep[job.kind]
    return partOf(call, step, { resumed: call, committed: true })
  })
  const inCalls = new Set(resumed.flatMap((part) => pairsOf(part).map(nameOf)))
  const others = items.filter((item) => !inCalls.has(nameOf(item)))
  // Whoever may have been removed already is looked at even after a cancelling.
  const isBegun = (item: Item) => job.kind === 'offer_again' && item.mayHaveHappened
  const checks = [true, false].flatMap((committed) =>
    cutRectangles(others.filter((item) => isBegun(item) === committed)).map((rectangle) =>
      partOf(rectangle, 'check', { committed }),
    ),
  )
  return { run, queue: [...resumed, ...checks] }
}

const nameOf = ({ image, project }: Pair) => `${image} ${project}`
