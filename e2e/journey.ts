import { expect, type Page } from 'playwright/test'
import { expectRow, expectToast, rowOf } from './fixtures.ts'
import type { JourneyWorld } from './tools/journey-cloud.ts'
import { say } from './tools/words.ts'

// What the owner and the recipients do, step by step, in words of the screens. The same on a fake and on a real cloud.

const newPairs = 9

/** Everything the project owns is in the list, from all upstream pages; four images are ticked and taken along. */
export async function chooseImages(page: Page, world: JourneyWorld): Promise<void> {
  const { count, publisher, images } = world
  await expect(page.getByText(say('images.summary', { count, project: publisher.name }))).toBeVisible()
  const table = page.getByRole('table', { name: say('images.list') })
  await expect(rowOf(table, 'ubuntu-')).toHaveCount(count)
  for (const { name } of Object.values(images)) {
    await page.getByRole('checkbox', { name: say('images.select', { name }), exact: true }).check()
  }
  const tray = page.getByRole('region', { name: say('images.tray.label') })
  await tray.getByRole('button', { name: say('images.tray.share') }).click()
  await expect(page).toHaveURL(/\/share\?images=/)
}

/** Recipients are pasted; the plan says what is new, what is there already and what can't be, and why. */
export async function compose(page: Page, world: JourneyWorld): Promise<void> {
  const field = page.getByLabel(say('share.recipients.label'))
  await field.fill(world.recipients.map(({ id }) => id).join('\n'))
  await field.press('Enter')
  await expect(page.getByText(say('share.recipients.count', { count: 4 }))).toBeVisible()
  await expect(field).toHaveValue('')

  const legend = page.getByRole('list', { name: say('share.plan.legendLabel') })
  await expect(legend.getByRole('listitem')).toHaveText([
    say('share.plan.legend.new', { count: newPairs }),
    say('share.plan.legend.pending', { count: 3 }),
    say('share.plan.legend.impossible', { count: 4 }),
  ])
  const impossible = page.getByRole('region', { name: say('share.impossible.heading') })
  const reason = impossible.getByRole('listitem').filter({ hasText: world.images.secret.name })
  await expect(reason).toContainText(
    say('share.impossible.reasons.not_shareable', { visibility: world.refusal }),
  )
  await page.getByRole('button', { name: say('share.start', { count: newPairs }) }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    say('job.titles.share', { images: 3, projects: 4 }),
  )
}

/** How many of the job's pairs are settled, as the page counts them. */
export async function expectSettled(page: Page, count: number): Promise<void> {
  const words = `${count} ${say('job.of', { total: newPairs })}`
  await expect(page.getByText(words, { exact: true })).toBeVisible()
}

/** The job ends by itself on the open page: all pairs but the one for which there was no place. */
export async function watchToTheEnd(page: Page, world: JourneyWorld): Promise<void> {
  await expectSettled(page, newPairs)
  const legend = page.getByRole('list', { name: say('job.legendLabel') })
  await expect(legend.getByRole('listitem')).toHaveText([
    say('job.legend.share.done', { count: newPairs - 1 }),
    say('job.legend.all.failed', { count: 1 }),
  ])
  const failures = page.getByRole('region', { name: say('job.failures.heading', { pairs: 1, reasons: 1 }) })
  await expect(failures).toContainText(
    say('errors.member_limit', { limit: world.tellsLimit ? world.limit : 'unknown' }),
  )
  await expect(failures).toContainText(world.images.full.name)
}

/** A recipient finds three offers and answers the first image. */
async function answer(page: Page, world: JourneyWorld, kind: 'accept' | 'reject'): Promise<void> {
  const { base, web, full } = world.images
  await page.getByRole('link', { name: say('common.shell.incoming') }).click()
  const offers = page.getByRole('table', { name: say('incoming.list') })
  for (const { name } of [base, web, full]) await expectRow(offers, name)
  await expect(rowOf(offers, world.images.secret.name)).toHaveCount(0)

  await offers
    .getByRole('button', { name: say(`incoming.${kind}Label`, { name: base.name }), exact: true })
    .click()
  await expectToast(page, new RegExp(`${base.name} ${kind}ed`))
  await expect(rowOf(offers, base.name)).toHaveCount(0)
  await page.getByRole('tab', { name: say(`incoming.tabs.${kind}ed`) }).click()
  await expectRow(offers, base.name)
}

