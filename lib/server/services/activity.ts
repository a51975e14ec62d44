import 'server-only'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { addActivity } from '../store/activity-rows'
import type { Database } from '../store/store'

interface Act {
  /** `resource.verb` */
  verb: string
  targets: Record<string, unknown>
}

/** Who acts and in which project, for a row of the log. */
export const actorIn = ({ scope, project, session }: ProjectContext) => ({
  cloud: scope.cloud,
  region: scope.region,
  domainId: project.domainId,
  projectId: project.id,
  userId: session.userId,
  userName: session.userName,
})

/** Notes an act on something of ours, in the transaction that does it. */
export const noteDone = (tx: Database, ctx: ProjectContext, { jobId, ...act }: Act & { jobId?: string }) =>
  addActivity(tx, {
    at: new Date(ctx.runtime.clock.now()),
    act: ctx.runtime.chance.uuid(),
    phase: 'outcome',
    outcome: 'succeeded',
    ...actorIn(ctx),
    ...act,
    jobId,
  })

/**
 * Runs an act between its two rows in the activity log: the intent before the call, because the cloud can't be rolled
 * back, and the outcome after it. An intent without outcome is an act nobody saw the end of.
 */
export async function recorded<Value>(
  ctx: ProjectContext,
  { verb, targets }: Act,
  run: () => Promise<{ value: Value; upstreamRequestId: string | null }>,
): Promise<Value> {
  const { clock, chance, store } = ctx.runtime
  const act = chance.uuid()
  const row = () => ({
    at: new Date(clock.now()),
    act,
    verb,
    ...actorIn(ctx),
    targets,
  })
  await addActivity(store.db, { ...row(), phase: 'intent' })
  const { value, upstreamRequestId } = await run().catch(async (error: unknown) => {
    const known = error instanceof CloudError || error instanceof Refusal ? error : null
    await addActivity(store.db, {
      ...row(),
      phase: 'outcome',
      outcome: known?.code === 'outcome_unknown' ? 'unknown' : 'failed',
      code: known?.code ?? 'internal',
      upstreamRequestId: error instanceof CloudError ? error.upstreamRequestId : null,
    })
    throw error
  })
  // Outside of the above: an act that can't be noted as done is open, not failed.
  await addActivity(store.db, { ...row(), phase: 'outcome', outcome: 'succeeded', upstreamRequestId })
  return value
}
