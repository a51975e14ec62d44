import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, rowOf, signIn, test, visit } from './fixtures.ts'
import { callAction, codeOf, signIn as signInByAction } from './tools/action-client.ts'
import { say } from './tools/words.ts'
import { type Project, scopeOf, type World } from './tools/world.ts'

// What an audit is to somebody who is no administrator, and to a session that only looks.

const tableOf = (page: Page) => page.getByRole('table', { name: say('audit.table.label') })
const rowsOf = (page: Page) => tableOf(page).locator('tbody').getByRole('row')
const strip = (page: Page) => page.getByRole('region', { name: say('auditReview.strip.label') })
/** What would change something in the cloud or a rule of ours, or leads there. */
const writes = /^(Stop (sharing|\d)|Change what counts|Save$|Select )/

async function expectNoWrites(page: Page): Promise<void> {
  for (const role of ['button', 'checkbox'] as const)
    await expect(page.getByRole(role, { name: writes }), await page.title()).toHaveCount(0)
}

/** Two projects of one's own: each owns an image, one of them is offered another. */
async function twoProjects(world: World) {
  const [first, second, foreign, team] = (await world.projects('first', 'second', 'foreign', 'team')) as [
    Project,
    Project,
    Project,
    Project,
  ]
  const mine = await world.image(first, 'mine')
  const also = await world.image(second, 'also-mine')
  const offered = await world.image(foreign, 'offered')
  const secret = await world.image(foreign, 'not-for-us')
  await world.share(mine, [team], 'rejected')
  await world.share(also, [team], 'accepted')
  await world.share(offered, [second, team], 'accepted')
  await world.share(secret, [team], 'accepted')
  return { first, second, foreign, team, mine, also, offered }
}

test('a plain member reads all its projects, and is told that this is all', async ({
  pageAs,
  stack,
  world,
}) => {
  const { first, second, team } = await twoProjects(world)
  const mia = await world.user('mia', [first, second])
  const page = await pageAs(mia, { at: paths.audit(scopeOf(first)) })
  await expect(page.getByText(say('audit.empty.own', { count: 2 }))).toBeVisible()
  await page.getByRole('button', { name: say('audit.readNow') }).click()
  await expect(page.getByText(/^3 images · 3 members · read .*, complete$/)).toBeVisible()
  await expect(page.getByText(say('audit.reach.own', { count: 2 }))).toBeVisible()
  const table = tableOf(page)
  await expectRow(table, 'also-mine', team.id.slice(0, 6))
  await expectRow(table, 'offered', second.name, say('common.status.accepted'))
  await expect(rowOf(table, 'not-for-us')).toHaveCount(0)
  await expect(rowsOf(page)).toHaveCount(3)
  // Nobody tells a plain member of other projects.
  await strip(page)
    .getByRole('button', { name: say('auditReview.strip.notChecked') })
    .click()
  await expect(page.getByRole('dialog')).toContainText(say('auditReview.notChecked.why.not_told'))
  await page.keyboard.press('Escape')

  // The same from the other project; nothing of it for somebody else in there.
  await visit(page, paths.audit(scopeOf(second)))
  await expect(rowsOf(page)).toHaveCount(3)
  const other = await world.user('otto', [first])
  const elsewhere = await pageAs(other, { at: paths.audit(scopeOf(first)) })
  await expect(elsewhere.getByRole('heading', { name: say('audit.empty.title') })).toBeVisible()

  // One's own share is ended from here.
  await strip(page)
    .getByRole('button', { name: new RegExp(`${say('auditReview.kinds.rejected.name')}$`) })
    .click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: say('auditReview.panel.stop', { count: 1 }) }).click()
  const removed = { method: 'DELETE', path: '^/v2/images/[^/]+/members/', projectId: first.id }
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('auditReview.stop.confirm', { count: 1 }) })
    .click()
  await stack.cloud.waitForCalls(removed, 1, { answered: true })
})

test('who writes in one project and reads in another is offered to end the shares of the one', async ({
  pageAs,
  world,
}) => {
  const { first, second, team, mine } = await twoProjects(world)
  const also = await world.image(second, 'looked-at')
  await world.share(also, [team], 'rejected')
  const mona = await world.user('mona', [first, { ...second, role: 'reader' }])
  const page = await pageAs(mona, { at: paths.audit(scopeOf(first)) })
  await page.getByRole('button', { name: say('audit.readNow') }).click()
  await expect(page.getByText(/^4 images · 4 members · read .*, complete$/)).toBeVisible()
  const table = tableOf(page)
  await expect(rowOf(table, 'looked-at')).toBeVisible()
  await expect(rowOf(table, 'looked-at').getByRole('checkbox')).toHaveCount(0)
  await expect(rowOf(table, 'also-mine').getByRole('checkbox')).toHaveCount(0)
  await expect(rowOf(table, /^(?!.*also-mine).*mine/).getByRole('checkbox')).toHaveCount(1)

  await strip(page)
    .getByRole('button', { name: new RegExp(`${say('auditReview.kinds.rejected.name')}$`) })
    .click()
  const panel = page.getByRole('complementary')
  await expect(panel).toContainText(say('auditReview.panel.locked', { count: 1 }))
  await panel.getByRole('button', { name: say('auditReview.panel.stop', { count: 1 }) }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('auditReview.stop.confirm', { count: 1 }) })
    .click()
  await expect.poll(() => world.members(mine)).toEqual({})
  expect(await world.members(also)).toEqual({ [team.id]: 'rejected' })
})

for (const how of ['reader', 'choice'] as const) {
  test(`a session that only looks (${how}) audits and exports, and is shown nothing that writes`, async ({
    page,
    stack,
    world,
  }) => {
    const { first, second, mine, team } = await twoProjects(world)
    const vera = await world.user('vera', [first, second], how === 'reader' ? 'reader' : 'member')
    await page.goto(paths.audit(scopeOf(first)))
    if (how === 'choice') await page.getByLabel(say('signIn.readOnly')).check()
    await signIn(page, vera)
    await page.getByRole('button', { name: say('audit.readNow') }).click()
    await expect(page.getByText(/^3 images · 3 members · read .*, complete$/)).toBeVisible()
    await expectNoWrites(page)
    await strip(page)
      .getByRole('button', { name: new RegExp(`${say('auditReview.kinds.rejected.name')}$`) })
      .click()
    await expect(page.getByRole('complementary')).toContainText(say('auditReview.panel.readOnly'))
    await expectNoWrites(page)
    await page.getByRole('button', { name: say('auditReview.actions.more') }).click()
    await page.getByRole('menuitem', { name: say('auditReview.actions.policy') }).click()
    await expect(page.getByRole('dialog')).toContainText(say('auditReview.policy.readOnly'))
    await expectNoWrites(page)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: say('auditReview.actions.export'), exact: true }).click()
    const coming = page.waitForEvent('download')
    const words = { what: say('auditReview.export.table'), format: 'CSV' }
    await page.getByRole('link', { name: say('auditReview.export.save', words) }).click()
    expect((await coming).suggestedFilename()).toMatch(/\.csv$/)
    await page.keyboard.press('Escape')

    // What a page does not show is refused all the same.
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`)
    const cookie = how === 'choice' ? (cookies[0] ?? '') : await signInByAction(stack.dashboard, vera)
    const act = {
      ...scopeOf(first),
      kind: 'stop',
      images: [mine],
      projects: [team.id],
      idempotencyKey: randomUUID(),
    }
    expect(codeOf(await callAction(stack.dashboard, 'startJob', act, { cookie }))).toBe('read_only')
    expect(await world.members(mine)).toEqual({ [team.id]: 'rejected' })
  })
}
