import 'server-only'
import type { ImageAccess } from '../cloud/glance'
import { runCall } from './batch-call'
import { checkPart } from './batch-check'
import { openBatchRun, type Part } from './batch-run'
import { leaveUnknown } from './item-rows'
import { type JobRecord, LostLease, runRowOf } from './job-rows'
import { createRunControl, Interrupted, isPause } from './run-control'
import { conclude, type RunParts, runJob } from './run-job'

/** No cloud publishes how many of its jobs may run at once. */
const callsAtOnce = 4

/**
 * Runs what is left of a claimed job on a cloud that takes many pairs in one call and works them off as a job of its own
 * (IMS). Order of every call: intent stored with its pairs, sent, followed to its end, members read, outcomes stored. No
 * image is in two calls at once.
 * @throws Stopping when `signal` aborts, LostLease when another worker took the job.
 */
export async function runBatchJob(
  parts: RunParts,
  job: JobRecord,
  access: ImageAccess,
  signal: AbortSignal,
): Promise<void> {
  const control = createRunControl(parts, runRowOf(parts.store, job), signal)
  const { run, queue } = await openBatchRun(parts, job, access, control)
  const broken: unknown[] = []
  const busy = new Set<number>()
  const active = new Set<Promise<void>>()

  const mayStart = (part: Part) => {
    if (part.images.some((image) => busy.has(image))) return false
    return part.committed || (control.ending() === null && !run.goesNative)
  }
  const start = (part: Part) => {
    for (const image of part.images) busy.add(image)
    const working = (part.step === 'check' && !part.resumed ? checkPart(run, part) : runCall(run, part))
      .then(
        (more) => void queue.unshift(...more),
        (error: unknown) => {
          if (error instanceof Interrupted) {
            if (part.committed || part.step !== 'check') run.leftOpen = true
            return
          }
          broken.push(error)
          control.end('stopping')
        },
      )
      .finally(() => {
        for (const image of part.images) busy.delete(image)
        active.delete(working)
      })
    active.add(working)
  }

  const watch = control.watch()
  for (;;) {
    while (active.size < callsAtOnce && control.halting() === null) {
      const at = queue.findIndex(mayStart)
      const [part] = at < 0 ? [] : queue.splice(at, 1)
      if (!part) break
      start(part)
    }
    if (active.size === 0) break
    await Promise.race(active)
  }
  const errors = [...broken, await watch.stop()].filter((error) => error !== undefined)
  const lost = errors.find((error) => error instanceof LostLease)
  if (lost ?? errors[0]) throw lost ?? errors[0]

  const halting = control.halting()
  const isOpen = run.leftOpen || queue.some((part) => part.committed)
  const ending = (isOpen ? halting : null) ?? control.ending() ?? halting
  if (ending === null && run.goesNative) return runJob(parts, job, access, signal)
  if (isPause(ending)) await leaveUnknown(parts.store.db, job)
  await conclude(parts, job, ending ?? 'finished')
}
