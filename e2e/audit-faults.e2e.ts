import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, signInAgain, test } from './fixtures.ts'
import { auditors } from './tools/audit-world.ts'
import { lostServer } from './tools/page-guard.ts'
import type { Stack } from './tools/stack.ts'
import { say } from './tools/words.ts'
import { scopeOf, type World } from './tools/world.ts'

// What befalls an audit while it is read.

const memberRead = { service: 'image', method: 'GET', path: '^/v2/images/[^/]+/members$' } as const
const count = 60
const rowsOf = (page: Page) =>
  page
    .getByRole('table', { name: say('audit.table.label') })
    .locator('tbody')
    .getByRole('row')
const progressOf = (page: Page) => page.getByRole('region', { name: say('audit.progress.label') })
const expectComplete = (page: Page) =>
  expect(page.getByText(new RegExp(`^${count} images · ${count} members · read .*, complete$`))).toBeVisible()

test.use({ isApart: true })

async function shared(stack: Stack, world: World) {
  const people = await auditors(world)
  const images = await world.images(people.publisher, 'base', count)
  await stack.cloud.mintMembers(images.map((image) => ({ image, project: people.team.id })))
  return { ...people, at: paths.audit(scopeOf(people.office)) }
}

const readNow = (page: Page) => page.getByRole('button', { name: say('audit.readNow') }).click()

test('a cloud that asks for patience is obeyed, and it says how long', async ({ pageAs, stack, world }) => {
  const { ada, office, at } = await shared(stack, world)
  const page = await pageAs(ada, { at })
  await stack.cloud.fault({
    ...memberRead,
    fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '12' } },
    after: 20,
    times: 1,
  })
  await readNow(page)
  await expect(
    progressOf(page).getByText(/^The cloud asked for patience: it goes on in \d+ sec/),
  ).toBeVisible()
  const during = await stack.cloud.ledger({ ...memberRead, projectId: office.id })
  await expectComplete(page)
  const { calls } = await stack.cloud.ledger({ ...memberRead, projectId: office.id })
  expect(calls).toHaveLength(count + 1)
  // Nobody else asked meanwhile, beyond those that were under way.
  expect(during.calls.length).toBeLessThan(20 + 1 + 16)
})

test('a cloud that went away pauses it, and it goes on where it stopped', async ({
  pageAs,
  stack,
  world,
}) => {
  const { ada, office, at } = await shared(stack, world)
  const page = await pageAs(ada, { at })
  const fault = await stack.cloud.fault({ ...memberRead, fault: { kind: 'reset' }, after: 20 })
  await readNow(page)
  await expect(page.getByText(say('audit.paused.upstream.title'), { exact: true })).toBeVisible({
    timeout: 60_000,
  })
  await expect(rowsOf(page)).toHaveCount(20)
  await stack.cloud.removeFault(fault)
  const before = (await stack.cloud.ledger()).last
  await page.getByRole('button', { name: say('audit.paused.resume') }).click()
  await expectComplete(page)
  await expect(rowsOf(page)).toHaveCount(count)
  const { calls } = await stack.cloud.ledger({ ...memberRead, projectId: office.id, since: before })
  expect(calls).toHaveLength(count - 20)
})

test('cancelled, it keeps what was read, says so, and asks the cloud no more', async ({
  pageAs,
  stack,
  world,
}) => {
  const { ada, office, at } = await shared(stack, world)
  const page = await pageAs(ada, { at })
  const hold = await stack.cloud.hold({ ...memberRead, after: 20 })
  await readNow(page)
  await hold.waitFor(4)
  await expect(rowsOf(page)).toHaveCount(20)
  await progressOf(page)
    .getByRole('button', { name: say('audit.progress.cancel') })
    .click()
  await expect(page.getByText(say('audit.notices.cancelled'))).toBeVisible()
  await hold.remove()
  await expect(rowsOf(page)).toHaveCount(20)
  const { calls } = await stack.cloud.ledger({ ...memberRead, projectId: office.id })
  expect(calls.length).toBeLessThan(count)
})

test('broken off before the first image, it claims nothing', async ({ guard, pageAs, stack, world }) => {
  guard.expect(/status of 502/, 'the navigation counts offers by the same call')
  const { ada, at } = await shared(stack, world)
  const page = await pageAs(ada, { at })
  await stack.cloud.fault({
    service: 'image',
    method: 'GET',
    path: '^/v2/images$',
    fault: { kind: 'mangle', how: 'html' },
  })
  await readNow(page)
  await expect(page.getByText(say('audit.notices.failed'))).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(say('audit.none.unread'))).toBeVisible()
  await expect(page.getByText(say('audit.none.nothingTitle'))).toHaveCount(0)
  await expect(page.getByText(say('auditReview.strip.none'))).toHaveCount(0)
  await expect(page.getByRole('button', { name: say('audit.readAgain') })).toBeEnabled()
})

test('a token that ends pauses it until its person signs in again', async ({
  guard,
  pageAs,
  stack,
  world,
}) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
  const { ada, at } = await shared(stack, world)
  const page = await pageAs(ada, { at })
  const hold = await stack.cloud.hold({ ...memberRead, after: 20 })
  await readNow(page)
  await hold.waitFor(4)
  await stack.cloud.endTokens({ how: 'revoke', userId: ada.id })
  await hold.remove()
  const resume = page.getByRole('button', { name: say('audit.paused.resume') })
  const dialog = page.getByRole('dialog', { name: say('common.renew.title') })
  // Whichever the page hears of first: that the audit is paused, or that its own session has ended with the token. Then the
  // dialog opens by itself, perhaps over the button that is about to be clicked.
  await resume.or(dialog).first().dispatchEvent('click')
  await signInAgain(page, ada)
  await expect(page.getByText(say('audit.paused.sign_in.title'), { exact: true })).toBeVisible()
  await resume.click()
  await expectComplete(page)
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} in the middle: the open page comes back, and nothing is read twice but what was under way`, async ({
    guard,
    pageAs,
    stack,
    world,
  }) => {
    guard.expect(lostServer, 'nobody listens')
    const { ada, office, at } = await shared(stack, world)
    const page = await pageAs(ada, { at })
    const hold = await stack.cloud.hold({ ...memberRead, after: 20 })
    await readNow(page)
    await hold.waitFor(4)
    await expect(rowsOf(page)).toHaveCount(20)
    const underWay = await hold.waiting()
    const restarted = stack.restart(signal)
    if (signal === 'SIGKILL') await expect.poll(() => hold.waiting()).toBe(0)
    await hold.remove()
    await restarted
    await expectComplete(page)
    await expect(rowsOf(page)).toHaveCount(count)
    const { calls } = await stack.cloud.ledger({ ...memberRead, projectId: office.id })
    // Killed, it asks again what was under way; told to end, it may have heard the answers.
    if (signal === 'SIGKILL') expect(calls).toHaveLength(count + underWay)
    expect(calls.length).toBeGreaterThanOrEqual(count)
    expect(calls.length).toBeLessThanOrEqual(count + underWay)
  })
}
