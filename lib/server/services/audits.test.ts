import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditSummary } from '../../contracts/audits'
import { claimAudit } from '../audits/audit-rows'
import type { ProjectContext, SessionContext } from '../context'
import { inProject } from '../session/in-project'
import { endSession } from '../session/session-rows'
import { activity, auditPolicy, auditSnapshot, token } from '../store/schema'
import { auditEnded, auditNow } from '../testing/audit-world'
import { scopeIn, signedIn, testBrowser } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { cancelAudit, getAudit, listAudits, resumeAudit, startAudit } from './audits'
import { letGoOfJobs } from './session-jobs'
import { getSession } from './sessions'

describe.each(stores)('audits on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let ids: Record<string, string>

  beforeAll(async () => {
    place = await open()
  })
  afterAll(() => place.close())
  beforeEach(async () => {
    fake = await startFakeCloud()
    ids = fake.mint({
      projects: ['ops', 'alpha', 'beta', 'closed', 'other'].map((name) => ({
        name,
        enabled: name !== 'closed',
      })),
      users: [
        { name: 'root', roles: [{ project: 'ops', role: 'admin' }, { project: 'alpha' }] },
        { name: 'second', roles: [{ project: 'ops', role: 'admin' }] },
        { name: 'alice', roles: ['alpha', 'beta', 'closed'].map((project) => ({ project })) },
        { name: 'vera', roles: [{ project: 'ops', role: 'reader' }] },
        { name: 'mixed', roles: [{ project: 'alpha', role: 'reader' }, { project: 'beta' }] },
      ],
      images: [
        { project: 'alpha', name: 'Debian', count: 3 },
        { project: 'other', name: 'Fedora', count: 2 },
      ],
    }).projects
    await place.store.db.delete(auditSnapshot)
    await place.store.db.delete(auditPolicy)
    runtime = await testRuntime({ fake, store: place.store })
  })
  afterEach(async () => {
    await runtime.close()
    await fake.stop()
  })

  const within = <Output>(
    ctx: SessionContext,
    project: string,
    run: (ctx: ProjectContext) => Promise<Output>,
  ) => inProject(ctx, scopeIn(ids[project] ?? ''), false, run)
  const start = (ctx: SessionContext, project: string, idempotencyKey = runtime.chance.uuid()) =>
    within(ctx, project, (at) => startAudit(at, { idempotencyKey }))
  const tokensOf = (id: string) => place.store.db.select().from(token).where(eq(token.jobId, id))
  const pause = (id: string) =>
    place.store.db.update(auditSnapshot).set({ state: 'paused' }).where(eq(auditSnapshot.id, id))

  test('run by the queue, from the click to the end', async () => {
    const working = await testRuntime({ fake, store: place.store, engine: 'real' })
    try {
      const ctx = await signedIn(working, 'root')
      const { id } = await start(ctx, 'ops')
      await auditEnded(place.store, id)
      const audit = await within(ctx, 'ops', (at) => getAudit(at, { id }))
      expect(audit).toMatchObject({
        state: 'complete',
        reach: 'cloud',
        progress: { imagesRead: 5, isListed: true },
      })
      expect(await tokensOf(id)).toEqual([])
      const acts = await place.store.db.select().from(activity).where(eq(activity.act, id))
      expect(acts.map(({ phase, verb, outcome }) => [phase, verb, outcome])).toEqual([
        ['intent', 'audit.read', null],
        ['outcome', 'audit.read', 'succeeded'],
      ])
    } finally {
      await working.close()
    }
  })

  test('by who is no administrator any more, it does not pass for one of the whole cloud', async () => {
    const working = await testRuntime({ fake, store: place.store, engine: 'real' })
    try {
      const ctx = await signedIn(working, 'root')
      await within(ctx, 'ops', listAudits)
      fake.cloud.assignments.get(ctx.session.userId)?.set(`project:${ids.ops}`, new Set(['member']))
      const { id } = await start(ctx, 'ops')
      await auditEnded(place.store, id)
      const { row } = await auditNow(place.store, id)
      expect(row).toMatchObject({ reach: 'cloud', state: 'failed', code: 'forbidden' })
    } finally {
      await working.close()
    }
  })

  test('an administrator’s covers the cloud with one token of its own; anybody else’s covers what is theirs', async () => {
    const root = await start(await signedIn(runtime, 'root'), 'ops')
    expect(root).toMatchObject({ state: 'queued', reach: 'cloud', sources: [{ id: ids.ops, name: 'ops' }] })
    expect(await tokensOf(root.id)).toMatchObject([{ projectId: ids.ops, sessionIdHash: null }])
    const alice = await start(await signedIn(runtime, 'alice'), 'beta')
    expect(alice).toMatchObject({
      reach: 'own',
      sources: [
        { id: ids.beta, name: 'beta' },
        { id: ids.alpha, name: 'alpha' },
      ],
    })
    expect((await tokensOf(alice.id)).map(({ projectId }) => projectId).sort()).toEqual(
      [ids.alpha, ids.beta].sort(),
    )
    expect(runtime.submitted).toEqual([root.id, alice.id])
    // The same person in a project without the role sees no more than anybody.
    const ctx = await signedIn(runtime, 'root')
    expect(await start(ctx, 'alpha')).toMatchObject({ reach: 'own' })
  })

  test('each project that was entered says what one’s roles there allow', async () => {
    const audit = await start(await signedIn(runtime, 'mixed'), 'alpha')
    expect(audit.sources).toEqual([
      { id: ids.alpha, name: 'alpha', right: 'read' },
      { id: ids.beta, name: 'beta', right: 'write' },
    ])
  })

  test('a project that can’t be entered is named, and the others are read', async () => {
    fake.fault({
      method: 'POST',
      path: '/auth/tokens',
      after: 3,
      times: 1,
      fault: { kind: 'answer', status: 401 },
    })
    const audit = await start(await signedIn(runtime, 'alice'), 'alpha')
    expect(audit.sources.map(({ code }) => code).sort()).toEqual(['project_not_usable', undefined])
    expect(await tokensOf(audit.id)).toHaveLength(1)
  })

  test('the same click gets the same audit, and so does another one while it is under way', async () => {
    const ctx = await signedIn(runtime, 'root')
    const key = runtime.chance.uuid()
    const first = await start(ctx, 'ops', key)
    expect((await start(ctx, 'ops', key)).id).toBe(first.id)
    expect((await start(ctx, 'ops')).id).toBe(first.id)
    const both = await Promise.all([start(ctx, 'alpha'), start(ctx, 'alpha')])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    const [own] = both
    expect(await tokensOf(own?.id ?? '')).toHaveLength(2)
    await place.store.db.update(auditSnapshot).set({ state: 'complete' })
    expect((await start(ctx, 'ops')).id).not.toBe(first.id)
    expect((await start(ctx, 'ops', key)).id).toBe(first.id)
  })

  test('reads no faster than the policy says', async () => {
    const policy = { callsPerSecond: 7 } as never
    await place.store.db
      .insert(auditPolicy)
      .values({ cloud: 'openstack', keeper: '', policy, changedBy: 'root', changedAt: new Date() })
    expect(await start(await signedIn(runtime, 'root'), 'ops')).toMatchObject({ callsPerSecond: 7 })
    expect(await start(await signedIn(runtime, 'alice'), 'alpha')).toMatchObject({ callsPerSecond: null })
  })

  test('are listed newest first for who may see them', async () => {
    const root = await signedIn(runtime, 'root')
    const first = await start(root, 'ops')
    const alices = await start(await signedIn(runtime, 'alice'), 'alpha')
    const seen = async (ctx: SessionContext, project: string) => {
      const { audits, reach, sourceCount } = await within(ctx, project, listAudits)
      return [audits.map(({ id, mine }) => [id, mine]), reach, sourceCount]
    }
    const second = await signedIn(runtime, 'second')
    const newer = await start(second, 'ops')
    expect(await seen(root, 'ops')).toEqual([
      [
        [newer.id, false],
        [first.id, true],
      ],
      'cloud',
      1,
    ])
    expect(await seen(root, 'alpha')).toEqual([[], 'own', 2])
    expect(await seen(await signedIn(runtime, 'alice'), 'alpha')).toEqual([[[alices.id, true]], 'own', 2])
    await expect(within(root, 'alpha', (at) => getAudit(at, first))).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(within(root, 'ops', (at) => getAudit(at, alices))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  describe('cancelling', () => {
    test('asks the run to end; a paused audit ends at once, its tokens with it', async () => {
      const ctx = await signedIn(runtime, 'root')
      const { id } = await start(ctx, 'ops')
      expect(await within(ctx, 'ops', (at) => cancelAudit(at, { id }))).toMatchObject({
        state: 'queued',
        cancelRequested: true,
      })
      await pause(id)
      expect(await within(ctx, 'ops', (at) => cancelAudit(at, { id }))).toMatchObject({ state: 'cancelled' })
      expect(await tokensOf(id)).toEqual([])
      const acts = await place.store.db.select().from(activity).where(eq(activity.act, id))
      expect(acts.at(-1)).toMatchObject({ phase: 'outcome', outcome: 'cancelled' })
    })

    test('by another administrator is possible, but not from a session that only reads', async () => {
      const { id } = await start(await signedIn(runtime, 'root'), 'ops')
      const second = await signedIn(runtime, 'second')
      await expect(
        within(second, 'ops', (at) => cancelAudit({ ...at, readOnly: true }, { id })),
      ).rejects.toMatchObject({ code: 'read_only' })
      for (const _ of ['once', 'again'])
        expect(await within(second, 'ops', (at) => cancelAudit(at, { id }))).toMatchObject({
          cancelRequested: true,
        })
      const acts = await place.store.db.select().from(activity).where(eq(activity.verb, 'audit.cancel'))
      expect(acts.filter(({ targets }) => targets.auditId === id)).toMatchObject([
        { userName: 'second', outcome: 'succeeded', targets: { reach: 'cloud' } },
      ])
    })
  })

  describe('resuming', () => {
    test('goes on under new tokens, by who started it alone', async () => {
      const ctx = await signedIn(runtime, 'root')
      const { id } = await start(ctx, 'ops')
      const [before] = await tokensOf(id)
      const resume = (as: SessionContext): Promise<AuditSummary> =>
        within(as, 'ops', (at) => resumeAudit(at, { id }))
      await expect(resume(ctx)).rejects.toMatchObject({ code: 'conflict' })
      await pause(id)
      await expect(resume(await signedIn(runtime, 'second'))).rejects.toMatchObject({ code: 'forbidden' })
      const again = await signedIn(runtime, 'root')
      expect(await resume(again)).toMatchObject({ state: 'queued', pauseReason: null })
      const [after, ...others] = await tokensOf(id)
      expect([after?.id === before?.id, others]).toEqual([false, []])
      expect((await auditNow(place.store, id)).row.sessionIdHash).toBe(again.session.idHash)
      expect(runtime.submitted).toEqual([id, id])
    })
  })

  describe('at sign-out', () => {
    test('pauses and loses its tokens, and its run is fenced off', async () => {
      const ctx = await signedIn(runtime, 'root')
      const { id } = await start(ctx, 'ops')
      const run = await claimAudit(place.store.db, id, Date.now())
      const countRunning = async () => (await getSession(ctx)).runningAudits
      expect(await countRunning()).toBe(1)
      await letGoOfJobs(runtime, ctx.session, 'pause')
      expect(await countRunning()).toBe(0)
      const { row } = await auditNow(place.store, id)
      expect(row).toMatchObject({ state: 'paused', pauseReason: 'sign_in' })
      expect(row.attempt).toBeGreaterThan(run?.attempt ?? 0)
      expect(await tokensOf(id)).toEqual([])
    })

    test('is asked about as well by who signed in again meanwhile', async () => {
      const browser = testBrowser(runtime)
      const { id } = await start(await signedIn(runtime, 'root', browser), 'ops')
      const again = await signedIn(runtime, 'root', browser)
      expect((await getSession(again)).runningAudits).toBe(1)
      await letGoOfJobs(runtime, again.session, 'pause')
      expect((await auditNow(place.store, id)).row.state).toBe('paused')
    })

    test('goes on when it may finish', async () => {
      const ctx = await signedIn(runtime, 'root')
      const { id } = await start(ctx, 'ops')
      await letGoOfJobs(runtime, ctx.session, 'finish')
      await endSession(place.store.db, ctx.session.idHash, Date.now())
      expect((await auditNow(place.store, id)).row.state).toBe('queued')
      expect(await tokensOf(id)).toMatchObject([{ revokeDueAt: null }])
    })
  })
})
