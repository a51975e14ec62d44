import 'server-only'
import { and, eq } from 'drizzle-orm'
import { cloudFact } from './schema'
import type { Database } from './store'

interface Place {
  cloud: string
  region: string
}

/** What was learnt about a cloud's region, or undefined. */
export async function findFact(db: Database, { cloud, region }: Place, key: string): Promise<unknown> {
  const [row] = await db
    .select({ value: cloudFact.value })
    .from(cloudFact)
    .where(and(eq(cloudFact.cloud, cloud), eq(cloudFact.region, region), eq(cloudFact.key, key)))
  return row?.value
}

/** Keeps a fact; a newer one takes the older one's place. */
export async function keepFact(
  db: Database,
  place: Place,
  key: string,
  value: unknown,
  now: number,
): Promise<void> {
  const learntAt = new Date(now)
  await db
    .insert(cloudFact)
    .values({ cloud: place.cloud, region: place.region, key, value, learntAt })
    .onConflictDoUpdate({
      target: [cloudFact.cloud, cloudFact.region, cloudFact.key],
      set: { value, learntAt },
    })
}
