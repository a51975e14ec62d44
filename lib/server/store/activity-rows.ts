import 'server-only'
import { activity } from './schema'
import type { Database } from './store'

export type ActivityRow = Omit<typeof activity.$inferInsert, 'id'>

/** Appends to the activity log. There is no other verb: rows are never changed or removed. */
export async function addActivity(db: Database, row: ActivityRow): Promise<void> {
  await db.insert(activity).values(row)
}
