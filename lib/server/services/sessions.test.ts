import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionContext } from '../context'
import { revokeDueTokens } from '../session/revoker'
import { hashOf } from '../session/session-rows'
import { activity, job, session, token } from '../store/schema'
import { contextOf, inTestProject, signedIn, testBrowser } from '../testing/callers'
import { FakeClock } from '../testing/fake-clock'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { startJob } from './jobs'
import { getSession, homeScope, refreshProjects, rememberScope, signInOptions, signOut } from './sessions'
import { renew, signIn } from './sessions-sign-in'

const minute = 60_000

describe.each(stores)('on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let clock: FakeClock
  let ids: { projects: Record<string, string>; users: Record<string, string>; image: string }

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    const { projects, users, imageIds } = fake.mint({
      projects: [{ name: 'beta' }, { name: 'alpha' }, { name: 'off', enabled: false }],
      users: [
        { name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }, { project: 'off' }] },
        { name: 'bob', roles: [{ project: 'beta' }] },
        { name: 'lonely' },
      ],
      images: [{ project: 'alpha', name: 'Debian' }],
    })
    ids = { projects, users, image: imageIds[0] ?? '' }
  })
  afterAll(async () => {
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    clock = new FakeClock(Date.now())
    runtime = await testRuntime({ fake, store: place.store, clock })
    for (const table of [session, token, job]) await place.store.db.delete(table)
    await place.store.db.execute(sql`truncate activity`)
    fake.cloud.ledger.clear()
    fake.cloud.tokens.clear()
  })
  afterEach(async () => {
    fake.heal()
    await runtime.close()
  })

  const rows = () => place.store.db.select().from(session)
  const credentials = {
    method: 'password' as const,
    cloud: 'openstack',
    domain: 'Default',
    password: 'secret',
  }
  const verbs = async () =>
    (await place.store.db.select().from(activity).orderBy(activity.id)).map(({ verb }) => verb)
  const alpha = () => ids.projects.alpha ?? ''

  async function startedJob(ctx: SessionContext) {
    const starting = inTestProject(ctx, alpha(), (project) =>
      startJob(project, {
        ...project.scope,
        kind: 'share',
        images: [ids.image],
        projects: [ids.projects.beta ?? ''],
        except: [],
        idempotencyKey: runtime.chance.uuid(),
      }),
    )
    // It waits a moment for a fast end; nothing runs here, so the moment is let pass.
    await clock.whenSleeping((ms) => ms === 1_000)
    await clock.advance(1_000)
    return starting
  }

  describe('signing in', () => {
    test('[row 32] begins a session that ends before its token does', async () => {
      const browser = testBrowser(runtime)
      expect(await signIn(browser, { ...credentials, user: 'alice', next: '/jobs' })).toEqual({
        state: 'signed_in',
        next: '/jobs',
      })
      const view = await getSession(await contextOf(browser))
      expect(view).toMatchObject({
        cloud: 'openstack',
        user: { id: ids.users.alice, name: 'alice', domainName: 'Default' },
        regions: ['north'],
        lastScope: null,
        readOnly: false,
        projectsTruncated: false,
        idleEndsInMs: 30 * minute,
      })
      expect(view.projects.map(({ name }) => name)).toEqual(['alpha', 'beta'])
      const unscoped = [...fake.cloud.tokens.values()].find(({ projectId }) => projectId === null)
      expect(view.endsInMs).toBe((unscoped?.expiresAt ?? 0) - minute - clock.now())
      expect(await verbs()).toEqual(['session.begin'])
    })

    test('[R4] leads nowhere else', async () => {
      const input = { ...credentials, user: 'alice', next: '//evil.example/incoming' }
      expect(await signIn(testBrowser(runtime), input)).toEqual({ state: 'signed_in', next: '/' })
    })

    test('[S2] gives the browser an id of 256 bits that the database doesn’t know', async () => {
      const browser = testBrowser(runtime)
      await signedIn(runtime, 'alice', browser)
      expect(Buffer.from(browser.sid ?? '', 'base64url')).toHaveLength(32)
      expect((await rows()).map(({ idHash }) => idHash)).toEqual([hashOf(browser.sid ?? '')])
    })

    test('[S4] never takes over an id that was there before, and ends it', async () => {
      const browser = testBrowser(runtime)
      browser.sid = 'planted by somebody'
      await signedIn(runtime, 'alice', browser)
      const first = browser.sid
      expect(first).not.toBe('planted by somebody')
      await signedIn(runtime, 'alice', browser)
      expect(browser.sid).not.toBe(first)
      expect((await rows()).map(({ idHash }) => idHash)).toEqual([hashOf(browser.sid)])
    })

    test('[S9] that fails leaves no row and no cookie', async () => {
      const browser = testBrowser(runtime)
      for (const wrong of [
        { user: 'alice', password: 'no' },
        { user: 'nobody', password: 'secret' },
      ]) {
        await expect(signIn(browser, { ...credentials, ...wrong })).rejects.toMatchObject({
          code: 'wrong_credentials',
        })
      }
      const elsewhere = { ...credentials, user: 'alice', cloud: 'other' }
      await expect(signIn(browser, elsewhere)).rejects.toMatchObject({ code: 'invalid_input' })
      expect([browser.sid, (await rows()).length]).toEqual([null, 0])
    })

    test('of somebody without a project works and leads to none', async () => {
      const ctx = await signedIn(runtime, 'lonely')
      expect(await homeScope(ctx)).toBeNull()
    })

    test('offers the clouds of the configuration and nothing of who is in them', () => {
      expect(signInOptions(runtime)).toEqual({
        clouds: [
          {
            name: 'openstack',
            label: 'openstack',
            naming: 'keystone',
            regions: [],
            defaultDomain: 'Default',
          },
        ],
      })
    })
  })

  describe('signing in again over a page', () => {
    test('is for the same user, under a new id, and takes the jobs along', async () => {
      const browser = testBrowser(runtime)
      const { id } = await startedJob(await signedIn(runtime, 'alice', browser))
      const first = browser.sid ?? ''
      await renew(browser, {
        method: 'password',
        cloud: 'openstack',
        userId: ids.users.alice ?? '',
        password: 'secret',
      })
      expect(browser.sid).not.toBe(first)
      expect((await rows()).map(({ idHash }) => idHash)).toEqual([hashOf(browser.sid ?? '')])
      await signOut(browser, { runningJobs: 'pause' })
      const [row] = await place.store.db.select().from(job)
      expect(row).toMatchObject({ id, state: 'paused', pauseReason: 'sign_in' })
    })

    test('as somebody else leaves the jobs of the first alone', async () => {
      const browser = testBrowser(runtime)
      await startedJob(await signedIn(runtime, 'alice', browser))
      await signedIn(runtime, 'bob', browser)
      await signOut(browser, { runningJobs: 'pause' })
      expect(await place.store.db.select().from(job)).toMatchObject([{ state: 'queued' }])
    })

    test('with a wrong password changes nothing', async () => {
      const browser = testBrowser(runtime)
      await signedIn(runtime, 'alice', browser)
      const input = {
        method: 'password' as const,
        cloud: 'openstack',
        userId: ids.users.alice ?? '',
        password: 'no',
      }
      await expect(renew(browser, input)).rejects.toMatchObject({ code: 'wrong_credentials' })
      expect(await contextOf(browser)).toMatchObject({ session: { userName: 'alice' } })
    })
  })

  describe('[S7] signing out', () => {
    test('[row 47] ends the session at once, though Keystone is down, and revokes every token once it is back', async () => {
      const browser = testBrowser(runtime)
      const ctx = await signedIn(runtime, 'alice', browser)
      await inTestProject(ctx, alpha(), async () => {})
      await inTestProject(ctx, ids.projects.beta ?? '', async () => {})
      fake.fault({ service: 'identity', fault: { kind: 'reset' } })
      const sid = browser.sid
      expect(await signOut(browser, { runningJobs: 'pause' })).toEqual({ signedOut: true })
      expect([browser.sid, (await rows()).length]).toEqual([null, 0])
      browser.sid = sid
      await expect(contextOf(browser)).rejects.toThrow('nobody')
      expect(await revokeDueTokens(runtime, clock.now())).toBe(0)
      fake.heal()
      fake.cloud.ledger.clear()
      await clock.advance(2_000)
      expect(await revokeDueTokens(runtime, clock.now())).toBe(3)
      expect(fake.calls({ method: 'DELETE', path: '/auth/tokens' })).toHaveLength(3)
      expect([...fake.cloud.tokens.values()].filter(({ revoked }) => !revoked)).toHaveLength(0)
      expect(await verbs()).toEqual(['session.begin', 'session.end'])
    })

    test('lets running jobs finish when asked to: they keep their own token', async () => {
      const browser = testBrowser(runtime)
      await startedJob(await signedIn(runtime, 'alice', browser))
      await signOut(browser, { runningJobs: 'finish' })
      expect(await place.store.db.select().from(job)).toMatchObject([{ state: 'queued' }])
      const tokens = await place.store.db.select().from(token)
      expect(tokens.filter(({ jobId }) => jobId !== null)).toMatchObject([{ revokeDueAt: null }])
    })

    test('of nobody is fine', async () => {
      const browser = testBrowser(runtime)
      browser.sid = 'not a session'
      expect(await signOut(browser, { runningJobs: 'pause' })).toEqual({ signedOut: true })
    })
  })

  describe('where one was', () => {
    test('is remembered for the next time, as long as it is there', async () => {
      const ctx = await signedIn(runtime, 'alice')
      expect(await homeScope(ctx)).toMatchObject({ project: alpha(), region: 'north' })
      await rememberScope(ctx, { cloud: 'openstack', region: 'north', project: ids.projects.beta ?? '' })
      const again = await signedIn(runtime, 'alice')
      expect(await homeScope(again)).toMatchObject({ project: ids.projects.beta })
      await rememberScope(again, { cloud: 'openstack', region: 'gone', project: ids.projects.off ?? '' })
      expect(await homeScope(again)).toMatchObject({ project: alpha(), region: 'north' })
      expect((await getSession(again)).lastScope).toBeNull()
    })
  })

  test('the projects are read again when they are some minutes old, and kept while Keystone is away', async () => {
    const ctx = await signedIn(runtime, 'bob')
    const reads = () => fake.calls({ path: '/auth/projects' }).length
    const { users } = ids
    await refreshProjects(ctx)
    expect(reads()).toBe(1)
    fake.cloud.assignments.get(users.bob ?? '')?.set(`project:${alpha()}`, new Set(['member']))
    await clock.advance(5 * minute)
    fake.fault({ path: '/auth/projects', fault: { kind: 'mangle', how: 'html' } })
    await refreshProjects(ctx)
    expect(ctx.session.projects.map(({ name }) => name)).toEqual(['beta'])
    fake.heal()
    await refreshProjects(ctx)
    expect(ctx.session.projects.map(({ name }) => name)).toEqual(['alpha', 'beta'])
    fake.cloud.assignments.get(users.bob ?? '')?.delete(`project:${alpha()}`)
  })
})