/** The owner opens the image's page from the list and sees what each of the recipients answered. */
async function seeAnswers(page: Page, world: JourneyWorld): Promise<void> {
  const { base } = world.images
  await page.getByRole('link', { name: say('common.shell.images') }).click()
  await page.getByRole('searchbox', { name: say('images.filters.search') }).fill(base.name)
  await page.getByRole('link', { name: base.name, exact: true }).click()
  const members = page.getByRole('table', { name: say('image.members.list') })
  await expectRow(members, world.retail.id, say('common.status.accepted'))
  await expectRow(members, world.lab.id, say('common.status.rejected'))
}

/** Offering again asks first, and the answer starts anew. */
async function offerAgain(page: Page, world: JourneyWorld): Promise<void> {
  await page.getByRole('button', { name: say('image.members.offerLabel', { project: world.lab.id }) }).click()
  const dialog = page.getByRole('dialog', { name: say('image.offer.title', { count: 1 }) })
  await expect(dialog).toContainText(world.lab.id)
  await dialog.getByRole('button', { name: say('image.offer.confirm', { count: 1 }) }).click()
  await expectToast(page, say('common.act.offer_again.done', { count: 1 }))
  await expectRow(
    page.getByRole('table', { name: say('image.members.list') }),
    world.lab.id,
    say('common.status.pending'),
  )
}

/** The one who rejected is asked again. */
async function seeOfferAgain(page: Page, world: JourneyWorld): Promise<void> {
  await page.getByRole('button', { name: say('incoming.refresh') }).click()
  await page.getByRole('tab', { name: say('incoming.tabs.pending') }).click()
  await expectRow(page.getByRole('table', { name: say('incoming.list') }), world.images.base.name)
}

/** Ending access names who is hit before it is done. */
async function stopSharing(page: Page, world: JourneyWorld): Promise<void> {
  await page
    .getByRole('button', { name: say('image.members.stopLabel', { project: world.retail.id }) })
    .click()
  const dialog = page.getByRole('alertdialog', { name: say('image.stop.title', { count: 1 }) })
  await expect(dialog).toContainText(world.retail.id)
  await dialog.getByRole('button', { name: say('image.stop.confirm', { count: 1 }) }).click()
  await expectToast(page, say('common.act.stop.done', { count: 1 }))
  await expect(
    rowOf(page.getByRole('table', { name: say('image.members.list') }), world.retail.id),
  ).toHaveCount(0)
}

/** What had been accepted is gone from the recipient's lists. */
async function seeNothingLeft(page: Page, world: JourneyWorld): Promise<void> {
  await page.getByRole('button', { name: say('incoming.refresh') }).click()
  await expect(page.getByText(say('incoming.empty.acceptedTitle'))).toBeVisible()
  await page.getByRole('tab', { name: say('incoming.tabs.pending') }).click()
  const offers = page.getByRole('table', { name: say('incoming.list') })
  await expectRow(offers, world.images.web.name)
  await expect(rowOf(offers, world.images.base.name)).toHaveCount(0)
}

/** Both recipients answer, the owner offers again and stops; what the cloud holds at the end is what the screens said. */
export async function answerAndStop(
  { owner, retail, lab }: Record<'owner' | 'retail' | 'lab', Page>,
  world: JourneyWorld,
): Promise<void> {
  await answer(retail, world, 'accept')
  await answer(lab, world, 'reject')
  await seeAnswers(owner, world)
  await offerAgain(owner, world)
  await seeOfferAgain(lab, world)
  await stopSharing(owner, world)
  await seeNothingLeft(retail, world)

  const { base, web, full } = world.images
  const pending = (projects: readonly { id: string }[]) =>
    Object.fromEntries(projects.map(({ id }) => [id, 'pending']))
  const [, ...others] = world.recipients
  expect(await world.members(base.id)).toEqual(pending(others))
  expect(await world.members(web.id)).toEqual(pending(world.recipients))
  expect(Object.keys(await world.members(full.id))).toHaveLength(world.limit)
  expect(await world.members(full.id)).toMatchObject(pending(world.recipients.slice(0, 3)))
}
