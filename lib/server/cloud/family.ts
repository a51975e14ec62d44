import 'server-only'
import type { CapabilityValues } from '../../contracts/clouds'

/** What of a cloud's capabilities decides how it is spoken to. */
export type CloudFamily = Readonly<
  Pick<CapabilityValues, 'sharing' | 'image_list' | 'job_endpoint' | 'visibility_model'>
>

/** Plain OpenStack, Glance 2.5 or later: what is assumed until something else is known. */
export const glanceFamily: CloudFamily = {
  sharing: 'native',
  image_list: 'glance',
  job_endpoint: 'project',
  visibility_model: 'shared',
}

/** Everything but this may have members, where the model does not ask for one certain visibility. */
const open = new Set(['public', 'community'])
const known = new Set(['private', 'shared', ...open])

/**
 * Whether an image of this visibility may have members. Glance 2.5 wants `shared`; before it, and on IMS, everything may
 * that is not open to all ("Image visibility changes", Glance release notes; OTC API reference, "Image sharing"). A
 * visibility we don't know is left to the cloud.
 */
export function visibilityAllowsMembers(
  { visibility_model }: Pick<CloudFamily, 'visibility_model'>,
  visibility: string,
): boolean {
  if (visibility_model === 'shared') return visibility === 'shared' || !known.has(visibility)
  return !open.has(visibility)
}
