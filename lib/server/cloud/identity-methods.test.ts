import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloudsInFile } from '../testing/clouds-file'
import { type FakeCloud, passcodeAt, startFakeCloud } from '../testing/fake-cloud'
import { hastyHttp } from '../testing/image-access'
import { testEnv } from '../testing/test-runtime'
import { loadClouds } from './clouds'
import { createIdentity, type Identity, type PasswordSignIn } from './identity'

const http = hastyHttp()
const totpSecret = 'JBSWY3DPEHPK3PXP'
let fake: FakeCloud
let keystone: Identity
let iam: Identity
let projects: Record<string, string>
let users: Record<string, string>
let credentials: Record<string, string>

beforeAll(async () => {
  fake = await startFakeCloud()
  const minted = fake.mint({
    domains: [{ name: 'Acme' }],
    projects: [
      { name: 'alpha' },
      { name: 'beta' },
      { name: 'north', domain: 'Acme' },
      { name: 'north_lab', domain: 'Acme' },
      { name: 'north_closed', domain: 'Acme', enabled: false },
    ],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }] },
      { name: 'mia', totpSecret, passcode: '123456', roles: [{ project: 'alpha' }] },
      { name: 'late', isPasswordExpired: true },
      { name: 'ines', domain: 'Acme', roles: [{ project: 'north' }, { project: 'north_lab' }] },
      { name: 'otto', domain: 'Acme', passcode: '123456', roles: [{ project: 'north' }] },
      { name: 'carl', domain: 'Acme', hindrance: 'console_only', roles: [{ project: 'north' }] },
      { name: 'dora', domain: 'Acme', hindrance: 'disabled', roles: [{ project: 'north' }] },
      { name: 'rosa', domain: 'Acme', hindrance: 'region_closed', roles: [{ project: 'north' }] },
    ],
    applicationCredentials: [
      { name: 'robot', user: 'alice', project: 'alpha' },
      { name: 'of nowhere', user: 'alice' },
      { name: 'of mia', user: 'mia', project: 'alpha' },
    ],
  })
  ;({ projects, users, applicationCredentials: credentials } = minted)
  const auth = { auth_url: fake.authUrl }
  const clouds = loadClouds(
    testEnv(
      fake,
      cloudsInFile({
        keystone: { auth },
        iam: { auth, regions: ['north'], shareboard: { naming: 'account' } },
      }),
    ),
  )
  const of = (name: string) => {
    const cloud = clouds.get(name)
    if (!cloud) throw new Error('no cloud')
    return createIdentity(cloud, http)
  }
  ;[keystone, iam] = [of('keystone'), of('iam')]
})
afterAll(async () => {
  await http.close()
  await fake.stop()
})
beforeEach(() => {
  fake.resetSettings()
  fake.cloud.ledger.clear()
})
afterEach(() => fake.heal())

const posts = () => fake.calls({ method: 'POST', path: '/auth/tokens' }).length
const password = (user: string, more: Partial<PasswordSignIn> = {}) => ({
  user,
  domain: 'Default',
  password: 'secret',
  ...more,
})
async function receiptOf(user: string, project?: string) {
  const answer = await keystone.signIn(password(user, { project }))
  if (answer.state !== 'passcode') throw new Error('no passcode was wanted')
  return answer.receipt
}
async function tokenOf(identity: Identity, credentials: PasswordSignIn) {
  const answer = await identity.signIn(credentials)
  if (answer.state !== 'issued') throw new Error('a passcode is wanted')
  return answer.token
}

