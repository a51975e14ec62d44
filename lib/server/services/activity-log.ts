import 'server-only'
import type { z } from 'zod'
import type { ActivityPage } from '../../contracts/activity'
import type { ActivityPageInput } from '../../contracts/inputs/activity'
import type { SessionContext } from '../context'
import { type Place, readActs, viewerOf } from './activity-reads'
import { noteView } from './activity-views'

const perPage = 50
/** A row of the list names one; its details name these. */
const listed = 20

/**
 * A page of what was done through the dashboard, newest first: in the projects of the session, and by the caller alone.
 * Every page is a look at the log, which is noted in it once in a while: a cursor can be made up.
 */
export async function listActivity(
  ctx: SessionContext,
  { cursor, ...filter }: z.output<typeof ActivityPageInput>,
): Promise<ActivityPage> {
  const { store, clock } = ctx.runtime
  await noteView(ctx, { verb: 'activity.view', subject: '' })
  const acts = await readActs(store.db, {
    viewer: await viewerOf(ctx),
    filter,
    after: cursor === undefined ? null : placeOf(cursor),
    limit: perPage + 1,
    listed,
    now: clock.now(),
  })
  const shown = acts.slice(0, perPage)
  const last = shown.at(-1)
  return {
    entries: shown.map(({ entry }) => entry),
    next: last && acts.length > perPage ? cursorOf(last) : null,
  }
}

const cursorOf = ({ at, id }: Place) => `${at.getTime()}.${id}`

function placeOf(cursor: string): Place {
  const [at, id] = cursor.split('.')
  return { at: new Date(Number(at)), id: Number(id) }
}
