import 'server-only'
import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { vi } from 'vitest'
import { isAuditOver } from '../../contracts/audits'
import { claimAudit } from '../audits/audit-rows'
import { runAudit } from '../audits/run-audit'
import { type Clock, systemClock } from '../clock'
import type { CloudHttp } from '../cloud/cloud-http'
import { loadClouds } from '../cloud/clouds'
import { type CloudFamily, glanceFamily } from '../cloud/family'
import type { ImageAccess } from '../cloud/glance'
import { createIdentity } from '../cloud/identity'
import { nativeSharing } from '../cloud/native-sharing'
import type { Sharing } from '../cloud/sharing'
import type { FaultPoints } from '../jobs/fault-points'
import { auditImage, auditProject, auditSnapshot } from '../store/schema'
import type { Store } from '../store/store'
import type { FakeCloud } from './fake-cloud'
import { accessAs } from './image-access'
import { noFaultPoints } from './test-jobs'
import { testEnv } from './test-runtime'

/** An audit as it is stored, with its images in the order of reading and its projects by id. */
export async function auditNow({ db }: Pick<Store, 'db'>, id: string) {
  const [row] = await db.select().from(auditSnapshot).where(eq(auditSnapshot.id, id))
  if (!row) throw new Error('there is no such audit')
  const images = await db
    .select()
    .from(auditImage)
    .where(eq(auditImage.auditId, id))
    .orderBy(asc(auditImage.seq), asc(auditImage.imageId))
  const projects = await db.select().from(auditProject).where(eq(auditProject.auditId, id))
  return { row, images, projects: new Map(projects.map((project) => [project.projectId, project])) }
}

/** Waits until an audit is over. */
export async function auditEnded(store: Pick<Store, 'db'>, id: string): Promise<void> {
  await vi.waitUntil(async () => isAuditOver((await auditNow(store, id)).row), { timeout: 20_000 })
}

interface RunOptions {
  clock?: Clock
  signal?: AbortSignal
  faults?: FaultPoints
  sharing?: Sharing
  /** Another way to the same database. */
  through?: Store
}

interface Reader {
  user: string
  project: string
  isAdmin?: boolean
}

/** Audits that run without a queue, with the tokens of some people of the fake cloud. */
export interface AuditWorld {
  /** Stores an audit that waits, by these readers; with one administrator it is of the whole cloud. */
  store(readers: readonly Reader[], more?: Partial<typeof auditSnapshot.$inferInsert>): Promise<string>
  /** Claims an audit and runs what is left of it, as the queue's worker does. */
  run(id: string, options?: RunOptions): Promise<void>
  /** Puts a paused audit back into the queue. */
  resume(id: string): Promise<void>
}

export function auditWorld(
  fake: FakeCloud,
  http: CloudHttp,
  store: Store,
  family: CloudFamily = glanceFamily,
): AuditWorld {
  const readersOf = new Map<string, readonly Reader[]>()
  const config = loadClouds(testEnv(fake)).get('openstack')
  if (!config) throw new Error('no cloud is configured')
  return {
    async store(readers, more = {}) {
      const id = randomUUID()
      const [first] = readers
      if (!first) throw new Error('nobody reads')
      readersOf.set(id, readers)
      await store.db.insert(auditSnapshot).values({
        id,
        cloud: 'openstack',
        region: 'north',
        domainId: 'default',
        projectId: first.project,
        projectName: first.user,
        userId: first.user,
        userName: first.user,
        reach: first.isAdmin && readers.length === 1 ? 'cloud' : 'own',
        sources: readers.map(({ project, user }) => ({ id: project, name: user })),
        state: 'queued',
        idempotencyKey: randomUUID(),
        createdAt: new Date(),
        ...more,
      })
      return id
    },
    async run(id, options = {}) {
      const clock = options.clock ?? systemClock
      const accesses: (ImageAccess & { isAdmin: boolean })[] = []
      for (const { user, project, isAdmin = false } of readersOf.get(id) ?? [])
        accesses.push({ ...(await accessAs(fake, http, user, project, family)), isAdmin })
      const audit = await claimAudit(store.db, id, clock.now())
      if (!audit) throw new Error('there is nothing to run')
      await runAudit(
        {
          store: options.through ?? store,
          clock,
          http,
          identityThrough: (through) => createIdentity(config, through),
          sharing: options.sharing ?? nativeSharing,
          faults: options.faults ?? noFaultPoints,
        },
        audit,
        accesses,
        options.signal ?? new AbortController().signal,
      )
    },
    async resume(id) {
      await store.db
        .update(auditSnapshot)
        .set({ state: 'queued', pauseReason: null })
        .where(eq(auditSnapshot.id, id))
    },
  }
}
