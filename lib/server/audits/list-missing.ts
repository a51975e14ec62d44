import 'server-only'
import { ImageId } from '../../contracts/inputs/scope'
import { CloudError } from '../cloud/cloud-error'
import { readImagesById } from '../cloud/images'
import type { AuditRecord } from './audit-rows'
import { readMissing, storePage, type WaitingImage } from './image-rows'
import { type Listing, listedImages } from './list-images'
import type { ListPlan, SourceAccess } from './list-plans'

const list = 'missing'
/** So many ids fit into an address. */
const chunk = 50

/**
 * Looks for images that had members in the audit before and are on no list now: behind another visibility they may still
 * hold them. Images that are gone altogether stay out. Only where a visibility can freeze members (Glance 2.5 and later).
 * @throws Interrupted, LostLease
 */
export async function listMissing(
  listing: Listing,
  audit: AuditRecord,
  accesses: readonly SourceAccess[],
  found: (images: WaitingImage[]) => Promise<void>,
): Promise<void> {
  const byProject = new Map(accesses.map((access) => [access.projectId, access]))
  for (let after = audit.markers[list] ?? ''; ; ) {
    const missing = await readMissing(listing.db, audit, { after, count: chunk })
    const last = missing.at(-1)
    if (!last || listing.control.ending()) return
    const images = []
    for (const via of new Set(missing.map((image) => image.via))) {
      const access = audit.reach === 'cloud' ? accesses[0] : byProject.get(via)
      const ids = missing.filter((image) => image.via === via && ImageId.safeParse(image.id).success)
      if (access && ids.length > 0 && access.family.visibility_model === 'shared') {
        const plan = planFor(audit, access)
        const some = await readSome(
          listing,
          plan,
          ids.map(({ id }) => id),
        )
        images.push(...listedImages(plan, some))
      }
    }
    const stored = await storePage(listing.db, listing.run, images, { list, marker: last.id, isCut: false })
    listing.listed = stored.listed
    await found(stored.added)
    after = last.id
  }
}

const planFor = ({ reach }: AuditRecord, access: SourceAccess): ListPlan => ({
  name: list,
  access,
  list: reach === 'cloud' ? { of: 'cloud', visibility: 'all' } : { of: 'own' },
  hidden: false,
  status: null,
  most: Number.POSITIVE_INFINITY,
  isAnyVisibility: true,
})

/** What became of them is a finding beside the audit: a cloud that does not say leaves it open. */
async function readSome({ control }: Listing, plan: ListPlan, ids: string[]) {
  try {
    const images = await control.persist(() => readImagesById(plan.access, ids, plan.list.of), true)
    return [...images.values()]
  } catch (error) {
    if (error instanceof CloudError) return []
    throw error
  }
}
