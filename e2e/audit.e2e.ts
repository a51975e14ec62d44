import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, rowOf, test, visit } from './fixtures.ts'
import { auditors, readAudit } from './tools/audit-world.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// The administrator's audit: how it is read, and the ways to look at it.

const memberRead = { service: 'image', method: 'GET', path: '^/v2/images/[^/]+/members$' } as const
const tableOf = (page: Page) => page.getByRole('table', { name: say('audit.table.label') })
const rowsOf = (page: Page) => tableOf(page).locator('tbody').getByRole('row')
const chip = (page: Page, filter: 'group' | 'status' | 'owner' | 'recipient') =>
  page.getByRole('combobox', { name: say(`audit.filters.${filter}`) })

test.use({ isApart: true })

test('an administrator reads the whole cloud: it says so, and rows come while it reads', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office, publisher, rival, team } = people
  const images = await world.images(publisher, 'base', 30)
  images.push(await world.image(rival, 'hidden', { os_hidden: true }))
  for (const image of images) await world.share(image, [team], 'accepted')
  await world.image(rival, 'draft', { visibility: 'private' })
  const hold = await stack.cloud.hold({ ...memberRead, phase: 'answer', after: 10 })
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  await expect(page.getByRole('heading', { name: say('audit.empty.title') })).toBeVisible()
  await page.getByRole('button', { name: say('audit.readNow') }).click()
  await hold.waitFor(4)
  await expect(rowsOf(page)).toHaveCount(10)
  const progress = page.getByRole('region', { name: say('audit.progress.label') })
  await expect(progress).toContainText(say('audit.progress.read', { read: 10, count: 31 }))
  await page.reload()
  await expect(rowsOf(page)).toHaveCount(10)
  await hold.remove()
  await expect(rowsOf(page)).toHaveCount(31)
  await expect(progress).toHaveCount(0)
  await expect(page.getByText(/^31 images · 31 members · read .*, complete$/)).toBeVisible()
  await expect(
    page.getByText(say('audit.reach.cloud', { cloud: 'openstack', region: 'north' })),
  ).toBeVisible()
  await expectRow(tableOf(page), 'hidden', rival.name, team.name, say('common.status.accepted'))
  // Every member list once, and nothing of what is not shared.
  const { calls } = await stack.cloud.ledger({ ...memberRead, projectId: office.id })
  expect(new Set(calls.map(({ path }) => path)).size).toBe(31)
  expect(calls).toHaveLength(31)
})

test('its rows are searched, sorted, filtered, grouped and turned around, and the address keeps it', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office, publisher, rival, team, closed } = people
  const [v9, v10, other] = [
    await world.image(publisher, 'ubuntu-v9'),
    await world.image(publisher, 'ubuntu-v10'),
    await world.image(rival, 'debian'),
  ]
  await world.share(v9, [team], 'accepted')
  await world.share(v10, [team, closed], 'pending')
  await world.share(other, [team], 'rejected')
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  const first = () => rowsOf(page).first()
  await expect(rowsOf(page)).toHaveCount(4)

  const search = page.getByRole('searchbox', { name: say('audit.filters.search') })
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await search.fill('UBUNTU')
  await expect(rowsOf(page)).toHaveCount(3)
  await search.fill(closed.name)
  await expect(rowsOf(page)).toHaveCount(1)
  await search.fill('')
  await expect(rowsOf(page)).toHaveCount(4)

  await tableOf(page)
    .getByRole('columnheader', { name: say('audit.columns.image') })
    .getByRole('button')
    .click()
  await expect(first()).toContainText('ubuntu-v10')
  await tableOf(page)
    .getByRole('columnheader', { name: say('audit.columns.image') })
    .getByRole('button')
    .click()
  await expect(first()).toContainText('debian')

  await chip(page, 'status').selectOption('pending')
  await expect(rowsOf(page)).toHaveCount(2)
  await chip(page, 'status').selectOption('')
  await chip(page, 'group').selectOption('owner')
  await expect(rowsOf(page)).toHaveCount(6)
  await page.getByRole('button', { name: say('audit.table.fold', { name: publisher.name }) }).click()
  await expect(rowsOf(page)).toHaveCount(3)
  await expect(page).toHaveURL(/group=owner/)
  await visit(page, page.url())
  await expect(rowsOf(page)).toHaveCount(6)
  await chip(page, 'group').selectOption('')
  await expect(rowsOf(page)).toHaveCount(4)

  // Keyboard: the row in hand is opened, and its panel leads to both turns of the table.
  await page.keyboard.press('j')
  await expect(first()).toBeFocused()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: 'debian' })).toBeVisible()
  await expect(panel).toContainText(team.name)
  await panel.getByRole('button', { name: say('audit.panel.everything') }).click()
  await expect(rowsOf(page)).toHaveCount(3)
  await expect(page.getByText(`Everything ${team.name} can use`)).toBeVisible()
  await page.getByRole('button', { name: say('audit.pivot.back') }).click()
  await rowOf(tableOf(page), closed.name).getByRole('button', { name: 'ubuntu-v10', exact: true }).click()
  await panel.getByRole('button', { name: say('audit.panel.everyone') }).click()
  await expect(rowsOf(page)).toHaveCount(2)
  await expect(page.getByText('Everyone who can use ubuntu-v10')).toBeVisible()
})

test('the matrix is walked by keys, says what is in hand, and leads to the same rows in the table', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office, publisher, team, closed } = people
  const one = await world.image(publisher, 'one')
  const two = await world.image(publisher, 'two')
  await world.share(one, [closed], 'accepted')
  await world.share(two, [closed, team], 'pending')
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office), { view: 'matrix' }) })
  const grid = page.getByRole('grid', { name: say('auditMatrix.label', { images: 2, projects: 2 }) })
  await grid.focus()
  const inHand = grid.getByRole('gridcell')
  await expect(inHand).toContainText(`one → ${closed.name}: ${say('common.status.accepted')}`)
  await page.keyboard.press('ArrowRight')
  await expect(inHand).toContainText(`one → ${team.name}: ${say('auditMatrix.none')}`)
  await page.keyboard.press('ArrowDown')
  await expect(inHand).toContainText(`two → ${team.name}: ${say('common.status.pending')}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toContainText(team.name)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'table', exact: true }).click()
  await expect(rowsOf(page)).toHaveCount(3)
  await expect(page).not.toHaveURL(/view=matrix/)
})