describe('a second factor (Keystone)', () => {
  test('[row 30] is asked for with a receipt, and the scope is asked for again', async () => {
    const receipt = await receiptOf('mia', 'alpha')
    expect(receipt.userId).toBe(users.mia)
    expect(receipt.text).toHaveLength(119)
    const passcode = passcodeAt(totpSecret, fake.cloud.clock.now())
    const step = { receipt: receipt.text, userId: receipt.userId, passcode, domain: 'Default' }
    expect((await keystone.enterPasscode(step)).project).toBeNull()
    const scoped = await keystone.enterPasscode({ ...step, project: 'alpha' })
    expect(scoped).toMatchObject({ project: { id: projects.alpha }, user: { name: 'mia' } })
    expect(posts()).toBe(3)
  })

  test('[row 30] that is wrong says so, and the same receipt takes the right one afterwards', async () => {
    const { text: receipt, userId } = await receiptOf('mia')
    const step = { receipt, userId, domain: 'Default' }
    const error = await keystone.enterPasscode({ ...step, passcode: '000000' }).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'wrong_passcode' })
    expect(JSON.stringify(error)).not.toContain(receipt)
    await expect(keystone.enterPasscode({ ...step, passcode: '123456' })).resolves.toBeDefined()
    fake.cloud.clock.advance(301)
    const late = await keystone.enterPasscode({ ...step, passcode: '123456' }).catch((e: unknown) => e)
    expect(late).toMatchObject({ code: 'wrong_passcode' })
    expect(`${late}${JSON.stringify(late)}`).not.toContain(receipt)
  })

  test('may come along at once; then nobody can say which of the two was wrong', async () => {
    const both = password('mia', { passcode: '123456' })
    expect((await tokenOf(keystone, both)).user.name).toBe('mia')
    for (const wrong of [{ passcode: '000000' }, { password: 'no' }]) {
      await expect(keystone.signIn({ ...both, ...wrong })).rejects.toMatchObject({
        code: 'wrong_credentials',
      })
    }
  })

  test('the code of this half minute or the one before is right, no other', async () => {
    const { text: receipt, userId } = await receiptOf('mia')
    const now = fake.cloud.clock.now()
    const at = (windows: number) =>
      keystone.enterPasscode({
        receipt,
        userId,
        domain: 'Default',
        passcode: passcodeAt(totpSecret, now + windows * 30_000),
      })
    await expect(at(-1)).resolves.toBeDefined()
    await expect(at(-3)).rejects.toMatchObject({ code: 'wrong_passcode' })
    await expect(at(2)).rejects.toMatchObject({ code: 'wrong_passcode' })
  })
})

describe('an application credential', () => {
  const use = (name: string, secret = 'secret') =>
    keystone.useApplicationCredential({ id: credentials[name] ?? name, secret })

  test('[row 31] gives a token of its project that is never exchanged', async () => {
    const token = await use('robot')
    expect(token.project?.id).toBe(projects.alpha)
    await expect(keystone.rescope(token.text, projects.beta ?? '')).rejects.toMatchObject({
      code: 'project_sign_in',
    })
    expect(await keystone.projects(token.text, token.user.id)).toHaveLength(2)
    expect((await use('of nowhere')).project).toBeNull()
  })

  test.each([
    ['a wrong secret', 'robot', 'no'],
    ['an unknown id, which Keystone answers otherwise', 'nobody', 'secret'],
    ['a user who must prove a second factor', 'of mia', 'secret'],
  ])('with %s is refused all the same', async (_what, name, secret) => {
    await expect(use(name, secret)).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(posts()).toBe(1)
  })
})

describe('what a cloud tells apart is passed on', () => {
  test('an expired password, but only after the right one', async () => {
    await expect(keystone.signIn(password('late'))).rejects.toMatchObject({ code: 'password_expired' })
    await expect(keystone.signIn(password('late', { password: 'no' }))).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })

  test('[row 29] a locked account by IAM; Keystone says nothing of a lock', async () => {
    fake.cloud.settings.lockoutFailures = 2
    const wrong = (identity: Identity, user: string, domain: string) =>
      identity.signIn({ user, domain, password: 'no' }).catch((error: unknown) => error)
    for (const n of [1, 2, 3]) {
      expect(await wrong(keystone, 'alice', 'Default'), `${n}`).toMatchObject({ code: 'wrong_credentials' })
    }
    await expect(keystone.signIn(password('alice'))).rejects.toMatchObject({ code: 'wrong_credentials' })
    fake.cloud.settings.identity = 'iam'
    for (const _ of [1, 2]) await wrong(iam, 'ines', 'Acme')
    expect(await wrong(iam, 'ines', 'Acme')).toMatchObject({ code: 'account_locked', vendorCode: 'IAM.0061' })
    fake.cloud.clock.advance(1801)
    fake.cloud.settings.identity = 'keystone'
    await expect(keystone.signIn(password('alice'))).resolves.toMatchObject({ state: 'issued' })
  })

  test('[row 29] a lock that is told in Keystone’s shape', async () => {
    const body = JSON.stringify({
      error: { code: 401, message: 'The account is locked.', title: 'Unauthorized' },
    })
    fake.fault({ path: '/auth/tokens', fault: { kind: 'answer', status: 401, body } })
    await expect(iam.signIn(password('ines', { project: 'north' }))).rejects.toMatchObject({
      code: 'account_locked',
    })
  })
})

