import { expect, test } from 'playwright/test'
import type { StoreKind } from '../tools/store-home.ts'
import { type AuditRun, memberReads, openAuditRun } from './audit-run.ts'
import { inRuns, killAtPoint, type Moment, momentsOf, resumedWithinMs } from './kill-runs.ts'

// A server that is killed amid an audit loses nothing and doubles nothing.

test.describe.configure({ mode: 'parallel' })

/** All moments together need fewer images than there are. */
const most: Moment = { passing: 40, held: 16 }

async function killAtMoments(run: AuditRun, moments: readonly Moment[]): Promise<string[]> {
  for (const [index, { passing, held }] of moments.entries()) {
    // Before the server starts, which goes on at once.
    const hold = await run.cloud.hold({ ...memberReads, phase: 'answer', after: passing })
    const dashboard = await run.start()
    if (index === 0) await run.begin(dashboard)
    await hold.waitFor(held, resumedWithinMs[run.store])
    await dashboard.kill()
    run.noteKill()
    await expect.poll(() => hold.waiting()).toBe(0)
    await hold.remove()
  }
  const dashboard = await run.start()
  await run.finished(dashboard)
  return run.faults(dashboard)
}

const plans: { store: StoreKind; runs: number; momentsEach: number }[] = [
  { store: 'PGlite', runs: 2, momentsEach: 3 },
  { store: 'PostgreSQL', runs: 3, momentsEach: 2 },
]
const points = ['before-page:6', 'after-page:3', 'after-members:120', 'after-chunk:2']

for (const { store, runs, momentsEach } of plans) {
  test(`an audit killed at ${runs * momentsEach} moments on ${store} has every image once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(
      () => openAuditRun(store),
      runs,
      (run, index) => killAtMoments(run, momentsOf(index + 1, momentsEach, most)),
    )
    expect(faults.flat()).toEqual([])
  })

  test(`an audit killed at each of the four points on ${store} has every image once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(
      () => openAuditRun(store),
      points.length,
      (run, index) => killAtPoint(run, points[index] ?? ''),
    )
    expect(faults.flat()).toEqual([])
  })
}
