import 'server-only'
import { desc } from 'drizzle-orm'
import type { ProjectContext, SessionContext } from '../context'
import { inProject } from '../session/in-project'
import { activity, auditImage, auditPolicy, auditProject, auditSnapshot } from '../store/schema'
import { scopeIn, signedIn } from './callers'
import { startFakeCloud } from './fake-cloud'
import type { TestStore } from './stores'
import { storeAudit, type TestAudit } from './test-audits'
import { testRuntime } from './test-runtime'

/**
 * People for tests of audits: alice in alpha and beta, bob in beta, vera who only reads in alpha, root, an administrator in
 * `house` who is a plain member in beta, and in `house` another administrator, deputy, and guest who is none.
 */
export async function auditPeople(open: () => Promise<TestStore>) {
  const [fake, place] = await Promise.all([startFakeCloud(), open()])
  const runtime = await testRuntime({ fake, store: place.store })
  const { projects, users } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'house' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
      { name: 'vera', roles: [{ project: 'alpha', role: 'reader' }] },
      { name: 'root', roles: [{ project: 'house', role: 'admin' }, { project: 'beta' }] },
      { name: 'deputy', roles: [{ project: 'house', role: 'admin' }] },
      { name: 'guest', roles: [{ project: 'house' }] },
    ],
  })
  const idOf = (ids: Record<string, string>, name: string) => {
    const id = ids[name]
    if (!id) throw new Error(`nobody minted ${name}`)
    return id
  }
  const { db } = place.store
  let forgotten = 0
  const sessions = new Map<string, Promise<SessionContext>>()
  return {
    fake,
    runtime,
    store: place.store,
    db,
    project: (name: string) => idOf(projects, name),
    /** Runs a verb as somebody in a project, as the gate does for a read or a review. */
    async as<Output>(
      who: string,
      where: string,
      run: (ctx: ProjectContext) => Promise<Output>,
    ): Promise<Output> {
      const session = sessions.get(who) ?? signedIn(runtime, who)
      sessions.set(who, session)
      return inProject(await session, scopeIn(idOf(projects, where)), false, run)
    },
    /** Stores an audit of somebody's. */
    audit: (who: string, more: TestAudit = {}) =>
      storeAudit(place.store, {
        userId: idOf(users, who),
        userName: who,
        reach: who === 'root' ? 'cloud' : 'own',
        ...more,
      }),
    /** What the log has of acts of a kind, oldest first. */
    async acts(verb: string) {
      const rows = await db.select().from(activity).orderBy(activity.id)
      return rows.filter((row) => row.id > forgotten && row.verb === verb)
    },
    /** Removes all audits and policies. The log stays as it is, but `acts` tells only what comes from now on. */
    async forget() {
      for (const table of [auditImage, auditProject, auditPolicy, auditSnapshot]) await db.delete(table)
      const [newest] = await db.select().from(activity).orderBy(desc(activity.id)).limit(1)
      forgotten = newest?.id ?? 0
    },
    async close() {
      await runtime.close()
      await Promise.all([place.close(), fake.stop()])
    },
  }
}

export type AuditPeople = Awaited<ReturnType<typeof auditPeople>>
