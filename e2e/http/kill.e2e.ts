import { expect, test } from 'playwright/test'
import { seededChance } from '../tools/seeded-chance.ts'
import type { StoreKind } from '../tools/store-home.ts'
import { memberWrites, openShareRun, type ShareRun } from './share-run.ts'

// Fault matrix row 23 and Q5: a server that is killed loses nothing and doubles nothing.

test.describe.configure({ mode: 'parallel' })

const leastHeld = 4

interface Moment {
  /** Calls that are answered before the cloud keeps its answers back. */
  passing: number
  /** Answers it holds when the server is killed. */
  held: number
}

/** Moments by seed, so close to each other that the job is not over before the last one. */
function momentsOf(seed: number, count: number): Moment[] {
  const chance = seededChance(seed)
  return Array.from({ length: count }, () => ({ passing: chance(0, 8), held: chance(leastHeld, 8) }))
}

/** How soon a job has to go on: an embedded store has one process, a server's queue waits for ten seconds of silence. */
const resumedWithinMs: Record<StoreKind, number> = { PGlite: 20_000, PostgreSQL: 30_000 }

async function killAtMoments(run: ShareRun, moments: readonly Moment[], faultPoints = ''): Promise<string[]> {
  let dashboard = await run.start(faultPoints)
  for (const [index, { passing, held }] of moments.entries()) {
    const hold = await run.cloud.hold({ ...memberWrites, phase: 'answer', after: passing })
    if (index === 0) await run.share(dashboard)
    await hold.waitFor(held, resumedWithinMs[run.store])
    await dashboard.kill()
    await expect.poll(() => hold.waiting()).toBe(0)
    expect(await run.noteKill()).toBeGreaterThanOrEqual(leastHeld)
    await hold.remove()
    dashboard = await run.start(faultPoints)
  }
  await run.finished(dashboard)
  return run.faults(dashboard)
}

async function killAtPoint(run: ShareRun, point: string): Promise<string[]> {
  const doomed = await run.start(point)
  await run.share(doomed)
  expect(await doomed.exited).toBe('SIGKILL')
  await run.noteKill()
  const dashboard = await run.start()
  await run.finished(dashboard)
  return run.faults(dashboard)
}

async function inRuns<Outcome>(
  store: StoreKind,
  count: number,
  act: (run: ShareRun, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const runs = await Promise.all(Array.from({ length: count }, () => openShareRun(store)))
  try {
    return await Promise.all(runs.map(act))
  } finally {
    await Promise.all(runs.map((run) => run.end()))
  }
}

// Several runs side by side: a server's queue finds a death by its heartbeat only, so they wait for it together.
const plans: { store: StoreKind; runs: number; momentsEach: number }[] = [
  { store: 'PGlite', runs: 3, momentsEach: 4 },
  { store: 'PostgreSQL', runs: 4, momentsEach: 3 },
]
const points = ['before-intent:4', 'after-intent:3', 'after-call:37', 'after-outcome:3']

for (const { store, runs, momentsEach } of plans) {
  test(`row 23, Q5: killed at ${runs * momentsEach} moments on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, runs, (run, index) =>
      killAtMoments(run, momentsOf(index + 1, momentsEach)),
    )
    expect(faults.flat()).toEqual([])
  })

  test(`row 23, Q5: killed at each of the four points on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, points.length, (run, index) => killAtPoint(run, points[index] ?? ''))
    expect(faults.flat()).toEqual([])
  })

  test(`row 23, Q5: without stored intents the judge finds the fault on ${store}`, async () => {
    test.setTimeout(300_000)
    const [faults = []] = await inRuns(store, 1, (run) => killAtMoments(run, momentsOf(7, 1), 'no-intents'))
    expect(faults).toContainEqual(expect.stringContaining('without a read after the kill'))
  })
}
