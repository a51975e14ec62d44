import type { Page } from 'playwright/test'
import { api, paths } from '../lib/paths.ts'
import { expect, expectRow, rowOf, test, visit } from './fixtures.ts'
import { say } from './tools/words.ts'
import { type Project, scopeOf } from './tools/world.ts'

const memberReads = { service: 'image', method: 'GET', path: '^/v2/images/[^/]+/members$' } as const

const tableOf = (page: Page) => page.getByRole('table', { name: say('images.list') })
const summary = (page: Page, project: Project, count: number) =>
  page.getByText(say('images.summary', { count, project: project.name }))

test('search, filters and order stand in the address and survive a reload', async ({ world, pageAs }) => {
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const olga = await world.user('olga', [owner, team])
  const web = await world.image(owner, 'web-server', { os_distro: 'debian', tags: ['golden'] })
  const shop = await world.image(owner, 'web-shop', { os_distro: 'ubuntu' })
  await world.image(owner, 'database', { os_distro: 'debian', visibility: 'private' })
  await world.share(web, [team])
  await world.share(shop, [team], 'rejected')
  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
  const table = tableOf(page)
  const search = page.getByRole('searchbox', { name: say('images.filters.search') })
  const system = page.getByRole('combobox', { name: say('images.filters.os') })

  await search.fill('web')
  await expect(rowOf(table, 'web-')).toHaveCount(2)
  await expect(rowOf(table, 'database')).toHaveCount(0)
  await system.selectOption({ label: say('images.filters.option', { value: 'debian', count: 2 }) })
  await expect(rowOf(table, 'web-')).toHaveCount(1)
  await page.getByRole('button', { name: say('images.filters.pending') }).click()
  await expectRow(table, 'web-server')
  await expect(page).toHaveURL(/\?(?=.*\bq=web\b)(?=.*\bos=debian\b)(?=.*\bsharing=pending\b)/)

  await page.reload()
  await expect(search).toHaveValue('web')
  await expect(system).toHaveValue('debian')
  await expectRow(table, 'web-server')

  await page.getByRole('button', { name: say('images.filters.clearAll') }).click()
  await expect(page).not.toHaveURL(/\?/)
  await search.fill('golden')
  await expectRow(table, 'web-server')
  await search.fill('')
  await page.getByRole('button', { name: say('images.columns.name') }).click()
  await expect(table.getByRole('link')).toHaveText(['database', 'web-server', 'web-shop'])
})

test('hidden images are listed and can be told apart', async ({ world, pageAs }) => {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  await world.image(owner, 'current')
  await world.image(owner, 'retired', { os_hidden: true })
  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
  await expect(summary(page, owner, 2)).toBeVisible()
  await expectRow(tableOf(page), 'retired', say('images.hidden'))
  await page.getByRole('combobox', { name: say('images.filters.hidden') }).selectOption('yes')
  await expect(rowOf(tableOf(page), 'current')).toHaveCount(0)
  await expectRow(tableOf(page), 'retired')
})

test('totals say "at least" until the last member is read', async ({ stack, world, pageAs }) => {
  const [owner, north, south] = await world.projects('publisher', 'north', 'south')
  if (!owner || !north || !south) throw new Error('no projects')
  const olga = await world.user('olga', [owner])
  const first = await world.image(owner, 'first')
  const second = await world.image(owner, 'second')
  await world.share(first, [north])
  await world.share(second, [north, south])
  // Of both: the rows may ask for theirs together or one after the other.
  const hold = await stack.cloud.hold({ ...memberReads, projectId: owner.id })

  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
  await expectRow(tableOf(page), 'second', say('images.sharing.reading'))
  // Rows that ask for their members are on a page that listens.
  await hold.waitFor(1)
  await page.getByRole('button', { name: say('images.count') }).click()
  await expect(page.getByText(say('images.totalsAtLeast', { images: 0, projects: 0 }))).toBeVisible()
  await hold.remove()
  await expect(page.getByText(say('images.totals', { images: 2, projects: 2 }))).toBeVisible()
  await expect(page.getByText(say('images.totalsAtLeast', { images: 0, projects: 0 }))).toHaveCount(0)
})

