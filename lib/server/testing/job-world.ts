import 'server-only'
import { eq, type SQL } from 'drizzle-orm'
import { type Clock, systemClock } from '../clock'
import type { CloudHttp } from '../cloud/cloud-http'
import { type CloudFamily, glanceFamily } from '../cloud/family'
import type { ImageAccess } from '../cloud/glance'
import { nativeSharing } from '../cloud/native-sharing'
import type { FaultPoints } from '../jobs/fault-points'
import { claimJob, type JobRecord } from '../jobs/job-rows'
import { runBatchJob } from '../jobs/run-batch-job'
import { runJob } from '../jobs/run-job'
import { job } from '../store/schema'
import type { Store } from '../store/store'
import type { FakeCloud } from './fake-cloud'
import { accessAs } from './image-access'
import { jobNow, noFaultPoints, storeJob } from './test-jobs'

/** An owner with images to share, and projects to share them with; jobs run without a queue. */
export interface JobWorld {
  images: string[]
  projects: string[]
  access: ImageAccess
  /** What every run told so far: revision and whether it finished. */
  told: [revision: number, finished: boolean][]
  store(wish?: { pairs?: [number, number][]; more?: Partial<JobRecord> }): Promise<JobRecord>
  /** Claims a job and runs what is left of it, as the queue's worker does. */
  run(id: string, options?: RunOptions): Promise<void>
  /** Signs the owner in again, and runs what is left of a paused job. */
  resume(id: string, options?: RunOptions): Promise<void>
}

interface RunOptions {
  clock?: Clock
  signal?: AbortSignal
  faults?: FaultPoints
  access?: ImageAccess
  /** Another way to the same database. */
  through?: Store
}

let worlds = 0

/** Mints an owner project of its own in the fake cloud, so that several worlds don't meet. */
export async function jobWorld(
  fake: FakeCloud,
  http: CloudHttp,
  store: Store,
  size: { images: number; projects: number },
  family: CloudFamily = glanceFamily,
): Promise<JobWorld> {
  worlds += 1
  const owner = `owner-${worlds}`
  const minted = fake.mint({
    projects: [
      { name: owner },
      ...Array.from({ length: size.projects }, (_, at) => ({ name: `${owner}-recipient-${at}` })),
    ],
    users: [{ name: owner, roles: [{ project: owner }] }],
    images: [{ project: owner, name: 'Debian', count: size.images }],
  })
  const projectId = minted.projects[owner] ?? ''
  const projects = Object.values(minted.projects).filter((id) => id !== projectId)
  const images = minted.imageIds
  const enter = () => accessAs(fake, http, owner, projectId, family)
  const access = await enter()
  const told: JobWorld['told'] = []
  const world: JobWorld = {
    images,
    projects,
    access,
    told,
    store: ({ pairs, more } = {}) =>
      storeJob(store, { images, projects, pairs, more: { projectId, ...more } }),
    async run(id, options = {}) {
      const clock = options.clock ?? systemClock
      const through = options.through ?? store
      const claimed = await claimJob(store.db, id, clock.now())
      if (!claimed) throw new Error('there is nothing to run')
      const reach = options.access ?? access
      await (reach.family.sharing === 'batch' ? runBatchJob : runJob)(
        {
          store: through,
          clock,
          sharing: nativeSharing,
          faults: options.faults ?? noFaultPoints,
          changed: (revision, finished) => told.push([revision, finished]),
        },
        claimed,
        reach,
        options.signal ?? new AbortController().signal,
      )
    },
    async resume(id, options) {
      await store.db.update(job).set({ state: 'queued', pauseReason: null }).where(eq(job.id, id))
      await world.run(id, { ...options, access: await enter() })
    },
  }
  return world
}

/** The same store, but `before` is run before each statement of our own SQL, with its text; it may wait or throw. */
export function watched(store: Store, before: (text: string) => Promise<void> | void): Store {
  const db = new Proxy(store.db, {
    get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name)
      return async (query: SQL) => {
        await before(JSON.stringify(query.queryChunks))
        return target.execute(query)
      }
    },
  })
  return { ...store, db }
}

/** A job's state and its counts above nothing, for short comparisons. */
export async function summary(store: Store, id: string) {
  const { row, counts } = await jobNow(store, id)
  return [row.state, Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))]
}

/** The pairs that failed, by their places in the job, with the reason. */
export async function failuresOf(store: Store, id: string) {
  const { items } = await jobNow(store, id)
  return items
    .filter(({ state }) => state === 'failed')
    .map(({ image, project, code }) => [image, project, code])
}
