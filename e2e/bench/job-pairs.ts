import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { JobView } from '../../lib/contracts/jobs.ts'
import type { Scope } from '../../lib/contracts/scope.ts'
import { callAction, valueIn } from '../tools/action-client.ts'
import type { Dashboard } from '../tools/dashboard.ts'
import { ask } from '../tools/raw-http.ts'

export interface JobMeasure {
  pairs: number
  pairsPerSecond: number
  /** Of the dashboard's process, database included when it is embedded; milliseconds. */
  cpuMsPerPair: number
}

/** Runs one bulk share through a dashboard and measures it from the first intent to the last outcome. */
export async function measureJob(
  dashboard: Dashboard,
  cookie: string,
  scope: Scope,
  { images, projects }: { images: string[]; projects: string[] },
): Promise<JobMeasure> {
  const before = cpuMs(dashboard.pid)
  const wish = { ...scope, kind: 'share', images, projects, idempotencyKey: randomUUID() }
  let job = valueIn<JobView>(await callAction(dashboard, 'startJob', wish, { cookie }))
  while (job.finishedAt === null) {
    // A browser without the event stream asks once a second; the event stream costs less.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    job = JSON.parse((await ask(dashboard, `/api/jobs/${job.id}`, { headers: { cookie } })).text) as JobView
  }
  const cpu = cpuMs(dashboard.pid) - before
  if (job.counts.done !== job.total) throw new Error(`${job.counts.failed} pairs of ${job.total} failed`)
  const ms = Date.parse(job.finishedAt) - Date.parse(job.startedAt ?? job.createdAt)
  return { pairs: job.total, pairsPerSecond: (job.total / ms) * 1_000, cpuMsPerPair: cpu / job.total }
}

/** User and system time of a process from /proc (proc(5)), whose clock ticks a hundred times a second on Linux. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
