import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionView } from '../lib/contracts/session.ts'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, fillSignIn, openContext, runAxe, test, visit, whenAlive } from './fixtures.ts'
import { startDashboard } from './tools/dashboard.ts'
import { code, imagesOf, optionalCode, password, posts, refusal, submit, switcher } from './tools/doors.ts'
import { openFlavouredCloud } from './tools/journey-flavours.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// The ways into clouds that name people by account and sign in to a project, and into one of several clouds.

test('clouds that name people by account: the code along with the password, a sign-in for every project', async ({
  browser,
  guard,
}) => {
  guard.expect(/status of 409/, 'the browser notes our own answer for a project that was not entered yet')
  const { dashboard, controls, close } = await openFlavouredCloud('huawei')
  try {
    const names = { own: 'eu-de_publisher', lab: 'eu-de_lab' }
    const { projects } = await controls.mint({
      projects: Object.values(names).map((name) => ({ name })),
      users: [
        {
          name: 'mia',
          password,
          passcode: code,
          roles: Object.values(names).map((project) => ({ project })),
        },
      ],
      images: [
        { project: names.own, name: 'alpha', visibility: 'private' },
        { project: names.lab, name: 'beta', visibility: 'private' },
      ],
    })
    const context = await openContext(browser, guard, dashboard.origin)
    const page = await context.newPage()
    await page.goto(paths.signIn())
    const mia = { user: 'mia', password, domain: 'Default', project: names.own }
    await fillSignIn(page, mia)
    await expect(refusal(page).getByText(say('errors.wrong_credentials'))).toBeVisible()
    await optionalCode(page).fill('000000')
    await submit(page).click()
    await expect(page.getByRole('alert').getByText(say('errors.wrong_passcode'))).toBeVisible()
    await expect(optionalCode(page)).toBeFocused()
    await optionalCode(page).fill(code)
    const before = await posts(controls)
    await whenAlive(page, () => submit(page).click())
    await expectRow(imagesOf(page), 'alpha')
    expect(await posts(controls)).toBe(before + 1)

    await switcher(page).click()
    await page.getByRole('option', { name: names.lab }).click()
    await expect(page).toHaveURL(new RegExp(`${projects[names.lab]}/images`))
    await expect(page.getByRole('heading', { level: 2 })).toContainText(names.lab)
    await runAxe(page)
    const enter = page.getByRole('button', { name: say('common.enterProject.submit') })
    const lab = { cloud: 'huawei', region: 'eu-de', project: projects[names.lab] ?? '' }
    for (const address of [paths.share(lab), paths.incoming(lab), paths.images(lab)]) {
      await page.goto(address)
      await expect(enter).toBeVisible()
    }
    await page.getByLabel(say('common.renew.password')).fill(password)
    await enter.click()
    await expect(page.getByRole('alert').getByText(say('errors.wrong_credentials'))).toBeVisible()
    await optionalCode(page).fill(code)
    await enter.click()
    await expectRow(imagesOf(page), 'beta')

    // Both stay open now.
    await switcher(page).click()
    await page.getByRole('option', { name: names.own }).click()
    await expectRow(imagesOf(page), 'alpha')
    await context.close()
  } finally {
    await close()
  }
})

test('an account that the cloud has locked: the cloud’s own refusal is passed on', async ({
  browser,
  guard,
}) => {
  const { dashboard, controls, close } = await openFlavouredCloud('otc')
  try {
    await controls.set({ lockoutFailures: 1 })
    const project = 'eu-de_publisher'
    await controls.mint({
      projects: [{ name: project }],
      users: [{ name: 'olga', password, roles: [{ project }] }],
    })
    const context = await openContext(browser, guard, dashboard.origin)
    const page = await context.newPage()
    await page.goto(paths.signIn())
    const olga = { user: 'olga', password, domain: 'Default', project }
    await fillSignIn(page, { ...olga, password: 'wrong' })
    await expect(page.getByRole('alert').getByText(say('errors.wrong_credentials'))).toBeVisible()
    await fillSignIn(page, olga)
    await expect(page.getByRole('alert').getByText(say('errors.account_locked'))).toBeVisible()
    await context.close()
  } finally {
    await close()
  }
})

test('of several clouds one is chosen; its names are used, and what was typed stays', async ({
  browser,
  guard,
  stack,
  world,
}) => {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  await world.image(owner, 'alpha')
  const auth = { auth_url: `${(await stack.cloud.addresses()).identity}/v3` }
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-doors-'))
  const file = join(dataDir, 'clouds.yaml')
  const account = { label: 'Account cloud', naming: 'account' }
  const regions = ['eu-de', 'eu-nl']
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({
      clouds: {
        lab: { auth, region_name: 'north', shareboard: { label: 'Lab' } },
        far: { auth, regions, shareboard: account },
      },
    }),
  )
  const dashboard = await startDashboard({ authUrl: '', dataDir, env: { OS_CLIENT_CONFIG_FILE: file } })
  try {
    const context = await openContext(browser, guard, dashboard.origin)
    const page = await context.newPage()
    await page.goto(paths.signIn())
    await expect(submit(page)).toHaveAttribute('type', 'submit')
    const cloud = page.getByLabel(say('signIn.cloud'), { exact: true })
    await page.getByLabel(say('signIn.user'), { exact: true }).fill(olga.user)
    await page.getByLabel(say('signIn.password'), { exact: true }).fill(olga.password)
    await cloud.selectOption('Account cloud')
    await expect(page.getByLabel(say('signIn.domain'), { exact: true })).toHaveCount(0)
    await expect(page.getByLabel(say('signIn.project'), { exact: true })).toHaveValue('eu-de')
    await expect(optionalCode(page)).toBeVisible()
    // Huawei’s IAM has none.
    await expect(page.getByRole('tab', { name: say('signIn.methods.application_credential') })).toHaveCount(0)
    await runAxe(page)
    await cloud.selectOption('Lab')
    await expect(page.getByLabel(say('signIn.domain'), { exact: true })).toHaveValue('Default')
    await whenAlive(page, () => submit(page).click())
    await visit(page, paths.images({ ...scopeOf(owner), cloud: 'lab' }))
    await expectRow(imagesOf(page), 'alpha')
    const session = (await (await page.request.get('/api/session')).json()) as SessionView
    expect(session.cloudLabel).toBe('Lab')
    await context.close()
  } finally {
    await dashboard.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
})
