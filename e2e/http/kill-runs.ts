import { expect } from 'playwright/test'
import type { Dashboard } from '../tools/dashboard.ts'
import { seededChance } from '../tools/seeded-chance.ts'
import type { StoreKind } from '../tools/store-home.ts'

/** Something that a server begins and another one, after a kill, brings to its end. */
interface KilledRun {
  start(faultPoints?: string): Promise<Dashboard>
  begin(dashboard: Dashboard): Promise<void>
  noteKill(): unknown
  finished(dashboard: Dashboard): Promise<void>
  faults(dashboard: Dashboard): Promise<string[]>
}

export const leastHeld = 4

export interface Moment {
  /** Calls that are answered before the cloud keeps its answers back. */
  passing: number
  /** Answers it holds when the server is killed. */
  held: number
}

/** Moments by seed: at most so many calls pass, and so many are held. */
export function momentsOf(seed: number, count: number, most: Moment): Moment[] {
  const chance = seededChance(seed)
  return Array.from({ length: count }, () => ({
    passing: chance(0, most.passing),
    held: chance(leastHeld, most.held),
  }))
}

/** How soon it has to go on: an embedded store has one process, a server's queue waits for ten seconds of silence. */
export const resumedWithinMs: Record<StoreKind, number> = { PGlite: 20_000, PostgreSQL: 30_000 }

/** Begins on a server that kills itself at a point, and answers what is wrong at the end. */
export async function killAtPoint(run: KilledRun, point: string): Promise<string[]> {
  const doomed = await run.start(point)
  await run.begin(doomed)
  expect(await doomed.exited).toBe('SIGKILL')
  await run.noteKill()
  const dashboard = await run.start()
  await run.finished(dashboard)
  return run.faults(dashboard)
}

/** Several runs side by side: a server's queue finds a death by its heartbeat only, so they wait for it together. */
export async function inRuns<Run extends { end(): Promise<void> }, Outcome>(
  open: () => Promise<Run>,
  count: number,
  act: (run: Run, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const runs = await Promise.all(Array.from({ length: count }, open))
  try {
    return await Promise.all(runs.map(act))
  } finally {
    await Promise.all(runs.map((run) => run.end()))
  }
}
