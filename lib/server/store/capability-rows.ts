import 'server-only'
import { and, eq, like } from 'drizzle-orm'
import type { CapabilityKey, CapabilitySource, CapabilityValues } from '../../contracts/clouds'
import { keepFact } from './fact-rows'
import { cloudFact } from './schema'
import type { Database } from './store'

const prefix = 'capability.'

interface Found<Value> {
  value: Value
  source: CapabilitySource
  /** Who was asked, for what was probed: behind another address there may be another cloud. */
  origin?: string
  at: Date
}

export type FoundCapabilities = { [Key in CapabilityKey]?: Found<CapabilityValues[Key]> }

interface Place {
  cloud: string
  region: string
}

/** What was found out about a cloud's region so far, by anybody. */
export async function findCapabilities(db: Database, { cloud, region }: Place): Promise<FoundCapabilities> {
  const rows = await db
    .select()
    .from(cloudFact)
    .where(and(eq(cloudFact.cloud, cloud), eq(cloudFact.region, region), like(cloudFact.key, `${prefix}%`)))
  return Object.fromEntries(
    rows.map(({ key, value, learntAt }) => [
      key.slice(prefix.length),
      { ...(value as Omit<Found<string>, 'at'>), at: learntAt },
    ]),
  )
}

/** Keeps what was learnt from an answer in passing, for all users of the cloud. */
export async function learnCapability<Key extends CapabilityKey>(
  db: Database,
  place: Place,
  key: Key,
  value: CapabilityValues[Key],
  now: number,
): Promise<void> {
  await keepFact(db, place, `${prefix}${key}`, { value, source: 'learnt' }, now)
}

/** Keeps clear answers of a cloud that was asked, for all its users. */
export async function keepProbed(
  db: Database,
  place: Place,
  answers: Partial<CapabilityValues>,
  origin: string,
  now: number,
): Promise<void> {
  for (const [key, value] of Object.entries(answers)) {
    await keepFact(db, place, `${prefix}${key}`, { value, source: 'probed', origin }, now)
  }
}
