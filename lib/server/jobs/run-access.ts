import 'server-only'
import { eq } from 'drizzle-orm'
import type { Clock } from '../clock'
import type { ImageAccess } from '../cloud/glance'
import type { CloudClients } from '../runtime'
import { familyOf } from '../session/capabilities'
import type { Secrets } from '../session/secrets'
import { openToken } from '../session/token-rows'
import { token } from '../store/schema'
import type { Store } from '../store/store'

export interface AccessParts {
  clock: Clock
  secrets: Secrets
  store: Store
  clouds: CloudClients
}

/** What a run reaches a project's images with, and the roles it has there. */
export interface RunAccess extends ImageAccess {
  roles: string[]
}

/** The run's own tokens, opened, one for each project; those that are over are left out. */
export async function openAccesses(
  { store, secrets, clouds, clock }: AccessParts,
  run: { id: string; cloud: string; region: string },
): Promise<RunAccess[]> {
  const cloud = clouds.get(run.cloud)
  if (!cloud) return []
  const rows = await store.db.select().from(token).where(eq(token.jobId, run.id))
  const accesses = rows.flatMap((row) =>
    row.imageEndpoint && row.projectId && row.expiresAt.getTime() > clock.now()
      ? [
          {
            http: cloud.http,
            endpoint: row.imageEndpoint,
            token: openToken(secrets, row),
            projectId: row.projectId,
            roles: row.roles,
          },
        ]
      : [],
  )
  const { config } = cloud
  return Promise.all(
    accesses.map(async (access) => ({
      ...access,
      family: await familyOf({ store, clock }, { config, region: run.region, access }),
    })),
  )
}
