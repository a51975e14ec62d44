import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import hclParser from 'hcl2-parser'
import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, expectToast, test } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { auditors, readAudit } from './tools/audit-world.ts'
import type { Stack } from './tools/stack.ts'
import { say } from './tools/words.ts'
import { scopeOf, type World } from './tools/world.ts'

test.use({ isApart: true })

/** Two audits: in between one share came, one went, one was answered. */
async function twoAudits(stack: Stack, world: World) {
  const people = await auditors(world)
  const { ada, office, publisher, team, closed } = people
  const image = await world.image(publisher, '=cmd()|"quoted", comma')
  const stays = await world.image(publisher, 'stays')
  const gone = newId()
  await world.share(stays, [team], 'accepted')
  await world.share(image, [team], 'pending')
  await stack.cloud.mintMembers([{ image, project: gone }])
  const first = await readAudit(stack, ada, office)
  await stack.cloud.setMember(image, team.id, 'accepted')
  await stack.cloud.removeMember(image, gone)
  await world.share(image, [closed])
  const second = await readAudit(stack, ada, office)
  return { ...people, image, stays, gone, first, second }
}

async function saved(page: Page, what: 'table' | 'findings' | 'changes', format: 'CSV' | 'JSON' | 'HCL') {
  const dialog = page.getByRole('dialog', { name: say('auditReview.export.title') })
  if ((await dialog.count()) === 0)
    await page.getByRole('button', { name: say('auditReview.actions.export'), exact: true }).click()
  const coming = page.waitForEvent('download')
  const name = say('auditReview.export.save', { what: say(`auditReview.export.${what}`), format })
  await dialog.getByRole('link', { name }).click()
  const file = await coming
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('two audits are compared, and the files say the same', async ({ pageAs, stack, world }) => {
  const { ada, office, publisher, team, closed, image, stays, gone, first } = await twoAudits(stack, world)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  await page.getByRole('button', { name: say('auditReview.actions.compare'), exact: true }).click()
  await page.getByRole('menuitem').first().click()
  await expect(page).toHaveURL(new RegExp(`earlier=${first.id}`))
  const changes = page.getByRole('table', { name: say('auditReview.changes.list') })
  await expectRow(changes, closed.name, say('auditReview.changes.kinds.new'))
  await expectRow(changes, gone.slice(0, 6), say('auditReview.changes.kinds.gone'))
  await expectRow(changes, team.name, say('auditReview.changes.kinds.answer'))
  await expect(changes.locator('tbody').getByRole('row')).toHaveCount(3)

  const table = await saved(page, 'table', 'CSV')
  expect(table.name).toMatch(/^audit_.*\d{8}T\d{6}Z\.csv$/)
  const rows: Record<string, string>[] = parse(table.text, { columns: true, bom: true })
  expect(rows.map(({ image_id, recipient_id, status }) => [image_id, recipient_id, status]).sort()).toEqual(
    [
      [image, closed.id, 'pending'],
      [image, team.id, 'accepted'],
      [stays, team.id, 'accepted'],
    ].sort(),
  )
  // A spreadsheet takes no text of the cloud's for a formula.
  expect(rows.map(({ image_name }) => image_name)).toContain(`'=cmd()|"quoted", comma`)
  expect(Object.values(rows[0] ?? {}).filter((text) => /^[=+\-@]/.test(text))).toEqual([])
  const json = JSON.parse((await saved(page, 'table', 'JSON')).text) as { rows: Record<string, unknown>[] }
  expect(json.rows.map(({ image_name }) => image_name)).toContain('=cmd()|"quoted", comma')
  expect(json.rows.every(({ owner_id }) => owner_id === publisher.id)).toBe(true)

  const hcl = await saved(page, 'table', 'HCL')
  expect(hcl.name).toMatch(/\.tf$/)
  const [read] = hclParser.parseToObject(hcl.text) as [{ resource: Record<string, Record<string, object[]>> }]
  const access = Object.values(read.resource.openstack_images_image_access_v2 ?? {}).flat()
  expect(access).toHaveLength(3)
  expect(access).toEqual(
    expect.arrayContaining([{ image_id: image, member_id: team.id, status: 'accepted' }]),
  )

  const differences = await saved(page, 'changes', 'CSV')
  const changed: Record<string, string>[] = parse(differences.text, { columns: true, bom: true })
  expect(changed).toHaveLength(3)
  const findings = await saved(page, 'findings', 'CSV')
  expect(parse(findings.text, { columns: true, bom: true })).toEqual([])

  // Who took it away is on record.
  await page.goto(paths.activity())
  const log = page.getByRole('table', { name: say('activity.list') })
  await expect(log.getByRole('row').filter({ hasText: say('activity.verbs.audit.export') })).toHaveCount(5)
})

test('an audit is noted and signed off, once and for all', async ({ pageAs, stack, world }) => {
  const { ada, office, first } = await twoAudits(stack, world)
  const page = await pageAs(ada, { at: paths.audit(scopeOf(office)) })
  const more = async (item: 'note' | 'snapshots') => {
    await page.getByRole('button', { name: say('auditReview.actions.more') }).click()
    await page.getByRole('menuitem', { name: say(`auditReview.actions.${item}`) }).click()
  }
  await more('note')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('auditReview.note.label'), { exact: true }).fill('Looked at with <b>Tom</b>.')
  await dialog.getByRole('button', { name: say('auditReview.note.save') }).click()
  await expectToast(page, say('auditReview.note.saved'))
  await more('note')
  await dialog.getByRole('button', { name: say('auditReview.note.sign') }).click()
  await expect(dialog).toContainText('Looked at with <b>Tom</b>.')
  await dialog.getByRole('button', { name: say('auditReview.note.confirm'), exact: true }).click()
  await expectToast(page, say('auditReview.note.signedDone'))
  await more('note')
  await expect(dialog).toContainText(ada.user)
  await expect(dialog.getByRole('textbox')).toHaveCount(0)
  await page.keyboard.press('Escape')

  await more('snapshots')
  const list = page.getByRole('list', { name: say('auditReview.snapshots.list') }).getByRole('listitem')
  await expect(list).toHaveCount(2)
  await expect(list.first()).toContainText('Looked at with <b>Tom</b>.')
  await list.last().getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`id=${first.id}`))
  await expect(page.getByText(say('audit.notices.older'))).toBeVisible()
})