describe('IAM (Huawei family)', () => {
  beforeEach(() => {
    Object.assign(fake.cloud.settings, { identity: 'iam', rescoping: false })
  })
  const ines = (more: Partial<PasswordSignIn> = {}) =>
    password('ines', { domain: 'Acme', project: 'north', ...more })

  test('takes user and account by name and a project by its region’s name', async () => {
    const token = await tokenOf(iam, ines())
    expect(token).toMatchObject({
      project: { id: projects.north, name: 'north' },
      user: { id: users.ines, domainName: 'Acme' },
      roles: ['member', 'reader'],
    })
    expect(token.catalogue.map(({ type }) => type)).toContain('image')
    expect((await tokenOf(iam, ines({ project: projects.north_lab }))).project?.name).toBe('north_lab')
  })

  test.each([
    ['carl', 'console_only'],
    ['dora', 'user_disabled'],
    ['rosa', 'region_closed'],
    ['otto', 'wrong_credentials'],
    ['nobody', 'wrong_credentials'],
  ])('refuses %s: %s', async (user, code) => {
    await expect(iam.signIn(ines({ user }))).rejects.toMatchObject({ code })
    expect(posts()).toBe(1)
  })

  test('[row 30] takes the one-time code in the same request, and names a wrong one', async () => {
    const otto = ines({ user: 'otto', passcode: '123456' })
    expect((await tokenOf(iam, otto)).user.name).toBe('otto')
    await expect(iam.signIn({ ...otto, passcode: '000000' })).rejects.toMatchObject({
      code: 'wrong_passcode',
      status: 400,
    })
  })

  test('[row 28] asks for patience', async () => {
    const body = JSON.stringify({ error_code: 'IAM.0012', error_msg: 'Too many requests.' })
    const headers = { 'Retry-After': '7' }
    fake.fault({ path: '/auth/tokens', fault: { kind: 'answer', status: 429, body, headers } })
    await expect(iam.signIn(ines())).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 7_000 })
    expect(posts()).toBe(1)
  })

  test('[row 31] exchanges no tokens', async () => {
    const token = await tokenOf(iam, ines())
    await expect(iam.rescope(token.text, projects.north_lab ?? '')).rejects.toMatchObject({
      code: 'project_sign_in',
    })
  })

  test.each([
    ['its own call', ['auth']],
    ['the account’s list', ['account']],
    ['the user’s list', ['user']],
  ] as const)(
    '[row 32] lists the projects by %s, without the storage’s and the account itself',
    async (_what, open) => {
      fake.cloud.settings.projectLists = [...open]
      const token = await tokenOf(iam, ines())
      const listed = await iam.projects(token.text, token.user.id)
      const names = listed.filter(({ enabled }) => enabled).map(({ name }) => name)
      expect(names.sort()).toEqual(['north', 'north_lab'])
    },
  )

  test('that lists nothing says why', async () => {
    fake.cloud.settings.projectLists = []
    const token = await tokenOf(iam, ines())
    await expect(iam.projects(token.text, token.user.id)).rejects.toMatchObject({ status: 403 })
    await iam.revoke(token.text)
    await expect(iam.projects(token.text, token.user.id)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('a token of any size', () => {
  test.each([250, 9_120, 12_000, 20_000])(
    '[row 25] %i characters: sign-in, description, exchange, lists, end',
    async (length) => {
      fake.cloud.settings.tokenLength = length
      fake.cloud.settings.tokenStart = length > 1_000 ? 'MII' : 'gAAAAA'
      const token = await tokenOf(keystone, password('alice'))
      expect(token.text).toHaveLength(length)
      expect(await keystone.describe(token.text)).toMatchObject({ text: token.text, user: { name: 'alice' } })
      const scoped = await keystone.rescope(token.text, projects.alpha ?? '')
      expect(scoped.text).toHaveLength(length)
      expect(await keystone.projects(scoped.text, token.user.id)).toHaveLength(2)
      await keystone.revoke(scoped.text)
      await expect(keystone.describe(scoped.text)).rejects.toMatchObject({ code: 'unauthenticated' })
    },
  )
})
