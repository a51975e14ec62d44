import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import type { SessionView } from '../lib/contracts/session.ts'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, rowOf, signIn, signInAgain, test, visit, whenAlive } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { callAction, signIn as signInByAction, valueIn } from './tools/action-client.ts'
import { memberAdd } from './tools/composing.ts'
import { say } from './tools/words.ts'
import { type Project, scopeOf, type World } from './tools/world.ts'

async function ownerOf(world: World, names: readonly string[] = ['alpha', 'beta', 'gamma']) {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  for (const name of names) await world.image(owner, name)
  return { owner, olga, at: `${paths.images(scopeOf(owner))}?sort=name` }
}

const tableOf = (page: Page) => page.getByRole('table', { name: say('images.list') })

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: say('common.shell.menu') }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('signing in leads where one was going', async ({ page, world }) => {
  const { owner, olga } = await ownerOf(world)
  await page.goto(`${paths.images(scopeOf(owner))}?q=alpha`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signIn(page, olga)
  await expect(page).toHaveURL(new RegExp(`${owner.id}/images`))
  await expectRow(tableOf(page), 'alpha')
})

test('an address elsewhere is not followed after signing in', async ({ page, world }) => {
  const { owner, olga } = await ownerOf(world)
  await page.goto(paths.signIn('https://elsewhere.example/'))
  await signIn(page, olga)
  await expect(page).toHaveURL(new RegExp(`^http://localhost:\\d+/openstack/north/${owner.id}/images`))
})

test('after signing out nothing is left: not behind the back button, not in the API, not in another tab', async ({
  guard,
  pageAs,
  world,
}) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
  const { olga, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  await expectRow(tableOf(page), 'alpha')
  const other = await page.context().newPage()
  await visit(other, at)
  await expectRow(tableOf(other), 'alpha')

  await choose(page, say('common.shell.signOut'))
  await expect(page).toHaveURL(/\/sign-in\?reason=signed_out/)
  await expect(page.getByText(say('signIn.reasons.signed_out'))).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expect(page.getByText('alpha')).toHaveCount(0)
  const answer = await page.request.get('/api/session')
  expect(answer.status()).toBe(401)
  expect(await page.context().cookies()).toEqual([])
  await expect(other.getByRole('dialog', { name: say('common.renew.title') })).toBeVisible()
})

for (const [choice, hint, ends] of [
  ['pause', say('common.signOut.pauseHint'), 'paused'],
  ['finish', say('common.signOut.finishHint'), 'succeeded'],
] as const) {
  test(`signing out while a job runs asks what shall become of it: ${choice}`, async ({
    guard,
    page,
    stack,
    world,
  }) => {
    guard.expect(/status of 401/, 'the list of jobs may be read once more while the page is being left')
    const { owner, olga } = await ownerOf(world, [])
    const images = await world.images(owner, 'base', 2)
    const hold = await stack.cloud.hold({ ...memberAdd, projectId: owner.id })
    await page.goto(paths.jobs())
    await signIn(page, olga)
    const [cookie] = await page.context().cookies()
    const input = {
      ...scopeOf(owner),
      kind: 'share',
      images,
      projects: [newId()],
      idempotencyKey: randomUUID(),
    }
    const sent = { cookie: `${cookie?.name}=${cookie?.value}` }
    const { id } = valueIn<{ id: string }>(await callAction(stack.dashboard, 'startJob', input, sent))
    await hold.waitFor(2)

    await choose(page, say('common.shell.signOut'))
    const dialog = page.getByRole('dialog', { name: say('common.signOut.title') })
    await dialog.getByRole('radio', { name: hint }).check()
    await dialog.getByRole('button', { name: say('common.signOut.confirm') }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await hold.remove()
    const again = await signInByAction(stack.dashboard, olga)
    const stateOf = async () => {
      const answer = await page.request.get(`/api/jobs/${id}`, { headers: { cookie: again } })
      return ((await answer.json()) as { state: string }).state
    }
    await expect.poll(stateOf).toBe(ends)
  })
}

test('the time left is shown, and signing in anew in time keeps the page', async ({
  pageAs,
  stack,
  world,
}) => {
  await stack.cloud.set({ tokenLifetimeSeconds: 4 * 60 })
  const { olga, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  const notice = page.getByRole('status').filter({ hasText: /^Your session ends in 2 min/ })
  await expect(notice).toBeVisible()
  await page.getByRole('searchbox', { name: say('images.filters.search') }).fill('beta')
  await stack.cloud.set({ tokenLifetimeSeconds: 3600 })
  await notice.getByRole('button', { name: say('common.time.renew') }).click()
  const dialog = page.getByRole('dialog', { name: say('common.renew.title') })
  await expect(dialog).toContainText(say('common.renew.early'))
  await signInAgain(page, olga)
  await expect(notice).toHaveCount(0)
  await expect(page.getByText(/^5[89] min left/)).toBeVisible()
  await expect(page.getByRole('searchbox', { name: say('images.filters.search') })).toHaveValue('beta')
})

test('the theme is chosen once and is in the first bytes of every page after that', async ({
  pageAs,
  world,
}) => {
  const { olga, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  const root = page.locator('html')
  await expect(root).not.toHaveClass(/dark|light/)
  await choose(page, say('common.shell.themeChoice', { theme: say('common.shell.themes.dark') }))
  await expect(root).toHaveClass(/dark/)
  await whenAlive(page, () => page.reload())
  await expect(root).toHaveClass(/dark/)
  expect(await (await page.request.get(at)).text()).toMatch(/<html[^>]* class="[^"]*\bdark"/)
  await choose(page, say('common.shell.themeChoice', { theme: say('common.shell.themes.system') }))
  await expect(root).not.toHaveClass(/dark/)
  await whenAlive(page, () => page.reload())
  await expect(root).not.toHaveClass(/dark|light/)
})

test('the project visited last is where one begins again, whether a link led there or it was picked', async ({
  pageAs,
  world,
}) => {
  const [north, south] = await Promise.all([world.project('north'), world.project('south')])
  const olga = await world.user('olga', [north, south])
  const page = await pageAs(olga)
  const switcher = new RegExp(say('common.switcher.label'))
  const lastVisited = async () => {
    const session = (await (await page.request.get('/api/session')).json()) as SessionView
    return session.lastScope?.project
  }
  const expectHome = async (project: Project) => {
    await expect.poll(lastVisited).toBe(project.id)
    // In another browser, after signing in anew.
    const again = await pageAs(olga, { at: paths.home() })
    await expect(again).toHaveURL(new RegExp(`/${project.id}/images`))
    await visit(again, paths.jobs())
    await expect(again.getByRole('button', { name: switcher })).toContainText(project.name)
  }

  await visit(page, paths.images(scopeOf(south)))
  await expectHome(south)
  await visit(page, paths.images(scopeOf(north)))
  await expectHome(north)
  await page.getByRole('button', { name: switcher }).click()
  await page.getByRole('option', { name: south.name }).click()
  await expect(page).toHaveURL(new RegExp(`/${south.id}/images`))
  await expectHome(south)
})

test('a dialog that closes gives the focus back to what opened it', async ({ pageAs, world }) => {
  const { olga, owner, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  await expectRow(tableOf(page), 'alpha')
  const switcher = page.getByRole('button', { name: new RegExp(say('common.switcher.label')) })
  const projects = page.getByRole('dialog', { name: say('common.switcher.title') })
  await switcher.click()
  await expect(projects.getByRole('option', { name: owner.name })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(projects).toHaveCount(0)
  await expect(switcher).toBeFocused()
  await page.keyboard.press('Enter')
  await projects.getByRole('button', { name: say('common.close') }).click()
  await expect(projects).toHaveCount(0)
  await expect(switcher).toBeFocused()

  await page.getByRole('checkbox', { name: say('images.select', { name: 'alpha' }) }).check()
  const stop = page.getByRole('button', { name: say('images.tray.stop') })
  await stop.click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(stop).toBeFocused()
  // Escape was the dialog's: the selection is there until the next one.
  await expect(page.getByText(say('images.tray.count', { count: 1 }))).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(stop).toHaveCount(0)
})

test('rows are walked, ticked, opened and shared by single keys', async ({ pageAs, world }) => {
  const { olga, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  const table = tableOf(page)
  await expectRow(table, 'alpha')
  const { keyboard } = page
  await keyboard.press('j')
  await expect(rowOf(table, 'alpha')).toBeFocused()
  await keyboard.press('j')
  await keyboard.press('j')
  await keyboard.press('k')
  await expect(rowOf(table, 'beta')).toBeFocused()
  await keyboard.press('x')
  await expect(page.getByRole('checkbox', { name: say('images.select', { name: 'beta' }) })).toBeChecked()
  await keyboard.press('j')
  await keyboard.press('Shift+X')
  await expect(page.getByText(say('images.tray.count', { count: 2 }))).toBeVisible()
  await keyboard.press('Escape')
  await expect(page.getByText(say('images.tray.count', { count: 2 }))).toHaveCount(0)

  await keyboard.press('/')
  const search = page.getByRole('searchbox', { name: say('images.filters.search') })
  await expect(search).toBeFocused()
  await keyboard.type('jx')
  await expect(search).toHaveValue('jx')
  await search.fill('')
  await keyboard.press('Escape')

  await keyboard.press('?')
  const help = page.getByRole('dialog', { name: say('common.keys.title') })
  await expect(help).toBeVisible()
  await help.getByRole('switch', { name: say('common.keys.toggle') }).uncheck()
  await keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await keyboard.press('?')
  await keyboard.press('x')
  await expect(help).toHaveCount(0)
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
})

test('a selection goes to the composer with s, and an open row with Enter', async ({ pageAs, world }) => {
  const { olga, at } = await ownerOf(world)
  const page = await pageAs(olga, { at })
  await expectRow(tableOf(page), 'alpha')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/share\?images=/)
  await expect(page.getByRole('list', { name: say('share.images.list') })).toContainText('alpha')
  await page.goBack()
  await expectRow(tableOf(page), 'alpha')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('alpha')
})

test('offers are answered by a and r', async ({ pageAs, world }) => {
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const tom = await world.user('tom', [team])
  const [first, second] = [await world.image(owner, 'alpha'), await world.image(owner, 'beta')]
  for (const image of [first, second]) await world.share(image, [team])
  const page = await pageAs(tom, { at: paths.incoming(scopeOf(team)) })
  const offers = page.getByRole('table', { name: say('incoming.list') })
  await expectRow(offers, 'alpha')
  await page.keyboard.press('j')
  const name = await offers.locator('tr:focus').getByRole('checkbox').getAttribute('aria-label')
  await page.keyboard.press('a')
  await expect(offers.getByRole('checkbox')).toHaveCount(1)
  await page.keyboard.press('r')
  await expect(page.getByText(say('incoming.empty.pendingTitle'))).toBeVisible()
  const accepted = name === say('incoming.selectLabel', { name: 'alpha' }) ? first : second
  const rejected = accepted === first ? second : first
  expect(await world.members(accepted)).toEqual({ [team.id]: 'accepted' })
  expect(await world.members(rejected)).toEqual({ [team.id]: 'rejected' })
})
