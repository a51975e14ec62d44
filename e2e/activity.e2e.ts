import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright'
import type { ActivityEntry } from '../lib/contracts/activity.ts'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, rowOf, test, visit } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { callAction, signIn } from './tools/action-client.ts'
import { beginShare } from './tools/begin-share.ts'
import { answerAs, memberAdd } from './tools/composing.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

const tableOf = (page: Page) => page.getByRole('table', { name: say('activity.list') })
const filterOf = (page: Page, key: 'verb' | 'outcome' | 'actor') =>
  page.getByRole('combobox', { name: say(`activity.filters.${key}`) })

async function exported(page: Page, format: 'csv' | 'json'): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: say('activity.exportMenu') }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: say(`activity.${format}`) }).click()
  const file = await coming
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('what was done is there for the whole project: to be read, filtered, opened and exported', async ({
  pageAs,
  stack,
  world,
}) => {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  const anna = await world.user('anna', [owner])
  const tom = await world.user('tom', await world.projects('team'))
  const image = await world.image(owner, '=danger()')
  const projects = [newId(), newId(), newId()]
  await stack.cloud.fault({ ...memberAdd, projectId: owner.id, fault: answerAs(403), times: 1 })
  const job = await beginShare(stack, { owner, olga }, [image], projects)

  const page = await pageAs(anna, { at: paths.activity() })
  const table = tableOf(page)
  await expectRow(
    table,
    say('activity.verbs.share.share'),
    '=danger() × 3 projects',
    olga.user,
    say('activity.outcomes.partly_failed'),
    '2 done · 1 failed',
  )
  await expect(rowOf(table, olga.user)).toHaveCount(1)
  await expectRow(table, say('activity.verbs.session.begin'), say('activity.you'))

  await filterOf(page, 'actor').selectOption({ label: olga.user })
  await expect(rowOf(table, say('activity.you'))).toHaveCount(0)
  await filterOf(page, 'outcome').selectOption('succeeded')
  await expect(page.getByRole('heading', { name: say('activity.noMatchTitle') })).toBeVisible()
  await page.getByRole('button', { name: say('activity.filters.clear') }).click()
  await page.getByRole('searchbox', { name: say('activity.filters.text') }).fill('DANGER')
  await expect(rowOf(table, say('activity.verbs.session.begin'))).toHaveCount(0)
  await expect(page).toHaveURL(/\?text=DANGER$/)
  await visit(page, page.url())
  await expect(table.getByRole('row')).toHaveCount(2)

  const csv = await exported(page, 'csv')
  expect(csv.name).toMatch(/^activity_openstack_publisher-[0-9a-f]+_filtered_\d{8}T\d{6}Z\.csv$/)
  const [line, ...more] = parse(csv.text, { columns: true }) as Record<string, string>[]
  expect(more).toEqual([])
  expect(line).toMatchObject({
    act: 'share.share',
    outcome: 'partly_failed',
    user_id: olga.id,
    image_names: "'=danger()",
    target_project_ids: projects.join(' '),
    before: 'not_shared',
    after: 'pending',
  })
  const json = await exported(page, 'json')
  const [act, ...others] = JSON.parse(json.text) as ActivityEntry[]
  expect(others).toEqual([])
  expect(act).toMatchObject({
    verb: 'share.share',
    actor: { id: olga.id, name: olga.user },
    images: { count: 1, listed: [{ id: image, name: '=danger()' }] },
    projects: { count: 3, listed: projects.map((id) => ({ id })) },
    outcome: 'partly_failed',
  })
  await visit(page, paths.activity())
  await expect(rowOf(table, say('activity.verbs.activity.export'))).toHaveCount(2)

  await table.getByRole('button', { name: say('activity.verbs.share.share') }).click()
  const details = page.getByRole('complementary', { name: say('activity.verbs.share.share') })
  for (const id of [image, ...projects, owner.id, olga.id]) await expect(details).toContainText(id)
  await details.getByRole('link', { name: say('activity.job') }).click()
  await expect(page).toHaveURL(job)

  await visit(page, paths.image(scopeOf(owner), image))
  const history = page.getByRole('region', { name: say('activity.history.title') })
  await expect(history.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: say('image.visibility.toPrivate') }).click()
  await page.getByRole('button', { name: say('image.visibility.privateConfirm'), exact: true }).click()
  await expect(history.getByRole('listitem').first()).toContainText(
    say('activity.verbs.image.set_visibility'),
  )
  await history.getByRole('link', { name: say('activity.history.all') }).click()
  await expect(tableOf(page).getByRole('row')).toHaveCount(3)

  const strange = await pageAs(tom, { at: paths.activity() })
  await expect(rowOf(tableOf(strange), say('activity.verbs.session.begin'))).toHaveCount(1)
  await expect(rowOf(tableOf(strange), olga.user)).toHaveCount(0)
})

test('a phone has the way to it behind the last button of its bar', async ({ pageAs, world }) => {
  const olga = await world.user('olga', [await world.project('publisher')])
  const page = await pageAs(olga, { at: paths.jobs(), viewport: { width: 390, height: 844 } })
  const bar = page.getByRole('navigation', { name: say('common.shell.navigation') })
  await bar.getByRole('button', { name: say('common.shell.more') }).click()
  await page.getByRole('menuitem', { name: say('common.shell.activity') }).click()
  await expectRow(tableOf(page), say('activity.verbs.session.begin'))
  await expect(page).toHaveURL(paths.activity())
})

test.describe('with a server of its own', () => {
  test.use({ isApart: true })

  test('an act that was broken off by the end of the server stands there without outcome', async ({
    pageAs,
    stack,
    world,
  }) => {
    const owner = await world.project('publisher')
    const olga = await world.user('olga', [owner])
    const [broken = '', whole = ''] = await world.images(owner, 'base', 2)
    const cookie = await signIn(stack.dashboard, olga)
    const toPrivate = (imageId: string) =>
      callAction(
        stack.dashboard,
        'setVisibility',
        { ...scopeOf(owner), imageId, visibility: 'private' },
        { cookie },
      )
    await toPrivate(whole)
    const hold = await stack.cloud.hold({ method: 'PATCH', service: 'image' })
    const lost = toPrivate(broken).catch(() => null)
    await hold.waitFor(1)
    await stack.restart('SIGKILL')
    await lost

    const page = await pageAs(olga, { at: paths.activity() })
    const table = tableOf(page)
    await expectRow(table, 'base-0001', say('activity.openStates.under_way'))
    await expectRow(table, 'base-0002', say('activity.outcomes.succeeded'))
    await filterOf(page, 'outcome').selectOption('open')
    await expect(table.getByRole('row')).toHaveCount(2)
    await expectRow(table, 'base-0001')
  })
})
