import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Scope } from '../../contracts/scope'
import type { ProjectContext } from '../context'
import { inProject } from '../session/in-project'
import { revokeDueTokens } from '../session/revoker'
import { findCapabilities } from '../store/capability-rows'
import { cloudFact, job, preference, session, signInFailure, token } from '../store/schema'
import { contextOf, type TestBrowser, testBrowser } from '../testing/callers'
import { cloudsInFile } from '../testing/clouds-file'
import { FakeClock } from '../testing/fake-clock'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { startJob } from './jobs'
import { getSession, homeScope, refreshProjects, signInOptions, signOut } from './sessions'
import { enterProject } from './sessions-enter'
import { renew, signIn } from './sessions-sign-in'

const minute = 60_000

describe.each(stores)('clouds of the Huawei family, on $name', ({ open }) => {
  let fake: FakeCloud
  let plain: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let clock: FakeClock
  let browser: TestBrowser
  let ids: { north: string; lab: string; south: string; ines: string; image: string }

  beforeAll(async () => {
    ;[fake, plain, place] = await Promise.all([startFakeCloud(), startFakeCloud(), open()])
    fake.cloud.regions = ['north', 'south']
    const { projects, users, imageIds } = fake.mint({
      domains: [{ name: 'Acme' }],
      projects: ['north', 'north_lab', 'south'].map((name) => ({ name, domain: 'Acme' })),
      users: [
        {
          name: 'ines',
          domain: 'Acme',
          roles: [{ project: 'north' }, { project: 'north_lab' }, { project: 'south' }],
        },
        { name: 'otto', domain: 'Acme', passcode: '123456', roles: [{ project: 'north' }] },
      ],
      images: [{ project: 'north', name: 'Debian' }],
    })
    ids = {
      north: projects.north ?? '',
      lab: projects.north_lab ?? '',
      south: projects.south ?? '',
      ines: users.ines ?? '',
      image: imageIds[0] ?? '',
    }
    plain.mint({
      projects: [{ name: 'alpha' }],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }] }],
    })
  })
  afterAll(async () => {
    await Promise.all([place.close(), fake.stop(), plain.stop()])
  })
  beforeEach(async () => {
    Object.assign(fake.cloud.settings, {
      identity: 'iam',
      rescoping: false,
      tokenLength: 20_000,
      tokenStart: 'MII',
      projectLists: ['auth', 'account', 'user'],
    })
    clock = new FakeClock(Date.now())
    const env = cloudsInFile({
      otc: {
        auth: { auth_url: fake.authUrl, user_domain_name: 'Acme' },
        regions: ['north', 'south'],
        shareboard: { label: 'Open cloud', naming: 'account' },
      },
      twin: {
        auth: { auth_url: fake.authUrl, user_domain_name: 'Acme' },
        regions: ['south'],
        shareboard: { naming: 'account' },
      },
      plain: { auth: { auth_url: plain.authUrl }, region_name: 'north' },
    })
    runtime = await testRuntime({ fake, store: place.store, clock, env })
    browser = testBrowser(runtime)
    for (const table of [session, token, signInFailure, preference, job, cloudFact])
      await place.store.db.delete(table)
    await place.store.db.execute(sql`truncate activity`)
    fake.cloud.ledger.clear()
    fake.cloud.tokens.clear()
  })
  afterEach(async () => {
    fake.heal()
    await runtime.close()
  })

  const ines = (more: { project?: string; password?: string; domain?: string } = {}) => ({
    method: 'password' as const,
    cloud: 'otc',
    domain: 'Acme',
    user: 'ines',
    password: 'secret',
    ...more,
  })
  const posts = () => fake.calls({ method: 'POST', path: '/auth/tokens' }).length
  const scopeOf = (project: string, region = 'north'): Scope => ({ cloud: 'otc', region, project })
  const inside = async <Output>(scope: Scope, run: (ctx: ProjectContext) => Promise<Output>) =>
    inProject(await contextOf(browser), scope, false, run)
  const rescoping = async () =>
    (await findCapabilities(runtime.store.db, { cloud: 'otc', region: 'south' })).rescoping
  const endpointIn = (scope: Scope) => inside(scope, async ({ access }) => access.endpoint)

  test('several clouds are offered, each with its own names and regions', async () => {
    expect(signInOptions(runtime).clouds).toEqual([
      {
        name: 'otc',
        label: 'Open cloud',
        naming: 'account',
        regions: ['north', 'south'],
        defaultDomain: 'Acme',
      },
      { name: 'twin', label: 'twin', naming: 'account', regions: ['south'], defaultDomain: 'Acme' },
      { name: 'plain', label: 'plain', naming: 'keystone', regions: ['north'], defaultDomain: 'Default' },
    ])
    await signIn(browser, { ...ines(), cloud: 'plain', domain: 'Default', user: 'alice' })
    expect(await getSession(await contextOf(browser))).toMatchObject({ cloud: 'plain', cloudLabel: 'plain' })
    await expect(endpointIn(scopeOf(ids.north))).rejects.toMatchObject({ code: 'not_found' })
    expect(fake.calls()).toHaveLength(0)
  })

  test('a sign-in is for one project: the region named, or the first one', async () => {
    await signIn(browser, ines())
    expect(await homeScope(await contextOf(browser))).toEqual(scopeOf(ids.north))
    await signIn(browser, ines({ project: 'south' }))
    const ctx = await contextOf(browser)
    expect(await homeScope(ctx)).toEqual(scopeOf(ids.south, 'south'))
    expect(posts()).toBe(2)
    const view = await getSession(ctx)
    expect(view.projects.map(({ name }) => name)).toEqual(['north', 'north_lab', 'south'])
    expect(view).toMatchObject({ user: { name: 'ines', domainName: 'Acme' }, regions: ['north', 'south'] })
    expect(await endpointIn(scopeOf(ids.south, 'south'))).toBe(`${fake.imageUrl}/south`)
    await expect(endpointIn(scopeOf(ids.south))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('[row 31] another project wants its own sign-in, by name and account, and lies in its own region', async () => {
    await signIn(browser, ines())
    await expect(endpointIn(scopeOf(ids.lab))).rejects.toMatchObject({
      code: 'project_sign_in',
      values: { project: 'north_lab' },
    })
    const ctx = await contextOf(browser)
    expect((await getSession(ctx)).canRescope).toBe(false)
    expect(await rescoping()).toMatchObject({ value: 'no', source: 'learnt' })
    await enterProject(ctx, { ...scopeOf(ids.lab), method: 'password', password: 'secret' })
    expect(await endpointIn(scopeOf(ids.lab))).toBe(fake.imageUrl)
    await expect(
      enterProject(ctx, { ...scopeOf(ids.south), method: 'password', password: 'secret' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await signOut(browser, { runningJobs: 'pause' })
    await revokeDueTokens(runtime, clock.now())
    expect([...fake.cloud.tokens.values()].every(({ revoked }) => revoked)).toBe(true)
  })

  test('where tokens are exchanged after all, nobody is asked again', async () => {
    fake.cloud.settings.rescoping = true
    await signIn(browser, ines())
    expect(await endpointIn(scopeOf(ids.lab))).toBe(fake.imageUrl)
    expect((await getSession(await contextOf(browser))).canRescope).toBe(true)
    expect(await rescoping()).toMatchObject({ value: 'yes', source: 'learnt' })
  })

  test('a link to a project that is nobody’s of here does not say that tokens are not exchanged', async () => {
    fake.cloud.settings.rescoping = true
    await signIn(browser, ines())
    await expect(endpointIn(scopeOf('f'.repeat(32)))).rejects.toMatchObject({ code: 'project_sign_in' })
    expect(await rescoping()).toBeUndefined()
    expect(await endpointIn(scopeOf(ids.lab))).toBe(fake.imageUrl)
    expect((await getSession(await contextOf(browser))).canRescope).toBe(true)
  })

  test('[S11] two entries for one identity service do not give twice the attempts', async () => {
    const attempt = (cloud: string) =>
      signIn(browser, { ...ines({ password: 'no' }), cloud }).catch(({ code }) => code)
    for (let n = 0; n < runtime.env.signInFailures; n += 1) {
      expect(await attempt(n % 2 === 0 ? 'otc' : 'twin')).toBe('wrong_credentials')
    }
    expect([await attempt('otc'), await attempt('twin')]).toEqual(['sign_in_throttled', 'sign_in_throttled'])
  })

  test('signing in again knows the names by the user’s id, and the project', async () => {
    await signIn(browser, ines({ project: 'south' }))
    fake.endTokens()
    await signOut(browser, { runningJobs: 'pause' })
    await renew(browser, { method: 'password', cloud: 'otc', userId: ids.ines, password: 'secret' })
    expect(await homeScope(await contextOf(browser))).toEqual(scopeOf(ids.south, 'south'))
    const elsewhere = { method: 'password' as const, cloud: 'otc', userId: ids.ines, password: 'secret' }
    await renew(browser, { ...elsewhere, project: ids.lab })
    expect(await homeScope(await contextOf(browser))).toEqual(scopeOf(ids.lab))
    const before = posts()
    await expect(renew(browser, { ...elsewhere, userId: 'f'.repeat(32) })).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
    expect(posts()).toBe(before)
  })

  test('the code comes along; without it the cloud’s refusal is all there is', async () => {
    const otto = { ...ines(), user: 'otto' }
    await expect(signIn(browser, otto)).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(signIn(browser, { ...otto, passcode: '000000' })).rejects.toMatchObject({
      code: 'wrong_passcode',
    })
    await expect(signIn(browser, { ...otto, passcode: '123456' })).resolves.toMatchObject({
      state: 'signed_in',
    })
    expect(posts()).toBe(3)
  })

  test('a cloud that lists no projects shows the one of the sign-in', async () => {
    fake.cloud.settings.projectLists = []
    await signIn(browser, ines())
    const ctx = await contextOf(browser)
    expect(ctx.session.projects.map(({ name }) => name)).toEqual(['north'])
    fake.cloud.settings.projectLists = ['account']
    await clock.advance(5 * minute)
    await refreshProjects(ctx)
    expect(ctx.session.projects).toHaveLength(3)
  })

  test('[row 29] [S11] the cloud’s own lock is passed on and never provoked', async () => {
    fake.cloud.settings.lockoutFailures = 6
    const wrong = (more = {}) =>
      signIn(browser, ines({ password: 'no', ...more })).then(
        () => 'in',
        (error: { code: string }) => error.code,
      )
    const codes = []
    for (let n = 0; n < 7; n += 1) codes.push(await wrong())
    expect(codes).toEqual([
      ...Array<string>(5).fill('wrong_credentials'),
      ...Array<string>(2).fill('sign_in_throttled'),
    ])
    expect(posts()).toBe(5)
    await clock.advance(minute)
    fake.cloud.settings.lockoutFailures = 5
    expect(await wrong({ password: 'secret' })).toBe('account_locked')
    expect(posts()).toBe(6)
    fake.cloud.settings.lockoutFailures = 0
  })

  test('[S16] a job’s copy of the project’s token outlives the session, and does not end it', async () => {
    await signIn(browser, ines())
    const starting = inside(scopeOf(ids.north), (project) =>
      startJob(project, {
        ...project.scope,
        kind: 'share',
        images: [ids.image],
        projects: [ids.lab],
        except: [],
        idempotencyKey: runtime.chance.uuid(),
      }),
    )
    await clock.whenSleeping((ms) => ms === 1_000)
    await clock.advance(1_000)
    const { id } = await starting
    const [copy] = (await place.store.db.select().from(token)).filter(({ jobId }) => jobId === id)
    const text = runtime.secrets.open(copy?.sealed ?? '', copy?.id ?? '')
    expect(fake.cloud.tokens.size).toBe(1)
    await signOut(browser, { runningJobs: 'finish' })
    await revokeDueTokens(runtime, clock.now())
    expect(fake.cloud.tokens.get(text)?.revoked).toBe(false)
    expect((await place.store.db.select().from(token)).map(({ jobId }) => jobId)).toEqual([id])
  })
})
