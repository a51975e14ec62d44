import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, runAxe, test, visit } from './fixtures.ts'
import { auditors, plantFindings, readAudit } from './tools/audit-world.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// The audit as it is looked at: axe finds nothing in either theme, and served HTML has no style attribute.

test.use({ isApart: true })

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const close = (page: Page) => page.keyboard.press('Escape')
const strip = (page: Page) => page.getByRole('region', { name: say('auditReview.strip.label') })

async function expectNoStyle(page: Page): Promise<void> {
  const html = await (await page.request.get(page.url())).text()
  expect(html).toContain('</html>')
  expect(html).not.toContain(' style="')
}

test('none yet, being read, its findings', async ({ pageAs, stack, world }) => {
  const people = await auditors(world)
  const { ada, office } = people
  await plantFindings(stack, world, people)
  const at = paths.audit(scopeOf(office))
  const page = await pageAs(ada, { at })
  await expect(page.getByRole('heading', { name: say('audit.empty.title') })).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)

  const members = { service: 'image', method: 'GET', path: '^/v2/images/[^/]+/members$' } as const
  const hold = await stack.cloud.hold({ ...members, after: 5 })
  await button(page, say('audit.readNow')).click()
  await hold.waitFor(4)
  await expect(page.getByRole('progressbar')).toBeVisible()
  await runAxe(page)
  await hold.remove()
  await expect(page.getByText(/, complete$/)).toBeVisible()
  await expect(strip(page).getByRole('button').first()).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)

  await strip(page).getByRole('button').first().click()
  await expect(page.getByRole('complementary')).toBeVisible()
  await runAxe(page)
  await page
    .getByRole('complementary')
    .getByRole('button', { name: say('auditReview.panel.stop', { count: 1 }) })
    .click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await runAxe(page)
})

test('grouped, on a phone, as a matrix, its dialogs, a comparison', async ({ pageAs, stack, world }) => {
  const people = await auditors(world)
  const { ada, office, team } = people
  const images = await plantFindings(stack, world, people)
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office), { group: 'recipient' }) })
  await expect(button(page, say('audit.table.fold', { name: team.name }))).toBeVisible()
  await runAxe(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await runAxe(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await visit(page, paths.audit(scopeOf(office), { view: 'matrix' }))
  await page.getByRole('grid').focus()
  await runAxe(page)
  await expectNoStyle(page)

  for (const item of ['snapshots', 'note', 'policy'] as const) {
    await button(page, say('auditReview.actions.more')).click()
    await page.getByRole('menuitem', { name: say(`auditReview.actions.${item}`) }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await runAxe(page)
    await close(page)
  }
  await button(page, say('auditReview.actions.export')).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await runAxe(page)
  await close(page)

  const before = await stack.cloud.image(images.rejected ?? '')
  await stack.cloud.removeMember(before.id, team.id)
  await readAudit(stack, ada, office)
  await visit(page, paths.audit(scopeOf(office)))
  await button(page, say('auditReview.actions.compare')).click()
  await page.getByRole('menuitem').first().click()
  await expect(page.getByRole('table', { name: say('auditReview.changes.list') })).toBeVisible()
  await runAxe(page)
})
