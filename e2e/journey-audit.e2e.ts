import type { Page } from 'playwright/test'
import { expect, expectRow, openContext, rowOf, signIn, test } from './fixtures.ts'
import { mintAuditJourney } from './tools/journey-audit-world.ts'
import { openJourneyCloud } from './tools/journey-cloud.ts'
import { say } from './tools/words.ts'

const tableOf = (page: Page) => page.getByRole('table', { name: say('audit.table.label') })
const expectComplete = (page: Page) => expect(page.getByText(/ · read .*, complete$/)).toBeVisible()
const search = (page: Page) => page.getByRole('searchbox', { name: say('audit.filters.search') })

test('an administrator audits the cloud, ends what should not be, and compares', async ({
  browser,
  guard,
}) => {
  test.setTimeout(180_000)
  const { connection, dashboard, close } = await openJourneyCloud()
  const world = await mintAuditJourney(connection)
  const { admin, image, retail, closed, gone, odd } = world
  try {
    const context = await openContext(browser, guard, dashboard.origin)
    const page = await context.newPage()
    await signIn(page, admin)
    await page.getByRole('link', { name: say('common.shell.audit'), exact: true }).click()
    await page.getByRole('button', { name: say('audit.readNow') }).click()
    await expectComplete(page)

    // Others may be at work on a real cloud: what counts are the rows of this image.
    await search(page).fill(image.name)
    const table = tableOf(page)
    await expect(rowOf(table, image.name)).toHaveCount(4)
    await expectRow(table, retail.name, say('common.status.rejected'))
    await expectRow(table, closed.name, say('audit.standing.disabled'))
    await expectRow(table, gone, say('audit.standing.gone'))
    await expectRow(table, odd, say('audit.standing.odd'))
    const strip = page.getByRole('region', { name: say('auditReview.strip.label') })
    for (const [kind, recipient] of [
      ['recipient_gone', gone],
      ['recipient_disabled', closed.name],
      ['rejected', retail.name],
      ['recipient_odd', odd],
    ] as const) {
      await strip
        .getByRole('button', { name: new RegExp(`${say(`auditReview.kinds.${kind}.name`)}$`) })
        .click()
      await expectRow(table, image.name, recipient)
    }

    await rowOf(table, odd).getByRole('button', { name: image.name, exact: true }).click()
    const panel = page.getByRole('complementary', { name: image.name })
    await panel.getByRole('button', { name: say('audit.panel.stop') }).click()
    const dialog = page.getByRole('alertdialog', { name: say('auditReview.stop.title', { count: 1 }) })
    await expect(dialog).toContainText(odd)
    await dialog.getByRole('button', { name: say('auditReview.stop.confirm', { count: 1 }) }).click()
    await expect
      .poll(() => world.members())
      .toEqual({ [retail.id]: 'rejected', [closed.id]: 'pending', [gone]: 'pending' })
    await world.acceptAfterAll()

    await page.getByRole('button', { name: say('audit.filters.clearAll') }).click()
    await page.getByRole('button', { name: say('audit.readAgain') }).click()
    await expect(page.getByRole('region', { name: say('audit.progress.label') })).toHaveCount(0)
    await expectComplete(page)
    await search(page).fill(image.name)
    await expect(rowOf(table, image.name)).toHaveCount(3)
    await search(page).fill('')
    await page.getByRole('button', { name: say('auditReview.actions.compare'), exact: true }).click()
    await page.getByRole('menuitem').first().click()
    const changes = page.getByRole('table', { name: say('auditReview.changes.list') })
    await expectRow(changes, odd, say('auditReview.changes.kinds.gone'))
    await expectRow(changes, retail.name, say('auditReview.changes.kinds.answer'))
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await world.remove()
    await close()
  }
})
