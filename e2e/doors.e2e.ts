import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, fillSignIn, runAxe, signIn, test, whenAlive } from './fixtures.ts'
import type { MockCloud } from './mock-cloud/control-client.ts'
import {
  code,
  codeField,
  imagesOf,
  password,
  posts,
  refusal,
  renewal,
  submit,
  switcher,
} from './tools/doors.ts'
import { ask } from './tools/raw-http.ts'
import { say } from './tools/words.ts'
import { type Person, type Project, scopeOf, type World } from './tools/world.ts'

// The ways in beside a name and a password, on the form and over an open page.

/** An owner of one image, with an authenticator app. */
async function withApp(cloud: MockCloud, world: World) {
  const owner = await world.project('publisher')
  await world.image(owner, 'alpha')
  const user = `mia-${owner.id.slice(0, 6)}`
  const { users } = await cloud.mint({
    users: [{ name: user, password, passcode: code, roles: [{ project: owner.id }] }],
  })
  return { owner, mia: { id: users[user] ?? '', user, password } satisfies Person }
}

/** A token somebody got from the cloud by other means. */
async function tokenOf(cloud: MockCloud, { id }: Person, project: Project): Promise<string> {
  const { origin, port, pathname } = new URL((await cloud.addresses()).identity)
  const who = { identity: { methods: ['password'], password: { user: { id, password } } } }
  const answer = await ask({ origin, port: Number(port) }, `${pathname}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { ...who, scope: { project: { id: project.id } } } }),
  })
  return String(answer.headers['x-subject-token'])
}

/** Ends the tokens of a person and has the screen find out. */
async function loseSession(page: Page, cloud: MockCloud, { id }: Person): Promise<void> {
  await cloud.endTokens({ how: 'revoke', userId: id })
  // No real click: a read that was under way may have brought the dialog over the button already.
  await page.getByRole('button', { name: say('images.refresh'), includeHidden: true }).dispatchEvent('click')
}

/** No secret stands where scripts, extensions or a saved page would find it. */
async function expectNowhere(page: Page, secret: string): Promise<void> {
  expect(secret.length).toBeGreaterThan(5)
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  for (const text of [await page.content(), page.url(), kept]) expect(text).not.toContain(secret)
}

async function choose(page: Page, method: 'application_credential' | 'token'): Promise<void> {
  await page.goto(paths.signIn())
  await expect(submit(page)).toHaveAttribute('type', 'submit')
  await page.getByRole('tab', { name: say(`signIn.methods.${method}`) }).click()
}

test('a one-time code is asked for in a second step; a wrong one can be mended', async ({
  page,
  stack,
  world,
}) => {
  const { owner, mia } = await withApp(stack.cloud, world)
  await page.goto(paths.signIn())
  await fillSignIn(page, mia)
  await expect(codeField(page)).toBeFocused()
  await expect(page.getByLabel(say('signIn.password'), { exact: true })).toBeHidden()
  await expect(codeField(page)).toHaveAttribute('autocomplete', 'one-time-code')
  await runAxe(page)

  await submit(page).click()
  await expect(page.getByText(say('common.passcode.required'))).toBeVisible()
  await codeField(page).fill('000000')
  await codeField(page).press('Enter')
  await expect(page.getByRole('alert').getByText(say('errors.wrong_passcode'))).toBeVisible()
  await expect(codeField(page)).toBeFocused()
  await expectNowhere(page, password)

  await codeField(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await whenAlive(page, () => submit(page).click())
  await expect(page).toHaveURL(new RegExp(`${owner.id}/images`))
  await expectRow(imagesOf(page), 'alpha')
})

test('the way back from the code leads to what was typed', async ({ page, stack, world }) => {
  const { mia } = await withApp(stack.cloud, world)
  await page.goto(paths.signIn())
  await fillSignIn(page, mia)
  await expect(codeField(page)).toBeVisible()
  await page.getByRole('button', { name: say('signIn.back') }).click()
  await expect(codeField(page)).toHaveCount(0)
  await expect(page.getByLabel(say('signIn.user'), { exact: true })).toHaveValue(mia.user)
  await expect(page.getByLabel(say('signIn.password'), { exact: true })).toHaveValue(mia.password)
})

test('an application credential leads into its one project, and there is no other to switch to', async ({
  page,
  stack,
  world,
}) => {
  const [owner, other] = await Promise.all([world.project('publisher'), world.project('other')])
  const olga = await world.user('olga', [owner, other])
  await world.image(owner, 'alpha')
  const name = `robot of ${olga.user}`
  const secret = 'the secret of a robot'
  const minted = await stack.cloud.mint({
    applicationCredentials: [{ name, user: olga.id, project: owner.id, secret }],
  })
  await choose(page, 'application_credential')
  await submit(page).click()
  await expect(page.getByText(say('signIn.required.id'))).toBeVisible()
  await page.getByLabel(say('signIn.credentialId')).fill(minted.applicationCredentials[name] ?? '')
  const field = page.getByLabel(say('signIn.secret'), { exact: true })
  await field.fill('another secret')
  await field.press('Enter')
  await expect(page.getByRole('alert').getByText(say('errors.wrong_credentials'))).toBeVisible()
  await expect(field).toBeFocused()
  await field.fill(secret)
  await whenAlive(page, () => submit(page).click())
  await expect(page).toHaveURL(new RegExp(`${owner.id}/images`))
  await expectRow(imagesOf(page), 'alpha')
  await expect(page.getByText(owner.name).first()).toBeVisible()
  await expect(switcher(page)).toHaveCount(0)
})

test('a pasted token of 20 kB is enough; when it has died, another one keeps the page', async ({
  guard,
  page,
  stack,
  world,
}) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the token has died')
  await stack.cloud.set({ tokenLength: 20_000 })
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  await world.image(owner, 'alpha')
  const token = await tokenOf(stack.cloud, olga, owner)
  expect(token).toHaveLength(20_000)

  await choose(page, 'token')
  const field = page.getByLabel(say('signIn.token'), { exact: true })
  await expect(field).toHaveAttribute('type', 'password')
  await field.fill(`${token.slice(0, -1)}?`)
  await submit(page).click()
  await expect(page.getByRole('alert').getByText(say('errors.wrong_credentials'))).toBeVisible()
  await field.fill(` ${token}\n`)
  await expectNowhere(page, token.slice(0, 60))
  await whenAlive(page, () => submit(page).click())
  await expectRow(imagesOf(page), 'alpha')
  await expectNowhere(page, token.slice(0, 60))

  const search = page.getByRole('searchbox', { name: say('images.filters.search') })
  await search.fill('alp')
  await loseSession(page, stack.cloud, olga)
  await renewal(page)
    .getByLabel(say('common.renew.token'))
    .fill(await tokenOf(stack.cloud, olga, owner))
  await renewal(page)
    .getByRole('button', { name: say('common.renew.submit') })
    .click()
  await expect(renewal(page)).toHaveCount(0)
  await expect(search).toHaveValue('alp')
  await expectRow(imagesOf(page), 'alpha')
})

test('signing in again over a page asks for the code too', async ({ guard, page, stack, world }) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the token has died')
  const { owner, mia } = await withApp(stack.cloud, world)
  await page.goto(paths.images(scopeOf(owner)))
  await fillSignIn(page, mia)
  await codeField(page).fill(code)
  await whenAlive(page, () => submit(page).click())
  await expectRow(imagesOf(page), 'alpha')
  const search = page.getByRole('searchbox', { name: say('images.filters.search') })
  await search.fill('alp')

  await loseSession(page, stack.cloud, mia)
  const dialog = renewal(page)
  const go = dialog.getByRole('button', { name: say('common.renew.submit') })
  await dialog.getByLabel(say('common.renew.password')).fill(mia.password)
  await go.click()
  await expect(codeField(page)).toBeFocused()
  await codeField(page).fill('111111')
  await go.click()
  await expect(dialog.getByRole('alert').getByText(say('errors.wrong_passcode'))).toBeVisible()
  await codeField(page).fill(code)
  await go.click()
  await expect(dialog).toHaveCount(0)
  await expect(search).toHaveValue('alp')
  await expectRow(imagesOf(page), 'alpha')
})

test('before the cloud may lock an account, the form waits and says how long', async ({
  page,
  stack,
  world,
}) => {
  const olga = await world.user('olga', [await world.project('publisher')])
  await page.goto(paths.signIn())
  const alert = refusal(page)
  const before = await posts(stack.cloud)
  for (const attempt of [1, 2, 3, 4, 5]) {
    await fillSignIn(page, { ...olga, password: `wrong ${attempt}` })
    await expect.poll(() => posts(stack.cloud)).toBe(before + attempt)
    await expect(alert.getByText(say('errors.wrong_credentials'))).toBeVisible()
  }
  await fillSignIn(page, olga)
  await expect(alert).toContainText(/wait \d+ seconds before/)
  const waiting = page.getByRole('button', { name: /^Wait \d+ seconds$/ })
  await expect(waiting).toHaveAttribute('aria-disabled', 'true')
  await waiting.click({ force: true })
  await page.getByLabel(say('signIn.password'), { exact: true }).press('Enter')
  await runAxe(page)
  expect(await posts(stack.cloud)).toBe(before + 5)
})

test('the methods are one stop for the keyboard, and arrows choose', async ({ page }) => {
  await page.goto(paths.signIn())
  await expect(submit(page)).toHaveAttribute('type', 'submit')
  await page.getByRole('tab', { name: say('signIn.methods.password') }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { selected: true })).toHaveText(
    say('signIn.methods.application_credential'),
  )
  await page.keyboard.press('End')
  await expect(page.getByLabel(say('signIn.token'), { exact: true })).toBeVisible()
  await expect(page.getByLabel(say('signIn.password'), { exact: true })).toBeHidden()
  await runAxe(page)
})

test('a sign-in that was refused keeps the fields when the method is changed and changed back', async ({
  page,
  world,
}) => {
  const olga = await world.user('olga', [await world.project('publisher')])
  await page.goto(paths.signIn())
  await fillSignIn(page, { ...olga, password: 'wrong' })
  await expect(refusal(page)).toBeVisible()
  await page.getByRole('tab', { name: say('signIn.methods.token') }).click()
  await expect(refusal(page)).toHaveCount(0)
  await page.getByRole('tab', { name: say('signIn.methods.password') }).click()
  await signInWith(page, olga)
})

async function signInWith(page: Page, person: Person): Promise<void> {
  await expect(page.getByLabel(say('signIn.user'), { exact: true })).toHaveValue(person.user)
  await signIn(page, person)
  await expect(page).toHaveURL(/\/images/)
}
