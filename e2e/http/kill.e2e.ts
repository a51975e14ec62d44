import { expect, test } from 'playwright/test'
import type { StoreKind } from '../tools/store-home.ts'
import { inRuns, killAtPoint, leastHeld, type Moment, momentsOf, resumedWithinMs } from './kill-runs.ts'
import { memberWrites, openShareRun, type ShareRun } from './share-run.ts'

// Fault matrix row 23 and Q5: a server that is killed loses nothing and doubles nothing.

test.describe.configure({ mode: 'parallel' })

/** Close enough to each other that the job is not over before the last one. */
const most: Moment = { passing: 8, held: 8 }

async function killAtMoments(run: ShareRun, moments: readonly Moment[], faultPoints = ''): Promise<string[]> {
  let dashboard = await run.start(faultPoints)
  for (const [index, { passing, held }] of moments.entries()) {
    const hold = await run.cloud.hold({ ...memberWrites, phase: 'answer', after: passing })
    if (index === 0) await run.begin(dashboard)
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

const plans: { store: StoreKind; runs: number; momentsEach: number }[] = [
  { store: 'PGlite', runs: 3, momentsEach: 4 },
  { store: 'PostgreSQL', runs: 4, momentsEach: 3 },
]
const points = ['before-intent:4', 'after-intent:3', 'after-call:37', 'after-outcome:3']

for (const { store, runs, momentsEach } of plans) {
  test(`row 23, Q5: killed at ${runs * momentsEach} moments on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(
      () => openShareRun(store),
      runs,
      (run, index) => killAtMoments(run, momentsOf(index + 1, momentsEach, most)),
    )
    expect(faults.flat()).toEqual([])
  })

  test(`row 23, Q5: killed at each of the four points on ${store}, each pair changes exactly once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(
      () => openShareRun(store),
      points.length,
      (run, index) => killAtPoint(run, points[index] ?? ''),
    )
    expect(faults.flat()).toEqual([])
  })

  test(`row 23, Q5: without stored intents the judge finds the fault on ${store}`, async () => {
    test.setTimeout(300_000)
    const [faults = []] = await inRuns(
      () => openShareRun(store),
      1,
      (run) => killAtMoments(run, momentsOf(7, 1, most), 'no-intents'),
    )
    expect(faults).toContainEqual(expect.stringContaining('without a read after the kill'))
  })
}
