import { expect, test } from 'playwright/test'
import type { HoldSpec } from '../mock-cloud/holds.ts'
import type { JobPlan } from '../mock-cloud/ims/job-list.ts'
import { seededChance } from '../tools/seeded-chance.ts'
import type { StoreKind } from '../tools/store-home.ts'
import { killAtPoint } from './kill-runs.ts'
import { batchWrites, openShareRun, type ShareRun } from './share-run.ts'

// Fault matrix row 23 and Q5 on a cloud that works in jobs of its own: a server that is killed loses nothing and doubles nothing.

test.describe.configure({ mode: 'parallel' })

const memberReads = { method: 'GET', path: '^/v2/images/[^/]+/members$' } as const
const jobReads = { method: 'GET', path: '^/v1/[0-9a-f]+/jobs/' } as const

/** How soon a job has to go on: an embedded store has one process, a server's queue waits for ten seconds of silence. */
const beginsWithinMs = 30_000
/** Embedded stores take a processor each to start; on a server the runs mostly wait for the same silence. */
const sideBySide: Record<StoreKind, number> = { PGlite: 2, PostgreSQL: 4 }

/** Moments by seed: among the reads before, at a start, while a job of the cloud's is followed, among the reads after. */
function momentsOf(seed: number, count: number): HoldSpec[] {
  const chance = seededChance(seed)
  const phase = () => (chance(0, 1) === 0 ? 'request' : 'answer') as 'request' | 'answer'
  const kinds: (() => HoldSpec)[] = [
    () => ({ ...memberReads, phase: phase(), after: chance(0, 19) }),
    () => ({ ...batchWrites, phase: phase(), after: chance(0, 1) }),
    () => ({ ...jobReads, phase: phase(), after: chance(0, 3) }),
    () => ({ ...memberReads, phase: phase(), after: chance(20, 39) }),
  ]
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length]?.() ?? batchWrites)
}

async function killAt(run: ShareRun, moment: HoldSpec, faultPoints = '', missing = 0): Promise<string[]> {
  const doomed = await run.start(faultPoints)
  const hold = await run.cloud.hold(moment)
  await run.begin(doomed)
  await hold.waitFor(1, beginsWithinMs)
  await doomed.kill()
  await expect.poll(() => hold.waiting()).toBe(0)
  await run.noteKill()
  await hold.remove()
  const dashboard = await run.start(faultPoints)
  await run.finished(dashboard)
  return run.faults(dashboard, missing)
}

/** Several runs side by side, a few at a time. Answers the faults of each. */
async function inRuns<Case>(
  store: StoreKind,
  cases: readonly Case[],
  act: (run: ShareRun, one: Case) => Promise<string[]>,
): Promise<string[][]> {
  const faults: string[][] = []
  for (let at = 0; at < cases.length; at += sideBySide[store]) {
    const some = cases.slice(at, at + sideBySide[store])
    const ended = await Promise.all(
      some.map(async (one) => {
        const run = await openShareRun(store, 'batches')
        try {
          return await act(run, one)
        } finally {
          await run.end()
        }
      }),
    )
    faults.push(...ended)
  }
  return faults
}

const points = ['before-intent:2', 'after-intent:2', 'after-call:2', 'after-outcome:1']

/** How the cloud's jobs end, and how many pairs they leave out. */
const verdicts: { plan: (run: ShareRun) => JobPlan; missing: number }[] = [
  {
    plan: ({ images, projects }) => ({
      outcome: 'SUCCESS',
      skipPairs: images.map((image): [string, string] => [image, projects[3] ?? '']),
      times: 2,
    }),
    missing: 20,
  },
  { plan: () => ({ outcome: 'FAIL', errorCode: 'IMG.0112', skipPairs: 0, times: 2 }), missing: 0 },
  { plan: () => ({ unreadable: 404, times: 2 }), missing: 0 },
]

for (const store of ['PGlite', 'PostgreSQL'] as const) {
  test(`row 23, Q5: killed at 12 moments of batch jobs on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(400_000)
    const faults = await inRuns(store, momentsOf(3, 12), killAt)
    expect(faults).toEqual(Array(12).fill([]))
  })

  test(`row 23, Q5: killed at each of the four points of batch jobs on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, points, killAtPoint)
    expect(faults).toEqual(Array(4).fill([]))
  })

  test(`rows 19, 20, 22: killed while jobs end in every odd way on ${store}, the members decide`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, verdicts, async (run, { plan, missing }) => {
      await run.cloud.planJobs(plan(run))
      return killAt(run, { ...jobReads, phase: 'request' }, '', missing)
    })
    expect(faults).toEqual(Array(3).fill([]))
  })

  test(`row 23, Q5: without stored intents the judge of batches finds the fault on ${store}`, async () => {
    test.setTimeout(300_000)
    const [faults = []] = await inRuns(store, [null], async (run) => {
      // Nobody follows the first job, and it does not end by itself.
      await run.cloud.set({ imsJobSeconds: 3_600 })
      return killAt(run, { ...jobReads, phase: 'request' }, 'no-intents')
    })
    expect(faults).toContainEqual(expect.stringContaining('in two jobs at once'))
  })
}
