import type { Page } from 'playwright/test'
import { type FindingKind, findingKinds } from '../lib/contracts/audits.ts'
import { paths } from '../lib/paths.ts'
import { expect, rowOf, test, visit } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { auditors, planted, plantedLimit, plantFindings, readAudit } from './tools/audit-world.ts'
import { beginShare } from './tools/begin-share.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

const values = { days: 30, limit: `${plantedLimit}`, percent: 90, access: 'usable' }
const nameOf = (kind: FindingKind) =>
  say(`auditReview.kinds.${kind}.name`, { ...values, days: kind === 'image_old' ? 365 : 30 })
const strip = (page: Page) => page.getByRole('region', { name: say('auditReview.strip.label') })
const tile = (page: Page, kind: FindingKind) =>
  strip(page).getByRole('button', { name: new RegExp(`^[\\d,]+\\s*${nameOf(kind)}$`) })
const tableOf = (page: Page) => page.getByRole('table', { name: say('audit.table.label') })

test.use({ isApart: true })

test('each finding stands in the strip with its count, and narrows the table to its rows', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, olga, office, publisher } = people
  const images = await plantFindings(stack, world, people)
  // The limit is learnt from the refusal of one member too many.
  const job = await beginShare(stack, { owner: publisher, olga }, [images.limit_reached ?? ''], [newId()])
  const owner = await pageAs(olga, { at: job })
  await expect(owner.getByText(say('job.badge.states.failed'), { exact: true }).first()).toBeVisible()

  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  for (const kind of findingKinds) {
    const count = planted[kind]
    if (count === undefined) await expect(tile(page, kind), kind).toHaveCount(0)
    else await expect(tile(page, kind), kind).toHaveText(new RegExp(`^${count}\\D`))
  }
  for (const kind of findingKinds) {
    if (planted[kind] === undefined) continue
    await tile(page, kind).click()
    await expect(page).toHaveURL(new RegExp(`finding=${kind}`))
    await expect(rowOf(tableOf(page), images[kind] ?? '').first(), kind).toBeVisible()
    await expect(rowOf(tableOf(page), images['a day younger'] ?? '')).toHaveCount(0)
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('heading', { name: say('auditReview.panel.why') })).toBeVisible()
    await tile(page, kind).click()
  }

  // What is kept out of sight shows against an earlier audit.
  await stack.cloud.changeImage(images.rejected ?? '', { visibility: 'private' })
  await readAudit(stack, ada, office)
  await visit(page, paths.audit(scopeOf(office)))
  await expect(tile(page, 'members_frozen')).toHaveText(/^1\D/)
  await expect(tile(page, 'rejected')).toHaveCount(0)
})

test('a finding asked for by a key takes the focus, and Escape gives it back', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office } = people
  await plantFindings(stack, world, people)
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  await tile(page, 'recipient_gone').press('Enter')
  const panel = page.getByRole('complementary')
  await expect(panel).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(panel.getByRole('button', { name: say('auditReview.panel.stop', { count: 1 }) })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(tile(page, 'recipient_gone')).toBeFocused()
  // The mouse stays where it is, and so does the focus.
  await tile(page, 'rejected').click()
  await expect(panel).toBeVisible()
  await expect(tile(page, 'rejected')).toBeFocused()
})

