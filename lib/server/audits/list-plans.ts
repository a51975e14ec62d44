import 'server-only'
import type { AuditReach } from '../../contracts/audits'
import type { MemberStatus } from '../../contracts/images'
import type { ImageAccess } from '../cloud/glance'
import { hasHiddenImages } from '../cloud/glance-images'
import type { ImageList } from '../cloud/image-pages'

export const auditLimits = {
  /** Images of one audit; what comes after them is left out, and the audit says so. */
  images: 200_000,
  /** Offers looked at with an administrator's token, whose list of them is the whole cloud. */
  wholeCloudOffers: 1_000,
  projects: 200,
} as const

/** How a source is reached, and whether the cloud hides nothing from it. */
export interface SourceAccess extends ImageAccess {
  isAdmin: boolean
}

/** One list of images to be read from its beginning to its end. */
export interface ListPlan {
  /** What its marker is kept under. */
  name: string
  access: ImageAccess
  list: ImageList
  hidden: boolean
  /** What being on this list says of our membership, on clouds where the member itself may not be read. */
  status: MemberStatus | null
  /** So many images of this list are enough. */
  most: number
  /** Whether images count that can't have members at present. */
  isAnyVisibility: boolean
}

/** What an administrator's default list leaves out are foreign community images, so each visibility is a list of its own. */
const cloudLists = ['shared', 'public', 'community'] as const
const answers = ['pending', 'accepted', 'rejected'] as const satisfies MemberStatus[]

/**
 * The lists an audit reads. What a person owns comes before what is offered, because an image that is also offered to
 * another project of the same person is told in full by its owner.
 */
export function listPlans(
  reach: AuditReach,
  accesses: readonly SourceAccess[],
): { owned: ListPlan[]; offered: ListPlan[] } {
  if (reach === 'cloud') {
    const lists = cloudLists.map((visibility) => ({ of: 'cloud', visibility }) as const)
    return {
      owned: accesses.flatMap((access) =>
        lists.flatMap((list) => withHidden(access, list.visibility, list, null)),
      ),
      offered: [],
    }
  }
  return {
    owned: accesses.flatMap((access) => withHidden(access, 'own', { of: 'own' }, null)),
    offered: accesses.flatMap((access) =>
      access.family.image_list === 'cloudimages'
        ? answers.flatMap((status) => withHidden(access, status, { of: 'offered', status }, status))
        : withHidden(access, 'offered', { of: 'offered', status: 'any' }, null),
    ),
  }
}

function withHidden(
  access: SourceAccess,
  kind: string,
  list: ImageList,
  status: MemberStatus | null,
): ListPlan[] {
  const hiddens = hasHiddenImages(access) ? [false, true] : [false]
  const isWholeCloud = list.of === 'offered' && access.isAdmin
  return hiddens.map((hidden) => ({
    name: `${access.projectId} ${kind}${hidden ? ' hidden' : ''}`,
    access,
    list,
    hidden,
    status,
    most: isWholeCloud ? auditLimits.wholeCloudOffers : Number.POSITIVE_INFINITY,
    isAnyVisibility: false,
  }))
}
