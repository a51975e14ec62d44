import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from '../cloud/cloud-error'
import { type AuditRecord, noteListed, noteSource } from './audit-rows'
import { readWaiting, type WaitingImage } from './image-rows'
import { type Listing, listImages } from './list-images'
import { listMissing } from './list-missing'
import { type ListPlan, listPlans, type SourceAccess } from './list-plans'

const listsAtOnce = 4
const waitingChunk = 128

/**
 * Finds every image whose members are still to be read, and hands them on: what an earlier run listed, then the lists from
 * where they were left off. Answers the projects whose lists were refused. @throws Interrupted, LostLease
 */
export async function findImages(
  listing: Listing,
  audit: AuditRecord,
  accesses: readonly SourceAccess[],
  found: (images: readonly WaitingImage[]) => Promise<void>,
): Promise<ReadonlyMap<string, ErrorCode>> {
  const { db, control } = listing
  const refused = new Map<string, ErrorCode>()

  const findWaiting = async (side: WaitingImage['side']) => {
    for (let after = ''; control.ending() === null; ) {
      const images = await readWaiting(db, audit, { side, after, count: waitingChunk })
      const last = images.at(-1)
      if (!last) return
      await found(images)
      after = last.id
    }
  }
  const findListed = async (plan: ListPlan, give: typeof found) => {
    const { projectId } = plan.access
    if (refused.has(projectId) || control.ending()) return
    try {
      await listImages(listing, plan, audit.markers[plan.name], give)
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      refused.set(projectId, error.code)
      await noteSource(db, audit, projectId, error.code)
    }
  }

  if (audit.attempt > 1) await findWaiting('owner')
  if (!audit.isListed) {
    const { owned, offered } = listPlans(audit.reach, accesses)
    // Whatever is asked beside the first page would stand in the cloud's queue before the first members, which are waited for.
    const begun = Promise.withResolvers<void>()
    const foundFirst = (images: readonly WaitingImage[]) => found(images).finally(begun.resolve)
    await sideBySide(owned, listsAtOnce, (plan, at) =>
      at === 0
        ? findListed(plan, foundFirst).finally(begun.resolve)
        : begun.promise.then(() => findListed(plan, found)),
    )
    // An image that is offered to several projects is read once all of them are known.
    await sideBySide(offered, listsAtOnce, (plan) => findListed(plan, async () => {}))
    if (refused.size < accesses.length) await listMissing(listing, audit, accesses, found)
    if (control.ending()) return refused
    await noteListed(db, audit)
  }
  await findWaiting('recipient')
  return refused
}

/** Works off a list, so many at a time. All of them come to their end before an error is thrown. */
async function sideBySide<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const left = items.entries()
  const ends = await Promise.allSettled(
    Array.from({ length: atOnce }, async () => {
      for (const [at, item] of left) await work(item, at)
    }),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
