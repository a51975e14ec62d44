import 'server-only'
import { activity } from './schema'
import type { Database } from './store'

export type ActivityRow = Omit<typeof activity.$inferInsert, 'id'>

type Actor = Pick<
  Required<ActivityRow>,
  'cloud' | 'region' | 'domainId' | 'projectId' | 'userId' | 'userName'
>

/** Who acts and where, out of a row that keeps both, such as a job's or an audit's. */
export const actorOf = ({ cloud, region, domainId, projectId, userId, userName }: Actor): Actor => ({
  cloud,
  region,
  domainId,
  projectId,
  userId,
  userName,
})

/** Appends to the activity log. There is no other verb: rows are never changed or removed. */
export async function addActivity(db: Database, row: ActivityRow): Promise<void> {
  await db.insert(activity).values(row)
}
