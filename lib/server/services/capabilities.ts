import 'server-only'
import type { Capabilities } from '../../contracts/clouds'
import type { ProjectContext, SessionContext } from '../context'
import { capabilitiesOf } from '../session/capabilities'

/** What is known of the region the project is in. Entering the project has asked the cloud; this asks nothing. */
export function getCapabilities({ runtime, cloud, scope }: ProjectContext): Promise<Capabilities> {
  return capabilitiesOf(runtime, { config: cloud.config, region: scope.region, access: null })
}

/** Whether some region of the session's cloud is known to share in batches, and so has jobs of its own. Asks nothing. */
export async function hasBatchSharing({ runtime, cloud, session }: SessionContext): Promise<boolean> {
  const known = await Promise.all(
    session.regions.map((region) => capabilitiesOf(runtime, { config: cloud.config, region, access: null })),
  )
  return known.some(({ sharing }) => sharing.value === 'batch')
}
