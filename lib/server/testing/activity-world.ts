import 'server-only'
import { sql } from 'drizzle-orm'
import type { ActivityEntry } from '../../contracts/activity'
import type { ActivityFilterInput } from '../../contracts/inputs/activity'
import type { SessionContext } from '../context'
import { listActivity } from '../services/activity-log'
import { type ActivityRow, addActivity } from '../store/activity-rows'
import { signedIn } from './callers'
import { type FakeCloud, startFakeCloud } from './fake-cloud'
import type { TestStore } from './stores'
import { type TestRuntime, testRuntime } from './test-runtime'

/** When the acts of these tests begin. */
export const activityStart = Date.UTC(2026, 10, 20, 12)

export interface ActivityWorld {
  fake: FakeCloud
  place: TestStore
  runtime: TestRuntime
  /** Project ids: alice and anna are in alpha, bob is in beta. */
  ids: Record<string, string>
  /** An empty log, and alice and bob signed in. */
  anew(): Promise<[alice: SessionContext, bob: SessionContext]>
  /** A row as the jobs write it, of alice in alpha unless told otherwise. */
  note(row?: Partial<ActivityRow>): Promise<void>
  close(): Promise<void>
}

/** Three people of two projects, and a log to write into by hand. */
export async function activityWorld(open: () => Promise<TestStore>): Promise<ActivityWorld> {
  const [fake, place] = await Promise.all([startFakeCloud(), open()])
  const runtime = await testRuntime({ fake, store: place.store, engine: 'real' })
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'anna', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
    ],
  })
  let aliceId = ''
  return {
    fake,
    place,
    runtime,
    ids: projects,
    async anew() {
      const people = await Promise.all([signedIn(runtime, 'alice'), signedIn(runtime, 'bob')])
      aliceId = people[0].session.userId
      await place.store.db.execute(sql`truncate activity`)
      return people
    },
    note: (row) =>
      addActivity(place.store.db, {
        at: new Date(activityStart),
        act: runtime.chance.uuid(),
        phase: 'intent',
        verb: 'share.share',
        cloud: 'openstack',
        region: 'north',
        domainId: 'default',
        projectId: projects.alpha,
        userId: aliceId,
        userName: 'alice',
        targets: {
          images: [{ id: 'image-1', name: 'Debian' }],
          projects: [{ id: 'p-1', name: null }],
          pairs: 1,
        },
        ...row,
      }),
    async close() {
      await runtime.close()
      await Promise.all([place.close(), fake.stop()])
    },
  }
}

/** What somebody sees of the log, but for the looks at it. */
export async function seenBy(
  ctx: SessionContext,
  filter: ActivityFilterInput = {},
): Promise<ActivityEntry[]> {
  return (await listActivity(ctx, filter)).entries.filter(({ verb }) => verb !== 'activity.view')
}
