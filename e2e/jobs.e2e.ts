import type { Page } from 'playwright/test'
import { expect, expectRow, signInAgain, test, visit } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { beginShare } from './tools/begin-share.ts'
import { answerAs, memberAdd } from './tools/composing.ts'
import { lostServer } from './tools/page-guard.ts'
import type { Stack } from './tools/stack.ts'
import { say } from './tools/words.ts'
import type { Person, Project, World } from './tools/world.ts'

const total = 100
/** The engine has at least so many pairs under way at once. */
const inFlight = 8

interface Shared {
  owner: Project
  olga: Person
  images: string[]
  projects: string[]
  at: string
}

/** Begins to share 10 images with 10 projects; what has become of it depends on what the cloud holds. */
async function sharing(stack: Stack, world: World): Promise<Shared> {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  const images = await world.images(owner, 'base', 10)
  const projects = Array.from({ length: 10 }, newId)
  const at = await beginShare(stack, { owner, olga }, images, projects)
  return { owner, olga, images, projects, at }
}

const expectSettled = (page: Page, count: number) =>
  expect(page.getByText(`${count} ${say('job.of', { total })}`, { exact: true })).toBeVisible()
const legendOf = (page: Page) =>
  page.getByRole('list', { name: say('job.legendLabel') }).getByRole('listitem')
const expectState = (page: Page, state: 'succeeded' | 'cancelled' | 'running') =>
  expect(page.getByText(say(`job.badge.states.${state}`), { exact: true }).first()).toBeVisible()

test('progress is live, the same after a reload, and in a second tab that has no stream of its own', async ({
  pageAs,
  stack,
  world,
}) => {
  const hold = await stack.cloud.hold({ ...memberAdd, phase: 'answer' })
  const { olga, at, images } = await sharing(stack, world)
  const page = await pageAs(olga)
  const streams: Page[] = []
  page.context().on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/events') streams.push(request.frame().page())
  })
  await visit(page, at)
  await expectSettled(page, 0)
  await expectState(page, 'running')
  await hold.waitFor(inFlight)
  await hold.release(3)
  await expectSettled(page, 3)
  await page.reload()
  await expectSettled(page, 3)

  const second = await page.context().newPage()
  await visit(second, at)
  await expectSettled(second, 3)
  await hold.waitFor(inFlight)
  await hold.release(4)
  await expectSettled(second, 7)
  await expectSettled(page, 7)
  expect(streams).not.toContain(second)
  // The stream is handed on when the tab that holds it goes.
  await page.close()
  await expect.poll(() => streams.includes(second)).toBe(true)
  await hold.remove()
  await expectSettled(second, total)
  await expectState(second, 'succeeded')
  await expect(legendOf(second)).toHaveText([say('job.legend.share.done', { count: total })])
  for (const image of images)
    expect(Object.values(await world.members(image))).toEqual(Array(10).fill('pending'))
})

test('cancelling sends nothing more, and what was in flight is recorded', async ({
  pageAs,
  stack,
  world,
}) => {
  const hold = await stack.cloud.hold({ ...memberAdd, phase: 'answer' })
  const { olga, owner, at } = await sharing(stack, world)
  const page = await pageAs(olga, { at })
  await hold.waitFor(inFlight)
  await page.getByRole('button', { name: say('job.cancel.button') }).click()
  const dialog = page.getByRole('alertdialog', { name: say('job.cancel.title') })
  await expect(dialog).toContainText(say('job.cancel.kinds.share'))
  await dialog.getByRole('button', { name: /^Cancel \d+ pairs$/ }).click()
  await expect(page.getByText(say('job.badge.cancelling'))).toBeVisible()
  const sent = await hold.waiting()
  await hold.remove()
  await expectState(page, 'cancelled')
  await expect(legendOf(page)).toHaveText([
    say('job.legend.share.done', { count: sent }),
    say('job.legend.all.skipped', { count: total - sent }),
  ])
  expect((await stack.cloud.ledger({ ...memberAdd, projectId: owner.id })).calls).toHaveLength(sent)
})

