import 'server-only'
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { ActivityVerb } from '../../contracts/activity'
import type { SessionContext } from '../context'
import type { SessionRecord } from '../session/session-rows'
import { addActivity } from '../store/activity-rows'
import { activity, session as sessionTable } from '../store/schema'
import type { Database } from '../store/store'
import { sessionActivity } from './sessions-activity'

const hourMs = 3_600_000

interface View {
  verb: Extract<ActivityVerb, `${string}.view`>
  /** What is looked at, such as an audit's id; empty for the log itself. */
  subject: string
  /** Stored beside the request's id. */
  targets?: Record<string, unknown>
  /** The project it is looked at in; without it the look belongs to no project and only its own person sees it. */
  scope?: { region: string; projectId: string }
}

/**
 * Notes a look before it is answered, once in each hour of a session and subject: a list that is read again fills the
 * log with nothing new. What can't be noted throws, and so is not shown.
 */
export async function noteView(ctx: SessionContext, { verb, subject, targets, scope }: View): Promise<void> {
  const { runtime, session } = ctx
  const now = runtime.clock.now()
  const act = viewId(session, `${verb} ${subject}`, now)
  if (await isNoted(runtime.store.db, act)) return
  await runtime.store.db.transaction(async (tx) => {
    // Two tabs that open at once wait for each other here.
    await tx
      .select({ idHash: sessionTable.idHash })
      .from(sessionTable)
      .where(eq(sessionTable.idHash, session.idHash))
      .for('update')
    if (await isNoted(tx, act)) return
    const row = sessionActivity(session, verb, ctx.requestId, now, runtime)
    const project = session.projects.find(({ id }) => id === scope?.projectId)
    await addActivity(tx, {
      ...row,
      ...scope,
      domainId: project?.domainId ?? row.domainId,
      targets: { ...targets, ...row.targets },
      act,
    })
  })
}

async function isNoted(db: Database, act: string): Promise<boolean> {
  const rows = await db.select({ id: activity.id }).from(activity).where(eq(activity.act, act)).limit(1)
  return rows.length > 0
}

/** The same for every look at one thing within one hour of one session; version 8 of RFC 9562, whose bits are the application's own. */
function viewId({ idHash, createdAt }: SessionRecord, look: string, now: number): string {
  const hour = Math.floor((now - createdAt.getTime()) / hourMs)
  const hex = createHash('sha256').update(`${idHash} ${hour} ${look}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
