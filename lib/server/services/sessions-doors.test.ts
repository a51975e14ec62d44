import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ProjectContext } from '../context'
import { inProject } from '../session/in-project'
import { revokeDueTokens } from '../session/revoker'
import { dropOldSteps } from '../session/sign-in-steps'
import { activity, session, signInFailure, signInStep, token } from '../store/schema'
import { contextOf, inTestProject, scopeIn, type TestBrowser, testBrowser } from '../testing/callers'
import { FakeClock } from '../testing/fake-clock'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { getSession, homeScope, signOut } from './sessions'
import { enterProject } from './sessions-enter'
import { renew, signIn } from './sessions-sign-in'

const minute = 60_000
const cloud = 'openstack'

describe.each(stores)('on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let clock: FakeClock
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
        { name: 'bob', roles: [{ project: 'alpha' }] },
        { name: 'mia', passcode: '123456', roles: [{ project: 'alpha' }] },
      ],
      applicationCredentials: [{ name: 'robot', user: 'alice', project: 'alpha', hasAccessRules: true }],
      images: [{ project: 'alpha', name: 'Debian' }],
    })
    ;({ projects, users } = minted)
    robot = minted.applicationCredentials.robot ?? ''
  })
  afterAll(async () => {
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    fake.resetSettings()
    clock = new FakeClock(Date.now())
    runtime = await testRuntime({ fake, store: place.store, clock })
    browser = testBrowser(runtime)
    for (const table of [session, token, signInStep, signInFailure]) await place.store.db.delete(table)
    await place.store.db.execute(sql`truncate activity`)
    fake.cloud.ledger.clear()
    fake.cloud.tokens.clear()
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
  const posts = () => fake.calls({ method: 'POST', path: '/auth/tokens' }).length
  const revokes = () => fake.calls({ method: 'DELETE', path: '/auth/tokens' }).length
  const sessions = () => place.store.db.select().from(session)
  const view = async () => getSession(await contextOf(browser))
  const readImages = ({ access }: ProjectContext) =>
    access.http.send({
      method: 'GET',
      url: `${access.endpoint}/v2/images`,
      token: access.token,
      retry: 'read',
    })
  const inside = async (project: string) => inTestProject(await contextOf(browser), project, readImages)
  const everyRow = async () =>
    JSON.stringify([
      await place.store.db.select().from(signInStep),
      await place.store.db.select().from(activity),
      await place.store.db.select().from(signInFailure),
    ])
  /** A token somebody obtained elsewhere, for a project or none. */
  async function tokenFromElsewhere(user: string, project?: string) {
    const answer = await runtime.clouds
      .get(cloud)
      ?.identity.signIn({ user, domain: 'Default', password: 'secret', project })
    if (answer?.state !== 'issued') throw new Error('not issued')
    fake.cloud.ledger.clear()
    return answer.token.text
  }

  describe('a one-time code', () => {
    const firstStep = async () => {
      const progress = await signIn(browser, password('mia'))
      if (progress.state !== 'passcode') throw new Error('no passcode was wanted')
      return progress.step
    }

    test('[row 30] is asked for in a second step; what the first left is sealed, and gone afterwards', async () => {
      const step = await firstStep()
      expect([browser.sid, (await sessions()).length]).toEqual([null, 0])
      const kept = await everyRow()
      for (const secret of ['secret', 'gAAAAA', users.mia ?? '?']) expect(kept).not.toContain(secret)
      const done = await signIn(browser, { method: 'passcode', step, passcode: '123456', next: '/jobs' })
      expect(done).toEqual({ state: 'signed_in', next: '/jobs' })
      expect(await view()).toMatchObject({ user: { name: 'mia' }, method: 'password', canRescope: true })
      expect(await place.store.db.select().from(signInStep)).toHaveLength(0)
      expect(posts()).toBe(3)
    })

    test('[row 30] that was wrong can be given again for five minutes, by one call each', async () => {
      const step = await firstStep()
      const before = posts()
      const wrong = signIn(browser, { method: 'passcode', step, passcode: '000000' })
      await expect(wrong).rejects.toMatchObject({ code: 'wrong_passcode' })
      expect(posts() - before).toBe(1)
      await clock.advance(5 * minute)
      const late = signIn(browser, { method: 'passcode', step, passcode: '123456' })
      await expect(late).rejects.toMatchObject({ code: 'unauthenticated' })
      expect(posts() - before).toBe(1)
      await dropOldSteps(place.store, clock.now())
      expect(await place.store.db.select().from(signInStep)).toHaveLength(0)
    })

    test('[S11] cannot be tried for ever by somebody who has the password', async () => {
      for (let n = 0; n < 5; n += 1) {
        const step = await firstStep()
        const wrong = signIn(browser, { method: 'passcode', step, passcode: '000000' })
        await expect(wrong).rejects.toMatchObject({ code: 'wrong_passcode' })
      }
      await expect(firstStep()).rejects.toMatchObject({ code: 'sign_in_throttled' })
      expect(posts()).toBe(10)
    })

    test('renews a session as well, for the same user only', async () => {
      await signIn(browser, { method: 'passcode', step: await firstStep(), passcode: '123456' })
      const userId = users.mia ?? ''
      const progress = await renew(browser, { method: 'password', cloud, userId, password: 'secret' })
      if (progress.state !== 'passcode') throw new Error('no passcode was wanted')
      const { step } = progress
      const asBob = renew(browser, { method: 'passcode', step, passcode: '123456', userId: users.bob ?? '' })
      await expect(asBob).rejects.toMatchObject({ code: 'wrong_credentials' })
      expect(revokes()).toBeGreaterThan(0)
      const again = await renew(browser, { method: 'password', cloud, userId, password: 'secret' })
      const next = again.state === 'passcode' ? again.step : ''
      await expect(
        renew(browser, { method: 'passcode', step: next, passcode: '123456', userId }),
      ).resolves.toMatchObject({ state: 'signed_in' })
      expect(await sessions()).toHaveLength(1)
    })
  })

  describe('an application credential', () => {
    const enter = () =>
      signIn(browser, { method: 'application_credential', cloud, id: robot, secret: 'secret' })

    test('[row 31] is its project and no other, though the cloud lists them all', async () => {
      await enter()
      expect(await view()).toMatchObject({
        method: 'application_credential',
        canRescope: false,
        projects: [{ id: alpha(), name: 'alpha' }],
        regions: ['north'],
      })
      expect(fake.calls({ path: '/projects' })).toHaveLength(0)
      expect(await homeScope(await contextOf(browser))).toEqual(scopeIn(alpha()))
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      const before = posts()
      await expect(inside(beta())).rejects.toMatchObject({ code: 'project_sign_in' })
      expect(posts()).toBe(before)
    })

    test('whose rules the image service refuses by 401 is not signed out', async () => {
      await enter()
      fake.fault({ service: 'image', fault: { kind: 'answer', status: 401 } })
      await expect(inside(alpha())).rejects.toMatchObject({ code: 'forbidden' })
      expect(await sessions()).toHaveLength(1)
      fake.heal()
      fake.endTokens()
      await expect(inside(alpha())).rejects.toMatchObject({ code: 'unauthenticated' })
      expect(await sessions()).toHaveLength(0)
    })

    test('renews by itself, and Keystone is asked to end its token at sign-out', async () => {
      await enter()
      const input = { method: 'application_credential' as const, cloud, id: robot, secret: 'secret' }
      await expect(renew(browser, { ...input, userId: users.bob ?? '' })).rejects.toMatchObject({
        code: 'wrong_credentials',
      })
      await renew(browser, { ...input, userId: users.alice ?? '' })
      await signOut(browser, { runningJobs: 'pause' })
      // Keystone ends no token with access rules; once it has said so, nobody asks again.
      expect(await revokeDueTokens(runtime, clock.now())).toBeGreaterThan(0)
      expect(await place.store.db.select().from(token)).toHaveLength(0)
    })
  })

  describe('a pasted token', () => {
    const paste = (text: string) => signIn(browser, { method: 'token', cloud, token: text })

    test('of no project leads to all of them, and is not ended with the session', async () => {
      const text = await tokenFromElsewhere('alice')
      await paste(text)
      expect(posts()).toBe(1)
      expect(await view()).toMatchObject({ method: 'token', canRescope: true })
      await expect(inside(beta())).resolves.toMatchObject({ status: 200 })
      await signOut(browser, { runningJobs: 'pause' })
      await revokeDueTokens(runtime, clock.now())
      expect(fake.cloud.tokens.get(text)?.revoked).toBe(false)
      const ours = [...fake.cloud.tokens.values()].filter((one) => one.text !== text)
      expect(ours.every(({ revoked }) => revoked)).toBe(true)
      expect(ours.length).toBeGreaterThan(0)
      expect(await place.store.db.select().from(token)).toHaveLength(0)
    })

    test('of a project is that project, and nothing else is obtained with it', async () => {
      const text = await tokenFromElsewhere('alice', 'alpha')
      await paste(text)
      expect((await view()).projects.map(({ name }) => name)).toEqual(['alpha'])
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      await expect(inside(beta())).rejects.toMatchObject({ code: 'project_sign_in' })
      await signOut(browser, { runningJobs: 'pause' })
      await revokeDueTokens(runtime, clock.now())
      expect([posts(), revokes()]).toEqual([0, 0])
    })

    test('that is dead, mistyped or of another user changes nothing, and reaches no image service', async () => {
      await expect(paste('gAAAAA-not-a-token-of-anybody')).rejects.toMatchObject({
        code: 'wrong_credentials',
      })
      const text = await tokenFromElsewhere('alice')
      const asBob = renew(browser, { method: 'token', cloud, token: text, userId: users.bob ?? '' })
      await expect(asBob).rejects.toMatchObject({ code: 'wrong_credentials' })
      expect(fake.calls({ service: 'image' })).toHaveLength(0)
      expect(fake.cloud.tokens.get(text)?.revoked).toBe(false)
      expect([browser.sid, (await sessions()).length]).toEqual([null, 0])
    })
  })

  describe('where tokens are not exchanged', () => {
    test('[row 31] it is learnt once; the same user enters a project by signing in for it', async () => {
      fake.cloud.settings.rescoping = false
      // Regions can't be learnt either, so the sign-in is for a project.
      await signIn(browser, { ...password('alice'), project: 'alpha' })
      expect(await view()).toMatchObject({ canRescope: true, regions: ['north'] })
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      await expect(inside(beta())).rejects.toMatchObject({
        code: 'project_sign_in',
        values: { project: 'beta' },
      })
      expect((await view()).canRescope).toBe(false)
      const before = posts()
      await expect(inside(beta())).rejects.toMatchObject({ code: 'project_sign_in' })
      expect(posts()).toBe(before)
      const ctx = await contextOf(browser)
      const entering = { ...scopeIn(beta()), method: 'password' as const }
      await expect(enterProject(ctx, { ...entering, password: 'no' })).rejects.toMatchObject({
        code: 'wrong_credentials',
      })
      await enterProject(ctx, { ...entering, password: 'secret' })
      await expect(inside(beta())).resolves.toMatchObject({ status: 200 })
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      expect(posts() - before).toBe(2)
      await signOut(browser, { runningJobs: 'pause' })
      await revokeDueTokens(runtime, clock.now())
      expect([...fake.cloud.tokens.values()].filter(({ revoked }) => !revoked)).toHaveLength(0)
    })

    test('a pasted token enters its own project for its own user, and is not ended', async () => {
      await signIn(browser, { ...password('alice'), project: 'alpha' })
      const [bobs, ofAlpha, ofBeta] = [
        await tokenFromElsewhere('bob', 'alpha'),
        await tokenFromElsewhere('alice', 'alpha'),
        await tokenFromElsewhere('alice', 'beta'),
      ]
      fake.cloud.settings.rescoping = false
      const ctx = await contextOf(browser)
      const enter = (text: string) => enterProject(ctx, { ...scopeIn(beta()), method: 'token', token: text })
      await expect(enter(bobs)).rejects.toMatchObject({ code: 'wrong_credentials' })
      await expect(enter(ofAlpha)).rejects.toMatchObject({ code: 'wrong_project' })
      await enter(ofBeta)
      await expect(inside(beta())).resolves.toMatchObject({ status: 200 })
      await signOut(browser, { runningJobs: 'pause' })
      await revokeDueTokens(runtime, clock.now())
      expect([bobs, ofAlpha, ofBeta].map((text) => fake.cloud.tokens.get(text)?.revoked)).toEqual([
        false,
        false,
        false,
      ])
    })

    test('a dead token is not mistaken for such a cloud', async () => {
      fake.cloud.settings.rescoping = false
      await signIn(browser, { ...password('alice'), project: 'alpha' })
      fake.fault({ method: 'POST', path: '/auth/tokens', fault: { kind: 'answer', status: 403 } })
      fake.endTokens()
      await expect(inside(beta())).rejects.toMatchObject({ code: 'unauthenticated' })
      expect(await sessions()).toHaveLength(0)
    })

    test('a project’s token that died in one region does not end the session in another', async () => {
      fake.cloud.settings.rescoping = false
      fake.cloud.regions = ['north', 'south']
      try {
        await signIn(browser, { ...password('alice'), project: 'alpha' })
        await expect(inside(beta())).rejects.toMatchObject({ code: 'project_sign_in' })
        const ctx = await contextOf(browser)
        await enterProject(ctx, { ...scopeIn(beta()), method: 'password', password: 'secret' })
        for (const one of fake.cloud.tokens.values()) if (one.projectId === alpha()) one.revoked = true
        const south = { ...scopeIn(alpha()), region: 'south' }
        await expect(
          inProject(await contextOf(browser), south, false, async () => null),
        ).rejects.toMatchObject({ code: 'project_sign_in' })
        await expect(inside(beta())).resolves.toMatchObject({ status: 200 })
      } finally {
        fake.cloud.regions = ['north']
      }
    })

    test('one project’s token serves all regions', async () => {
      fake.cloud.regions = ['north', 'south']
      try {
        await signIn(browser, { method: 'application_credential', cloud, id: robot, secret: 'secret' })
        const ctx = await contextOf(browser)
        expect(ctx.session.regions).toEqual(['north', 'south'])
        const south = { ...scopeIn(alpha()), region: 'south' }
        const seen = await inProject(ctx, south, false, async ({ access }) => access.endpoint)
        expect(seen).toBe(`${fake.imageUrl}/south`)
        expect(posts()).toBe(1)
        await signOut(browser, { runningJobs: 'pause' })
        await revokeDueTokens(runtime, clock.now())
        expect(revokes()).toBe(1)
      } finally {
        fake.cloud.regions = ['north']
      }
    })
  })

  test.each([250, 9_120, 12_000, 20_000])(
    '[row 25] a token of %i characters passes every door',
    async (length) => {
      fake.cloud.settings.tokenLength = length
      await signIn(browser, password('alice'))
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      await expect(inside(beta())).resolves.toMatchObject({ status: 200 })
      const text = await tokenFromElsewhere('alice', 'alpha')
      await signIn(browser, { method: 'token', cloud, token: text })
      await expect(inside(alpha())).resolves.toMatchObject({ status: 200 })
      expect(browser.sid?.length).toBeLessThan(64)
    },
  )
})
