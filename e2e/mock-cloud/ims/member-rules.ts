import type { Cloud } from '../cloud.ts'
import { type At, canSee } from '../glance/caller.ts'
import { shownVisibility } from '../glance/membership.ts'
import type { Image, MemberStatus } from '../records.ts'
import { isOfRegion } from './caller.ts'

/** What a call on members wants to do with one image and one project. */
export type Wish =
  | { operation: 'add' | 'remove'; project: string }
  | { operation: 'answer'; project: string; status: MemberStatus; vaultId: string | null }

/** A full-server image takes few recipients whatever the quota of the others. */
const FULL_SERVER_QUOTA = 10

/** The code that stands against a wish, or null. The same rules hold for the batch and for the native calls. */
export function faultOf({ cloud, call, caller }: At, image: Image | undefined, wish: Wish): string | null {
  if (!image || !canSee(cloud, caller, image)) return 'IMG.0027'
  if (wish.operation === 'answer') return answerFault(image, wish)
  if (image.owner !== caller.projectId) return 'IMG.0047'
  if (shownVisibility(cloud.settings.visibilityModel, image) === 'public') return 'IMG.0089'
  return wish.operation === 'add'
    ? (imageFault(cloud, image) ?? newMemberFault(cloud, call.region, image, wish.project))
    : null
}

function answerFault(image: Image, wish: Extract<Wish, { operation: 'answer' }>): string | null {
  if (!image.members.has(wish.project)) return 'IMG.0027'
  const needsVault = wish.status === 'accepted' && image.ims.fullServer !== undefined
  return needsVault && !wish.vaultId ? 'IMG.0184' : null
}

function imageFault(cloud: Cloud, image: Image): string | null {
  if (image.ims.market) return 'IMG.0105'
  if (image.status !== 'active') return 'IMG.0046'
  if (image.ims.encrypted && !cloud.settings.encryptedShares) return 'IMG.0098'
  return image.ims.fullServer === 'other' ? 'IMG.0135' : null
}

function newMemberFault(cloud: Cloud, region: string, image: Image, project: string): string | null {
  if (project === image.owner) return 'IMG.0076'
  if (!cloud.projects.has(project)) return /^[0-9a-f]{32}$/.test(project) ? 'IMG.0108' : 'IMG.0067'
  if (!isOfRegion(cloud, project, region)) return 'IMG.0108'
  if (image.members.has(project)) return null
  const { memberQuota } = cloud.settings
  const most = image.ims.fullServer ? FULL_SERVER_QUOTA : memberQuota
  return most >= 0 && image.members.size >= most ? 'IMG.0088' : null
}
