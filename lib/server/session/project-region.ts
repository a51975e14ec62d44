import 'server-only'
import type { CloudConfig } from '../cloud/clouds'
import { Refusal } from '../refusal'

/**
 * The region that a project of the Huawei family lies in: its name is the region's, or begins with it and `_` (Huawei IAM API
 * reference, projects). Null where no known region fits.
 */
export function regionOfProject(name: string, regions: readonly string[]): string | null {
  const fitting = regions.filter((region) => name === region || name.startsWith(`${region}_`))
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null
}

/** @throws Refusal `not_found` for a region the cloud doesn't have, or one that this project does not lie in */
export function requireRegion(
  { naming }: Pick<CloudConfig, 'naming'>,
  regions: readonly string[],
  project: string,
  region: string,
): void {
  if (regions.length > 0 && !regions.includes(region)) throw new Refusal('not_found')
  const home = naming === 'account' ? regionOfProject(project, regions) : null
  if (home !== null && home !== region) throw new Refusal('not_found')
}