test('what failed can be tried again alone', async ({ pageAs, stack, world }) => {
  const fault = await stack.cloud.fault({ ...memberAdd, fault: answerAs(403), times: 2 })
  const { olga, owner, at } = await sharing(stack, world)
  const page = await pageAs(olga, { at })
  await expectSettled(page, total)
  const failures = page.getByRole('region', { name: say('job.failures.heading', { pairs: 2, reasons: 1 }) })
  await expect(failures).toContainText(say('errors.forbidden'))
  await stack.cloud.removeFault(fault)
  const before = (await stack.cloud.ledger()).last
  await failures.getByRole('button', { name: say('job.failures.retry', { count: 2 }) }).click()
  await expect(page).not.toHaveURL(at)
  await expect(legendOf(page)).toHaveText([say('job.legend.share.done', { count: 2 })])
  const again = await stack.cloud.ledger({ ...memberAdd, projectId: owner.id, since: before })
  expect(again.calls.map(({ status }) => status)).toEqual([200, 200])
  await page.getByRole('link', { name: say('job.retryOf') }).click()
  await expect(page).toHaveURL(at)
})

test('each pair can be read in the table, by the keyboard in the grid, and in the list of jobs', async ({
  pageAs,
  stack,
  world,
}) => {
  await stack.cloud.fault({ ...memberAdd, fault: answerAs(403), times: 1 })
  const { olga, images, projects, at } = await sharing(stack, world)
  const page = await pageAs(olga, { at })
  await expectSettled(page, total)
  const grid = page.getByRole('grid', { name: say('job.grid', { images: 10, projects: 10 }) })
  await grid.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const chosen = page.getByRole('region', { name: say('job.pair.heading') })
  await expect(chosen).toContainText(images[1] ?? '')
  await expect(chosen).toContainText(projects[1] ?? '')

  await page.getByRole('button', { name: say('job.asTable') }).click()
  const filter = page.getByRole('combobox', { name: say('job.table.filter') })
  await filter.selectOption('failed')
  const table = page.getByRole('table', { name: say('job.table.label') })
  await expectRow(table, say('errors.forbidden'), say('job.cells.failed'))
  await page.getByRole('link', { name: say('common.shell.jobs') }).click()
  const list = page.getByRole('table', { name: say('jobs.list') })
  await expectRow(
    list,
    say('jobs.kinds.share'),
    say('job.badge.states.partly_failed'),
    `${total} of ${total}`,
  )
})

test('a job whose token died is paused, and goes on for the same user after signing in again', async ({
  guard,
  pageAs,
  stack,
  world,
}) => {
  guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
  const hold = await stack.cloud.hold({ ...memberAdd, phase: 'request' })
  const { olga, owner, at, images } = await sharing(stack, world)
  const lastRead = { query: 'member_status=rejected.*os_hidden=true', projectId: owner.id }
  const colleague = await world.user('colleague', [owner])
  const page = await pageAs(olga, { at })
  await hold.waitFor(inFlight)
  // What the page reads of the cloud is read by now: it is the job alone that meets the dead token.
  await stack.cloud.waitForCalls(lastRead, 1, { answered: true })
  await stack.cloud.endTokens({ how: 'revoke', userId: olga.id })
  await hold.remove()
  await expect(page.getByText(say('job.pausedSignIn.title'), { exact: true })).toBeVisible()

  const other = await pageAs(colleague, { at })
  await expect(other.getByText(say('job.pausedSignIn.title'), { exact: true })).toBeVisible()
  await expect(other.getByText(olga.user).first()).toBeVisible()
  await expect(other.getByRole('button', { name: say('job.pausedSignIn.resume') })).toHaveCount(0)

  const resume = page.getByRole('button', { name: say('job.pausedSignIn.resume') })
  await resume.click()
  await signInAgain(page, olga)
  await resume.click()
  await expectState(page, 'succeeded')
  await expectState(other, 'succeeded')
  for (const image of images) expect(Object.keys(await world.members(image))).toHaveLength(10)
})

test.describe('the dashboard goes down in mid-job', () => {
  test.use({ isApart: true })

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    test(`${signal}: the open page comes back by itself and shows the job to its end`, async ({
      guard,
      pageAs,
      stack,
      world,
    }) => {
      guard.expect(lostServer, 'nobody listens for a while')
      const hold = await stack.cloud.hold({ ...memberAdd, phase: 'answer', after: 5 })
      const { olga, at, owner } = await sharing(stack, world)
      const page = await pageAs(olga, { at })
      await expectSettled(page, 5)
      await hold.waitFor(inFlight)
      // Told to end, it waits for the calls that are under way; killed, it leaves them.
      const restarted = stack.restart(signal)
      if (signal === 'SIGKILL') await expect.poll(() => hold.waiting()).toBe(0)
      await hold.remove()
      await restarted
      await expectState(page, 'succeeded')
      await expectSettled(page, total)
      const { calls } = await stack.cloud.ledger({ ...memberAdd, projectId: owner.id })
      expect(calls.filter(({ changed }) => changed)).toHaveLength(total)
    })
  }
})
