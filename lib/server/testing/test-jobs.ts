import 'server-only'
import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { ItemState, JobTarget } from '../../contracts/jobs'
import type { FaultPoints } from '../jobs/fault-points'
import type { Outcome } from '../jobs/item-rows'
import { countItems, findJob, insertJob, type JobRecord } from '../jobs/job-rows'
import { jobItem } from '../store/schema'
import type { Store } from '../store/store'

export const noFaultPoints: FaultPoints = { pass: () => {}, intents: true }

/** Targets for tests that look at rows and call no cloud. */
export const threeByFour = { images: ['i0', 'i1', 'i2'], projects: ['p0', 'p1', 'p2', 'p3'] } as const

/** How a pair ended, for storing. */
export const outcomeFor = (seq: number, state: ItemState = 'done'): Outcome => ({
  seq,
  state,
  code: state === 'failed' ? 'forbidden' : null,
  values: null,
  upstreamRequestId: `req-${seq}`,
  finishedAt: new Date(Date.UTC(2026, 10, 20, 12)).toISOString(),
})

interface Wish {
  images: readonly string[]
  projects: readonly string[]
  pairs?: readonly [number, number][]
  more?: Partial<JobRecord>
}

/** Stores a queued job of a whole rectangle, or of the pairs given. */
export async function storeJob(store: Store, { images, projects, pairs, more }: Wish): Promise<JobRecord> {
  const targets = (ids: readonly string[]): JobTarget[] => ids.map((id) => ({ id, name: null }))
  const row: JobRecord = {
    id: randomUUID(),
    cloud: 'openstack',
    region: 'north',
    domainId: 'default',
    projectId: 'alpha',
    projectName: 'alpha',
    userId: 'alice',
    userName: 'alice',
    sessionIdHash: null,
    kind: 'share',
    state: 'queued',
    pauseReason: null,
    cancelRequested: false,
    attempt: 0,
    revision: 0,
    images: targets(images),
    projects: targets(projects),
    idempotencyKey: randomUUID(),
    inputHash: 'hash',
    retryOf: null,
    vaultId: null,
    waitUntil: null,
    createdAt: new Date(),
    startedAt: null,
    finishedAt: null,
    ...more,
  }
  const rectangle = images.flatMap((_, image) =>
    projects.map((_, project): [number, number] => [image, project]),
  )
  await insertJob(store.db, row, pairs ?? rectangle)
  return row
}

/** A job as it is in the store now, with its counts and its pairs in order. */
export async function jobNow(store: Store, id: string) {
  const row = await findJob(store.db, id)
  const counts = (await countItems(store.db, [id])).get(id)
  if (!row || !counts) throw new Error(`no job ${id}`)
  const items = await store.db.select().from(jobItem).where(eq(jobItem.jobId, id)).orderBy(asc(jobItem.seq))
  return { row, counts, items }
}