test('a finding is mended: confirmed, done as a job, and gone from the next audit', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office, publisher, team } = people
  const gone = newId()
  const images = await world.images(publisher, 'base', 2)
  for (const image of images) await stack.cloud.mintMembers([{ image, project: gone }])
  await stack.cloud.mintMembers([{ image: images[0] ?? '', project: 'Odd Team #1' }])
  await world.share(images[0] ?? '', [team], 'accepted')
  // The cloud takes one row per call; done is when the last one is gone.
  await world.share(images[1] ?? '', [team], 'accepted')
  await stack.cloud.mintMembers([{ image: images[1] ?? '', project: team.id, isTwin: true }])
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office), { finding: 'recipient_gone' }) })

  const mend = async (count: number) => {
    await page
      .getByRole('complementary')
      .getByRole('button', { name: say('auditReview.panel.stop', { count }) })
      .click()
    const dialog = page.getByRole('alertdialog', { name: say('auditReview.stop.title', { count }) })
    await expect(dialog).toContainText(say('auditReview.stop.noUndo'))
    const before = (await stack.cloud.ledger()).last
    await dialog.getByRole('button', { name: say('auditReview.stop.confirm', { count }) }).click()
    await expect(dialog).toHaveCount(0)
    const removed = { method: 'DELETE', path: '^/v2/images/[^/]+/members/' }
    await stack.cloud.waitForCalls(removed, count, { since: before, answered: true })
  }
  await mend(2)
  await tile(page, 'recipient_odd').click()
  await mend(1)
  await expect.poll(() => world.members(images[0] ?? '')).toEqual({ [team.id]: 'accepted' })
  await tile(page, 'duplicate_members').click()
  await mend(1)
  await expect.poll(() => world.members(images[1] ?? '')).toEqual({})

  await page.getByRole('button', { name: say('audit.filters.clearAll') }).click()
  await page.getByRole('button', { name: say('audit.readAgain') }).click()
  await expect(strip(page).getByText(say('auditReview.strip.none'))).toBeVisible()
  await expect(tableOf(page).locator('tbody').getByRole('row')).toHaveCount(1)
})

test('what counts is set by the administrators: whom to trust, how long, how old', async ({
  pageAs,
  stack,
  world,
}) => {
  const people = await auditors(world)
  const { ada, office, publisher, team } = people
  const { domains } = await stack.cloud.mint({ domains: [{ name: 'Partner' }] })
  const { projects } = await stack.cloud.mint({ projects: [{ name: 'outsider', domain: 'Partner' }] })
  const image = await world.image(publisher, 'base')
  await world.share(image, [team], 'accepted')
  await stack.cloud.mintMembers([{ image, project: projects.outsider ?? '', status: 'accepted' }])
  await readAudit(stack, ada, office)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  await expect(strip(page).getByText(say('auditReview.strip.none'))).toBeVisible()
  const openRules = async () => {
    await page.getByRole('button', { name: say('auditReview.actions.more') }).click()
    await page.getByRole('menuitem', { name: say('auditReview.actions.policy') }).click()
    return page.getByRole('dialog', { name: say('auditReview.policy.title') })
  }
  const rules = await openRules()
  await rules.getByLabel(say('auditReview.policy.domains'), { exact: true }).fill('Default')
  await rules.getByLabel(say('auditReview.policy.pendingDays'), { exact: true }).fill('soon')
  await rules.getByRole('button', { name: say('auditReview.policy.save') }).click()
  const days = rules.getByLabel(say('auditReview.policy.pendingDays'), { exact: true })
  await expect(days).toBeFocused()
  await days.fill('7')
  await rules.getByRole('button', { name: say('auditReview.policy.save') }).click()
  await expect(rules).toHaveCount(0)
  await expect(tile(page, 'recipient_untrusted')).toHaveText(/^1\D/)
  await tile(page, 'recipient_untrusted').click()
  await expect(rowOf(tableOf(page), 'outsider')).toHaveCount(1)
  expect(Object.keys(domains)).toEqual(['Partner'])

  // Another administrator finds the same rules, and who made them.
  const adam = await world.user('adam', [office], 'admin')
  const other = await pageAs(adam, { at: paths.audit(scopeOf(office)) })
  await expect(tile(other, 'recipient_untrusted')).toHaveText(/^1\D/)
  await other.getByRole('button', { name: say('auditReview.actions.more') }).click()
  await other.getByRole('menuitem', { name: say('auditReview.actions.policy') }).click()
  const same = other.getByRole('dialog', { name: say('auditReview.policy.title') })
  await expect(same.getByLabel(say('auditReview.policy.pendingDays'), { exact: true })).toHaveValue('7')
  await expect(same).toContainText(ada.user)
})
