import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isReadOnlyIn } from '../../contracts/session'
import type { SessionContext } from '../context'
import { inProject } from '../session/in-project'
import { activity, session, signInStep, token } from '../store/schema'
import { contextOf, inTestProject, scopeIn, type TestBrowser, testBrowser } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { getSession, learnRights, signOut } from './sessions'
import { enterProject } from './sessions-enter'
import { renew, signIn } from './sessions-sign-in'

const cloud = 'openstack'

describe.each(stores)('a session that only looks, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let browser: TestBrowser
  let projects: Record<string, string>
  let users: Record<string, string>
  let robot = ''

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    const minted = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [
        { name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }] },
        { name: 'mia', passcode: '123456', roles: [{ project: 'alpha' }] },
        { name: 'rita', roles: [{ project: 'alpha', role: 'reader' }] },
        { name: 'mixed', roles: [{ project: 'alpha', role: 'reader' }, { project: 'beta' }] },
      ],
      applicationCredentials: [{ name: 'robot', user: 'alice', project: 'alpha' }],
    })
    ;({ projects, users } = minted)
    robot = minted.applicationCredentials.robot ?? ''
  })
  afterAll(async () => {
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    fake.resetSettings()
    runtime = await testRuntime({ fake, store: place.store })
    browser = testBrowser(runtime)
    for (const table of [session, token, signInStep]) await place.store.db.delete(table)
    await place.store.db.execute(sql`truncate activity`)
  })
  afterEach(async () => {
    fake.heal()
    await runtime.close()
  })

  const alpha = () => projects.alpha ?? ''
  const beta = () => projects.beta ?? ''
  const password = (user: string) => ({
    method: 'password' as const,
    cloud,
    domain: 'Default',
    user,
    password: 'secret',
  })
  const ctx = () => contextOf(browser)
  const view = async () => getSession(await ctx())
  const write = async (project: string) => inTestProject(await ctx(), project, async () => 'written')
  const refused = { code: 'read_only' }

  async function expectLooking() {
    expect(await view()).toMatchObject({ readOnly: true, isReadOnlyByChoice: true })
    await expect(write(alpha())).rejects.toMatchObject(refused)
    const read = inProject(await ctx(), scopeIn(alpha()), false, async () => 'read')
    await expect(read).resolves.toBe('read')
  }

  describe('by choice', () => {
    test('is refused every write and none of the reads, and the activity log says that it was chosen', async () => {
      await signIn(browser, { ...password('alice'), readOnly: true })
      await expectLooking()
      await signOut(browser, { runningJobs: 'pause' })
      const rows = await place.store.db.select().from(activity)
      expect(rows.map(({ verb, targets }) => [verb, targets.readOnly])).toEqual([
        ['session.begin', true],
        ['session.end', true],
      ])
    })

    test('is not what nobody asked for', async () => {
      await signIn(browser, password('alice'))
      expect(await view()).toMatchObject({ readOnly: false, isReadOnlyByChoice: false })
      await expect(write(alpha())).resolves.toBe('written')
      const [row] = await place.store.db.select().from(activity)
      expect(row?.targets).not.toHaveProperty('readOnly')
    })

    test.each(['application_credential', 'token'] as const)('can be begun by %s', async (method) => {
      const { identity } = runtime.clouds.get(cloud) ?? {}
      const issued = await identity?.signIn({ user: 'alice', domain: 'Default', password: 'secret' })
      const text = issued?.state === 'issued' ? issued.token.text : ''
      await signIn(
        browser,
        method === 'token'
          ? { method, cloud, token: text, readOnly: true }
          : { method, cloud, id: robot, secret: 'secret', readOnly: true },
      )
      await expectLooking()
    })

    test('stays one through the one-time code', async () => {
      const progress = await signIn(browser, { ...password('mia'), readOnly: true })
      if (progress.state !== 'passcode') throw new Error('no passcode was wanted')
      await signIn(browser, { method: 'passcode', step: progress.step, passcode: '123456' })
      await expectLooking()
    })

    const again = (more: { readOnly?: boolean } = {}) =>
      renew(browser, { method: 'password', cloud, userId: users.alice ?? '', password: 'secret', ...more })

    test('stays one when it is renewed, whatever the page says', async () => {
      await signIn(browser, { ...password('alice'), readOnly: true })
      await again({ readOnly: false })
      await expectLooking()
      await again()
      await expectLooking()
    })

    test('stays one when its row is gone already, by what the page knows', async () => {
      await signIn(browser, { ...password('alice'), readOnly: true })
      await place.store.db.delete(session)
      await again({ readOnly: true })
      await expectLooking()
    })

    test('stays one through a renewal with a one-time code', async () => {
      const first = await signIn(browser, { ...password('mia'), readOnly: true })
      const code = { method: 'passcode' as const, passcode: '123456' }
      await signIn(browser, { ...code, step: first.state === 'passcode' ? first.step : '' })
      const userId = users.mia ?? ''
      const next = await renew(browser, { method: 'password', cloud, userId, password: 'secret' })
      await renew(browser, { ...code, step: next.state === 'passcode' ? next.step : '', userId })
      await expectLooking()
    })

    test('a renewal does not make one of a session that writes', async () => {
      await signIn(browser, password('alice'))
      await again()
      await expect(write(alpha())).resolves.toBe('written')
    })

    test('stays one in every project it enters by a sign-in', async () => {
      fake.cloud.settings.rescoping = false
      await signIn(browser, { ...password('alice'), project: 'alpha', readOnly: true })
      await expect(write(beta())).rejects.toMatchObject({ code: 'project_sign_in' })
      await enterProject(await ctx(), { ...scopeIn(beta()), method: 'password', password: 'secret' })
      await expect(write(beta())).rejects.toMatchObject(refused)
    })

    test('a sign-in from the beginning is a new choice', async () => {
      await signIn(browser, { ...password('alice'), readOnly: true })
      await signIn(browser, password('alice'))
      await expect(write(alpha())).resolves.toBe('written')
    })
  })

  describe('by roles', () => {
    const enter = async (caller: SessionContext, project: string) =>
      inProject(caller, scopeIn(project), false, async () => {})

    test('is known before the first screen is drawn', async () => {
      await signIn(browser, password('rita'))
      expect(await view()).toMatchObject({ readOnly: false, rights: {} })
      await learnRights(await ctx())
      expect(await view()).toMatchObject({
        readOnly: true,
        isReadOnlyByChoice: false,
        rights: { [alpha()]: 'read' },
      })
      await expect(write(alpha())).rejects.toMatchObject(refused)
    })

    test('is a matter of each project', async () => {
      await signIn(browser, password('mixed'))
      const caller = await ctx()
      await enter(caller, alpha())
      const early = await view()
      expect([alpha(), beta()].map((project) => isReadOnlyIn(early, project))).toEqual([true, true])
      // Told by somebody else, who has been there.
      expect(isReadOnlyIn(early, beta(), 'write')).toBe(false)
      expect(isReadOnlyIn(early, alpha(), 'write')).toBe(true)
      await enter(caller, beta())
      const late = await view()
      expect(late.readOnly).toBe(false)
      expect([alpha(), beta(), undefined].map((project) => isReadOnlyIn(late, project))).toEqual([
        true,
        false,
        false,
      ])
      await expect(write(alpha())).rejects.toMatchObject(refused)
      await expect(write(beta())).resolves.toBe('written')
    })

    test('that can’t be learnt keep nobody out', async () => {
      await signIn(browser, password('rita'))
      fake.fault({ method: 'POST', path: '/auth/tokens', fault: { kind: 'answer', status: 503 } })
      await learnRights(await ctx())
      expect(await view()).toMatchObject({ readOnly: false, rights: {} })
    })
  })
})
