import 'server-only'
import { firstStep, isGone, judge, pairsOf } from './batch-goals'
import { type BatchRun, type Part, partOf } from './batch-run'
import { type Item, type Outcome, outcomeOf } from './item-rows'
import { cutRectangles } from './rectangles'
import { vaultFor } from './run-pair'

type Way = Pick<Part, 'vault' | 'committed'> & { step: 'add' | 'remove' | 'answer' }

/**
 * Looks at the members before anything is sent: what is there already needs no call. Answers the calls for the rest.
 * @throws Interrupted
 */
export async function checkPart(run: BatchRun, part: Part): Promise<Part[]> {
  const { job, parts } = run
  const when = part.committed ? 'now' : 'before'
  const read = new Map(
    await Promise.all(part.images.map(async (image) => [image, await run.members(image, when)] as const)),
  )
  const outcomes: Outcome[] = []
  const ways = new Map<string, { way: Way; items: Item[] }>()
  for (const item of run.itemsOf(pairsOf(part))) {
    const members = read.get(item.image)
    if (!members) continue
    const projectId = job.projects[item.project]?.id ?? ''
    // Where the members can't be read, removing comes first all the same.
    const isAbsent = judge('add', job.kind, members, projectId) === 'missed'
    const status = members instanceof Map ? members.get(projectId) : undefined
    const isDone =
      job.kind === 'offer_again'
        ? item.mayHaveHappened && status === 'pending'
        : judge(firstStep[job.kind], job.kind, members, projectId) === 'reached'
    if (isDone) {
      // What an earlier call of ours put there is ours, even if it is only now found.
      outcomes.push(outcomeOf(item, item.mayHaveHappened ? 'done' : 'already', parts.clock))
    } else if (isGone(members)) {
      outcomes.push(outcomeOf(item, 'failed', parts.clock, { code: 'image_not_found' }))
    } else {
      const way: Way = {
        step: job.kind === 'offer_again' && isAbsent ? 'add' : firstStep[job.kind],
        vault: vaultFor(job, item.image) !== null,
        committed: job.kind === 'offer_again' && isAbsent && item.mayHaveHappened,
      }
      // Nothing of it has begun after all, so a cancelling may leave it out.
      if (part.committed && !way.committed) outcomes.push(outcomeOf(item, 'waiting', parts.clock))
      const name = JSON.stringify(way)
      const same = ways.get(name) ?? { way, items: [] }
      same.items.push(item)
      ways.set(name, same)
    }
  }
  await run.record(outcomes)
  return [...ways.values()].flatMap(({ way: { step, ...more }, items }) =>
    cutRectangles(items).map((rectangle) => partOf(rectangle, step, more)),
  )
}
