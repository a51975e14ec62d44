import { expect, test } from 'playwright/test'
import { seededChance } from '../tools/seeded-chance.ts'
import type { StoreKind } from '../tools/store-home.ts'
import { type AuditRun, memberReads, openAuditRun } from './audit-run.ts'

// A server that is killed amid an audit loses nothing and doubles nothing.

test.describe.configure({ mode: 'parallel' })

const leastHeld = 4

interface Moment {
  /** Member lists that are answered before the cloud keeps its answers back. */
  passing: number
  /** Answers it holds when the server is killed. */
  held: number
}

/** Moments by seed; all of them together need fewer images than there are. */
function momentsOf(seed: number, count: number): Moment[] {
  const chance = seededChance(seed)
  return Array.from({ length: count }, () => ({ passing: chance(0, 40), held: chance(leastHeld, 16) }))
}

/** How soon an audit has to go on: an embedded store has one process, a server's queue waits for ten seconds of silence. */
const resumedWithinMs: Record<StoreKind, number> = { PGlite: 20_000, PostgreSQL: 30_000 }

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

async function killAtPoint(run: AuditRun, point: string): Promise<string[]> {
  const doomed = await run.start(point)
  await run.begin(doomed)
  expect(await doomed.exited).toBe('SIGKILL')
  run.noteKill()
  const dashboard = await run.start()
  await run.finished(dashboard)
  return run.faults(dashboard)
}

async function inRuns<Outcome>(
  store: StoreKind,
  count: number,
  act: (run: AuditRun, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const runs = await Promise.all(Array.from({ length: count }, () => openAuditRun(store)))
  try {
    return await Promise.all(runs.map(act))
  } finally {
    await Promise.all(runs.map((run) => run.end()))
  }
}

// Several runs side by side: a server's queue finds a death by its heartbeat only, so they wait for it together.
const plans: { store: StoreKind; runs: number; momentsEach: number }[] = [
  { store: 'PGlite', runs: 2, momentsEach: 3 },
  { store: 'PostgreSQL', runs: 3, momentsEach: 2 },
]
const points = ['before-page:6', 'after-page:3', 'after-members:120', 'after-chunk:2']

for (const { store, runs, momentsEach } of plans) {
  test(`an audit killed at ${runs * momentsEach} moments on ${store} has every image once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, runs, (run, index) =>
      killAtMoments(run, momentsOf(index + 1, momentsEach)),
    )
    expect(faults.flat()).toEqual([])
  })

  test(`an audit killed at each of the four points on ${store} has every image once`, async () => {
    test.setTimeout(300_000)
    const faults = await inRuns(store, points.length, (run, index) => killAtPoint(run, points[index] ?? ''))
    expect(faults.flat()).toEqual([])
  })
}
