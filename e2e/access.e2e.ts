import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, fillSignIn, runAxe, test, visit } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { beginShare } from './tools/begin-share.ts'
import { busyWorld } from './tools/busy-world.ts'
import { answerAs, memberAdd } from './tools/composing.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// Every screen as it is looked at: axe finds nothing in either theme. That no page breaks the content policy is held by
// the guard of every test; that none could, by the style attributes that served HTML must not have.

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
const close = (page: Page) => page.keyboard.press('Escape')

async function expectNoStyle(page: Page, address = page.url()): Promise<void> {
  const html = await (await page.request.get(address)).text()
  expect(html).toContain('</html>')
  expect(html).not.toContain(' style="')
}

test('sign-in', async ({ page, stack }) => {
  await page.goto(paths.signIn('/jobs', 'expired'))
  await expect(page.getByText(say('signIn.reasons.expired'))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  await fillSignIn(page, { user: '', password: '' })
  await expect(page.getByText(say('signIn.required.password'))).toBeVisible()
  await runAxe(page)
  await stack.cloud.fault({ service: 'identity', fault: { kind: 'reset' } })
  await fillSignIn(page, { user: 'nobody', password: 'nothing' })
  await expect(page.getByRole('alert').getByText(say('errors.upstream_unavailable'))).toBeVisible()
  await runAxe(page)
})

test('images', async ({ pageAs, world }) => {
  const { olga, owner, images, empty } = await busyWorld(world)
  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
  await expect(
    page.getByText(say('images.summary', { count: images.count, project: owner.name })),
  ).toBeVisible()
  await button(page, say('images.count')).click()
  await expect(page.getByText(say('images.totals', { images: 2, projects: 3 }))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)

  await page.getByRole('checkbox', { name: say('images.selectAll') }).check()
  await runAxe(page)
  await button(page, say('images.tray.stop')).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('checkbox').first().check()
  await expect(dialog.getByText(say('images.stop.noUndo'))).toBeVisible()
  await runAxe(page)
  await close(page)

  await page.getByRole('searchbox', { name: say('images.filters.search') }).fill('nothing of this name')
  await expect(page.getByText(say('images.noMatch.title'))).toBeVisible()
  await runAxe(page)
  await visit(page, paths.images(scopeOf(empty)))
  await expect(page.getByText(say('images.empty.title', { project: empty.name }))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
})

test('images on a phone, and a list that can not be read', async ({ guard, pageAs, stack, world }) => {
  guard.expect(/status of 502/, 'the browser notes our own answers to the refused reads')
  const { olga, owner } = await busyWorld(world)
  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)), viewport: { width: 390, height: 844 } })
  await expect(page.getByRole('table', { name: say('images.list') })).toBeVisible()
  await runAxe(page)
  await stack.cloud.fault({ service: 'image', fault: { kind: 'reset' } })
  await visit(page, paths.images(scopeOf(owner)))
  await expect(page.getByText(say('images.errorTitle')).first()).toBeVisible()
  await runAxe(page)
})

test('image', async ({ pageAs, world }) => {
  const { olga, owner, images, member } = await busyWorld(world)
  const page = await pageAs(olga, { at: paths.image(scopeOf(owner), images.shared) })
  await expect(page.getByRole('table', { name: say('image.members.list') })).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)

  await button(page, say('image.members.stopLabel', { project: member.accepted.id })).click()
  await runAxe(page)
  await close(page)
  await button(page, say('image.members.offerLabel', { project: member.rejected.id })).click()
  await runAxe(page)
  await close(page)
  await button(page, say('image.visibility.toPrivate')).click()
  await runAxe(page)
  await close(page)
  await button(page, say('image.share')).click()
  await page.getByLabel(say('image.add.ids')).fill('not-an-id')
  await expect(page.getByText(say('image.add.refused', { count: 1 })).first()).toBeVisible()
  await runAxe(page)
  await close(page)
  await page.getByRole('checkbox', { name: say('image.members.selectAll') }).check()
  await runAxe(page)

  for (const id of [images.private, images.community, images.unshared]) {
    await visit(page, paths.image(scopeOf(owner), id))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await runAxe(page)
    await expectNoStyle(page)
  }
})