test('one call per page of images, one per image for its members, whatever is looked at', async ({
  stack,
  world,
  pageAs,
}) => {
  const count = 30
  await stack.cloud.set({ listLimits: { default: 25, max: 25 } })
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const olga = await world.user('olga', [owner])
  const ids = await world.images(owner, 'base', count)
  await world.share(ids[0] ?? '', [team], 'accepted')
  const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
  await expect(summary(page, owner, count)).toBeVisible()
  await rowOf(tableOf(page), 'base-').last().scrollIntoViewIfNeeded()
  await page.getByRole('button', { name: say('images.count') }).click()
  await page.getByRole('button', { name: say('images.filters.shared'), exact: true }).click()
  await expectRow(tableOf(page), 'base-0001')
  await expect(page.getByText(say('images.totals', { images: 1, projects: 1 }))).toBeVisible()
  await page.getByRole('button', { name: say('images.filters.unshared') }).click()
  await expect(rowOf(tableOf(page), 'base-')).toHaveCount(count - 1)

  const lists = await stack.cloud.ledger({ path: '^/v2/images$', query: `owner=${owner.id}` })
  const pages = lists.calls.map(({ query }) => new URLSearchParams(query))
  expect(
    pages.map((page) => (page.has('os_hidden') ? 'hidden' : page.has('marker') ? 'second' : 'first')).sort(),
  ).toEqual(['first', 'hidden', 'second'])
  const reads = await stack.cloud.ledger({ ...memberReads, projectId: owner.id })
  expect(reads.calls.map(({ path }) => path.split('/')[3]).sort()).toEqual([...ids].sort())
})

test('of a long list only what the window shows is built, and every row can be reached', async ({
  world,
  pageAs,
}) => {
  const count = 300
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  await world.images(owner, 'base', count)
  const page = await pageAs(olga, { at: `${paths.images(scopeOf(owner))}?sort=name` })
  await expect(summary(page, owner, count)).toBeVisible()
  const table = tableOf(page)
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(100)
  await expect(table).toHaveAttribute('aria-rowcount', `${count + 1}`)
  await expect(rowOf(table, 'base-0300')).toHaveCount(0)
  await page.keyboard.press('End')
  await expectRow(table, 'base-0300')
  await expect(rowOf(table, 'base-0001')).toHaveCount(0)
  await page.keyboard.press('Home')
  await expectRow(table, 'base-0001')
  await page.keyboard.press('j')
  await expect(rowOf(table, 'base-0001')).toBeFocused()
})

test('access of a project that stands twice on an image is over when the last row is gone', async ({
  stack,
  world,
  pageAs,
}) => {
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const olga = await world.user('olga', [owner])
  const [first, second] = await Promise.all(['first', 'second'].map((name) => world.image(owner, name)))
  for (const image of [first ?? '', second ?? '']) {
    await world.share(image, [team], 'accepted')
    await stack.cloud.mintMembers([{ image, project: team.id, isTwin: true }])
  }
  const page = await pageAs(olga, { at: paths.image(scopeOf(owner), first ?? '') })
  await page.getByRole('button', { name: say('image.members.stopLabel', { project: team.id }) }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('image.stop.confirm', { count: 1 }) })
    .click()
  await expect.poll(() => world.members(first ?? '')).toEqual({})

  await visit(page, paths.images(scopeOf(owner)))
  await page.getByRole('checkbox', { name: say('images.selectAll') }).check()
  await page.getByRole('button', { name: say('images.tray.stop') }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('checkbox').first().check()
  await dialog.getByRole('button', { name: say('images.stop.confirm', { count: 1 }) }).click()
  await expect.poll(() => world.members(second ?? '')).toEqual({})
})

test('an idle page asks for nothing', async ({ stack, world, pageAs }) => {
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const olga = await world.user('olga', [owner])
  await world.share(await world.image(owner, 'base'), [team])
  const page = await pageAs(olga)
  await page.clock.install()
  // Opened once the first view stands, and kept open.
  const stream = page.waitForRequest((request) => new URL(request.url()).pathname === api.events())
  await page.goto(paths.images(scopeOf(owner)))
  await expectRow(tableOf(page), 'base', say('images.sharing.bar', { words: '1 pending', limit: 'none' }))
  await stream
  // The count beside "Incoming" is the last thing that is read.
  await stack.cloud.waitForCalls(
    { query: 'member_status=rejected.*os_hidden=true', projectId: owner.id },
    1,
    {
      answered: true,
    },
  )
  const before = (await stack.cloud.ledger()).last
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // Longer than any period in which something is polled, and shorter than a session lasts without use.
  for (let minute = 0; minute < 20; minute += 1) await page.clock.fastForward('01:00')
  // A request of our own goes out after whatever the timers have sent.
  await page.evaluate(() => fetch('/healthz'))
  expect(asked).toContain('/healthz')
  // The router looks ahead along the links in view; that asks for no data.
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  expect((await stack.cloud.ledger({ since: before })).calls).toEqual([])
})
