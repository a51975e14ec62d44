import 'server-only'
import type { ProjectContext, SessionContext } from '../context'
import { findJobByKey, insertJob, type JobRecord } from '../jobs/job-rows'
import { Refusal } from '../refusal'
import { actorOf, addActivity } from '../store/activity-rows'
import type { Database } from '../store/store'
import type { Targets } from './job-targets'
import { jobToken } from './job-token'

/** What somebody asked for, checked, and by which click. */
export interface JobWish {
  kind: JobRecord['kind']
  targets: Targets
  vaultId: string | null
  idempotencyKey: string
  inputHash: string
  retryOf: string | null
}

/**
 * Stores a job with its pairs, its token and the intent in the activity log, and puts it into the queue, all or nothing.
 * Answers the job of the same click where there is one already. @throws Refusal `conflict`; CloudError without a token
 */
export async function storeJob(
  ctx: ProjectContext,
  { kind, targets, ...wish }: JobWish,
): Promise<{ row: JobRecord; isNew: boolean }> {
  const { runtime, session, scope, project } = ctx
  const now = new Date(runtime.clock.now())
  const row: JobRecord = {
    id: runtime.chance.uuid(),
    cloud: scope.cloud,
    region: scope.region,
    domainId: project.domainId,
    projectId: project.id,
    projectName: project.name,
    userId: session.userId,
    userName: session.userName,
    sessionIdHash: session.idHash,
    kind,
    state: 'queued',
    pauseReason: null,
    cancelRequested: false,
    waitUntil: null,
    attempt: 0,
    revision: 0,
    images: targets.images,
    projects: targets.projects,
    ...wish,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
  }
  const keep = await jobToken(ctx, row.id)
  const isFirst = await runtime.store.db.transaction(async (tx) => {
    const inserted = await insertJob(tx, row, targets.pairs)
    await keep(tx, inserted)
    if (!inserted) return false
    await addActivity(tx, {
      at: now,
      act: row.id,
      phase: 'intent',
      verb: `share.${kind}`,
      ...actorOf(row),
      targets: { images: targets.images, projects: targets.projects, pairs: targets.pairs.length },
      jobId: row.id,
    })
    await enqueue(ctx, tx, row)
    return true
  })
  if (isFirst) return { row, isNew: true }
  const known = await findJobByKey(runtime.store.db, session, wish.idempotencyKey)
  if (!known) throw new Refusal('conflict')
  return { row: known, isNew: false }
}

/** Puts a job into the queue and tells every tab that it waits there. */
export async function enqueue({ runtime }: SessionContext, tx: Database, row: JobRecord): Promise<void> {
  await runtime.engine.submit(tx, 'bulk-act', row.id)
  const { id: jobId, cloud, projectId, revision } = row
  await runtime.bus.tell({ jobId, cloud, projectId, revision, finished: false }, tx)
}