test('composer', async ({ pageAs, world }) => {
  const { olga, owner, images, member } = await busyWorld(world)
  const page = await pageAs(olga, { at: paths.share(scopeOf(owner)) })
  await expect(page.getByText(say('share.plan.emptyTitle'))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  for (const open of [say('share.images.add'), say('share.recipients.pick')]) {
    await button(page, open).click()
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    await runAxe(page)
    await close(page)
  }

  const filled = paths.share(scopeOf(owner), [images.shared, images.private, images.unshared])
  await visit(page, filled)
  const field = page.getByLabel(say('share.recipients.label'))
  await field.fill([...Object.values(member).map(({ id }) => id), newId(), 'not-an-id'].join('\n'))
  await field.press('Enter')
  await expect(page.getByText(say('share.impossible.heading'))).toBeVisible()
  await page.getByRole('checkbox').first().check()
  await runAxe(page)
  await expectNoStyle(page, filled)
  await button(page, say('share.plan.asTable')).click()
  await runAxe(page)
  await button(page, say('share.again.offer', { count: 1 })).click()
  await runAxe(page)
  await close(page)

  await field.fill(Array.from({ length: 21 }, newId).join(' '))
  await field.press('Enter')
  await button(page, /^Start \d+ shares/).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await runAxe(page)
})

test('incoming', async ({ pageAs, world }) => {
  const { tom, team, empty } = await busyWorld(world)
  const page = await pageAs(tom, { at: paths.incoming(scopeOf(team)) })
  for (const tab of ['pending', 'accepted', 'rejected'] as const) {
    await page.getByRole('tab', { name: say(`incoming.tabs.${tab}`) }).click()
    await expect(page.getByRole('table', { name: say('incoming.list') })).toBeVisible()
    await runAxe(page)
  }
  await page.getByRole('tab', { name: say('incoming.tabs.pending') }).click()
  await button(page, /^Review/).click()
  await expect(page.getByRole('heading', { name: say('incoming.card.what') })).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  await page.getByRole('checkbox').first().check()
  await page.getByRole('checkbox').nth(1).check()
  await button(page, say('incoming.bulk.reject', { count: 2 })).click()
  await runAxe(page)
  await close(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await runAxe(page)
  await visit(page, paths.incoming(scopeOf(empty)))
  await expect(page.getByText(say('incoming.empty.pendingTitle'))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
})

test('jobs: none, running, finished with failures', async ({ pageAs, stack, world }) => {
  const { olga, owner } = await busyWorld(world)
  const page = await pageAs(olga, { at: paths.jobs() })
  await expect(page.getByRole('heading', { name: say('jobs.emptyTitle') })).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)

  await stack.cloud.fault({ ...memberAdd, projectId: owner.id, fault: answerAs(403), times: 2 })
  const hold = await stack.cloud.hold({ ...memberAdd, projectId: owner.id, after: 20 })
  const at = await beginShare(stack, { owner, olga }, await world.images(owner, 'base', 10), 10)
  await hold.waitFor(8)
  await visit(page, at)
  await expect(page.getByText(say('job.badge.states.running'), { exact: true }).first()).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  await button(page, say('job.cancel.button')).click()
  await runAxe(page)
  await close(page)
  await button(page, say('common.shell.menu')).click()
  await runAxe(page)
  await page.getByRole('menuitem', { name: say('common.shell.signOut') }).click()
  await expect(page.getByRole('dialog', { name: say('common.signOut.title') })).toBeVisible()
  await runAxe(page)
  await close(page)

  await hold.remove()
  await expect(page.getByText(say('job.badge.states.partly_failed'), { exact: true }).first()).toBeVisible()
  await page.getByRole('grid').focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('region', { name: say('job.pair.heading') }).getByText('base-0001'),
  ).toBeVisible()
  await runAxe(page)
  await button(page, say('job.asTable')).click()
  await expect(page.getByRole('table', { name: say('job.table.label') })).toBeVisible()
  await runAxe(page)
  await visit(page, paths.jobs())
  await expect(page.getByRole('table', { name: say('jobs.list') })).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
})

test('activity', async ({ pageAs, stack, world }) => {
  const { olga, owner, images } = await busyWorld(world)
  await stack.cloud.fault({ ...memberAdd, projectId: owner.id, fault: answerAs(403), times: 2 })
  await beginShare(stack, { owner, olga }, [images.unshared], 4)
  const page = await pageAs(olga, { at: paths.activity() })
  const table = page.getByRole('table', { name: say('activity.list') })
  await expect(table.getByText(say('activity.outcomes.partly_failed'))).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  await table.getByRole('button', { name: say('activity.verbs.share.share') }).click()
  await expect(page.getByRole('complementary', { name: say('activity.verbs.share.share') })).toBeVisible()
  await runAxe(page)
  await button(page, say('activity.exportMenu')).click()
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await runAxe(page)
  await close(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await runAxe(page)
  await visit(page, `${paths.activity()}?verb=share.stop`)
  await expect(page.getByRole('heading', { name: say('activity.noMatchTitle') })).toBeVisible()
  await runAxe(page)
})

test('a paused job, and the sign-in over it', async ({ guard, pageAs, stack, world }) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
  const { olga, owner } = await busyWorld(world)
  const hold = await stack.cloud.hold({ ...memberAdd, projectId: owner.id })
  const at = await beginShare(stack, { owner, olga }, await world.images(owner, 'base', 10), 10)
  await hold.waitFor(8)
  const page = await pageAs(olga, { at })
  await stack.cloud.endTokens({ how: 'revoke', userId: olga.id, projectId: owner.id })
  await hold.remove()
  const resume = button(page, say('job.pausedSignIn.resume'))
  await expect(resume).toBeVisible()
  await runAxe(page)
  await expectNoStyle(page)
  await stack.cloud.endTokens({ how: 'revoke', userId: olga.id })
  await resume.click()
  await expect(page.getByRole('dialog', { name: say('common.renew.title') })).toBeVisible()
  await runAxe(page)
})

test('shell: switcher, keyboard help, not found', async ({ guard, page, pageAs, world }) => {
  guard.expect(/status of 404/, 'the browser notes that the page was not found')
  const { olga, owner } = await busyWorld(world)
  const inside = await pageAs(olga, { at: paths.jobs() })
  await button(inside, new RegExp(say('common.switcher.label'))).click()
  await expect(inside.getByRole('option').first()).toBeVisible()
  await runAxe(inside)
  await close(inside)
  await inside.keyboard.press('?')
  await expect(inside.getByRole('dialog', { name: say('common.keys.title') })).toBeVisible()
  await runAxe(inside)
  for (const address of [paths.image(scopeOf(owner), newId()), '/no/such/page/at/all']) {
    await inside.goto(address)
    await expect(inside.getByRole('heading', { name: say('pages.notFound.title') })).toBeVisible()
    await runAxe(inside)
  }
  await page.goto('/no/such/page/at/all')
  await runAxe(page)
  await expectNoStyle(page)
})
