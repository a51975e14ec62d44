import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, rowOf, runAxe, test, visit } from './fixtures.ts'
import { beginShare } from './tools/begin-share.ts'
import { say } from './tools/words.ts'
import { scopeOf, type World } from './tools/world.ts'

const capabilitiesOf = (page: Page) =>
  page.getByRole('table', { name: say('clouds.list', { region: 'north' }) })
const question = (page: Page, name: Parameters<typeof nameOf>[0]) => rowOf(capabilitiesOf(page), nameOf(name))
const nameOf = (name: 'sharing' | 'image_list' | 'visibility_model' | 'hashes' | 'pending_access') =>
  say(`clouds.names.${name}`)

/** An owner and a recipient in projects of their own. */
async function people(world: World) {
  const [owner, team] = await world.projects('publisher', 'team')
  if (!owner || !team) throw new Error('the projects were not made')
  const [olga, tom] = await Promise.all([world.user('olga', [owner]), world.user('tom', [team])])
  return { owner, team, olga, tom }
}

test('plain OpenStack says what it can do, how that is known, and what overrides it', async ({
  world,
  pageAs,
}) => {
  const { olga } = await people(world)
  const page = await pageAs(olga, { at: paths.jobs() })
  await expect(page.getByRole('button', { name: say('cloudJob.follow.button') })).toHaveCount(0)
  await page.getByRole('link', { name: say('common.shell.clouds') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('clouds.title'))

  const sharing = question(page, 'sharing')
  await expect(sharing).toContainText(say('clouds.values.sharing.native'))
  await expect(sharing).toContainText(say('clouds.sources.probed'))
  await expect(sharing).toContainText('sharing: native')
  await expect(question(page, 'pending_access')).toContainText(say('clouds.sources.measured'))
  await expect(page.getByText('member', { exact: true })).toBeVisible()
  await expect(page.getByText(say('clouds.override.body'))).toBeVisible()
  await runAxe(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await expect(sharing).toContainText('sharing: native')
  await runAxe(page)
})

test.describe('a cloud with IMS', () => {
  test.use({ isApart: true })
  test.beforeEach(({ stack }) => stack.cloud.set({ imageFamily: 'ims', visibilityModel: 'any' }))

  test('tells of its batches; private images are shared as they are; the cloud decides on some', async ({
    world,
    pageAs,
  }) => {
    const { owner, olga } = await people(world)
    const plain = await world.image(owner, 'plain-private', { visibility: 'private' })
    const locked = await world.image(owner, 'locked', { visibility: 'private', ims: { encrypted: true } })
    await world.image(owner, 'whole', { visibility: 'private', ims: { fullServer: 'cbr' } })

    const page = await pageAs(olga, { at: paths.images(scopeOf(owner)) })
    const list = page.getByRole('table', { name: say('images.list') })
    await expect(rowOf(list, 'locked')).toContainText(say('common.cautions.encrypted'))
    await expect(rowOf(list, 'whole')).toContainText(say('common.cautions.full_server'))
    await expect(rowOf(list, 'plain-private')).toContainText(say('images.sharing.none'))

    await visit(page, paths.image(scopeOf(owner), locked))
    await expect(page.getByText(say('image.cautions.encrypted'))).toBeVisible()
    await expect(page.getByRole('button', { name: say('image.share') }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: say('image.visibility.toShared') })).toHaveCount(0)
    await expect(page.getByRole('button', { name: say('image.visibility.toPrivate') })).toHaveCount(0)
    await runAxe(page)

    await visit(page, paths.share(scopeOf(owner), [plain, locked]))
    const cautions = page.getByRole('region', { name: say('share.cautions.heading') })
    await expect(cautions.getByRole('listitem')).toHaveText(['locked'])
    await expect(page.getByRole('region', { name: say('share.impossible.heading') })).toHaveCount(0)

    await visit(page, paths.clouds())
    await expect(question(page, 'sharing')).toContainText(say('clouds.values.sharing.batch'))
    await expect(question(page, 'visibility_model')).toContainText(say('clouds.values.visibility_model.any'))
    await expect(question(page, 'hashes')).toContainText(say('clouds.sources.stated'))
    await expect(question(page, 'pending_access')).toContainText(say('clouds.sources.unknown'))
  })

  test('asks for a vault before an image of a whole server is accepted, and keeps it after a refusal', async ({
    stack,
    world,
    pageAs,
  }) => {
    const { owner, team, tom } = await people(world)
    const whole = await world.image(owner, 'whole', { visibility: 'private', ims: { fullServer: 'cbr' } })
    const plain = await world.image(owner, 'plain', { visibility: 'private' })
    for (const id of [whole, plain]) await world.share(id, [team])
    const page = await pageAs(tom, { at: paths.incoming(scopeOf(team)) })
    await expect(
      page.getByText(say('incoming.card.truthOfAll', { project: team.name, access: 'unknown' })),
    ).toBeVisible()

    for (const name of ['whole', 'plain']) {
      await page.getByRole('checkbox', { name: say('incoming.selectLabel', { name }), exact: true }).check()
    }
    await page.getByRole('button', { name: say('incoming.bulk.accept', { count: 2 }) }).click()
    const dialog = page.getByRole('dialog', { name: say('incoming.vault.title', { count: 2, name: '' }) })
    await expect(dialog).toContainText(say('incoming.vault.mixed', { count: 2, full: 1, rest: 1 }))
    const accept = dialog.getByRole('button', { name: /^Accept/ })
    await expect(accept).toHaveAccessibleDescription(say('incoming.vault.missing'))
    const field = dialog.getByLabel(say('incoming.vault.label'))
    await field.fill('my vault')
    await expect(dialog.getByText(say('incoming.vault.wrong')).first()).toBeVisible()
    await expect(accept).toHaveAccessibleDescription(say('incoming.vault.wrong'))
    await runAxe(page)

    // Of the two calls one carries the vault, which this cloud does not know.
    await stack.cloud.planJobs({ outcome: 'FAIL', errorCode: 'IMG.0188', times: 8 })
    await field.fill('5b1f0d3e-4c2a-4a57-9d55-2f6f8f4f7a10')
    await accept.click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await expect(field).toHaveValue('5b1f0d3e-4c2a-4a57-9d55-2f6f8f4f7a10')
    expect(Object.values(await world.members(whole))).toEqual(['pending'])
  })

  test('accepts an image of a whole server into the vault that was named', async ({
    stack,
    world,
    pageAs,
  }) => {
    const { owner, team, tom } = await people(world)
    const whole = await world.image(owner, 'whole', { visibility: 'private', ims: { fullServer: 'cbr' } })
    await world.share(whole, [team])
    const page = await pageAs(tom, { at: paths.incoming(scopeOf(team)) })
    await page
      .getByRole('button', { name: say('incoming.acceptLabel', { name: 'whole' }), exact: true })
      .click()
    const dialog = page.getByRole('dialog', {
      name: say('incoming.vault.title', { count: 1, name: 'whole' }),
    })
    await dialog.getByLabel(say('incoming.vault.label')).fill('vault-1')
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByText(say('incoming.empty.pendingTitle'))).toBeVisible()
    expect(Object.values(await world.members(whole))).toEqual(['accepted'])
    const { calls } = await stack.cloud.ledger({ service: 'image', method: 'PUT', path: 'members' })
    expect(calls).toHaveLength(1)
  })

  test('shows its own jobs beside ours, and follows one by its id until it ends', async ({
    guard,
    stack,
    world,
    pageAs,
  }) => {
    const { owner, team, olga } = await people(world)
    const image = await world.image(owner, 'plain', { visibility: 'private' })
    await stack.cloud.planJobs({ never: true })
    const at = await beginShare(stack, { owner, olga }, [image], [team.id])
    const page = await pageAs(olga, { at })
    const calls = page.getByRole('region', { name: say('job.calls.heading', { count: 1 }) })
    await expect(calls.getByText(say('cloudJob.states.running'), { exact: true })).toBeVisible()
    const [{ id = '' } = {}] = await stack.cloud.imsJobs()
    await expect(calls).toContainText(id)

    await visit(page, paths.jobs())
    await page.getByRole('button', { name: say('cloudJob.follow.button') }).click()
    const dialog = page.getByRole('dialog', { name: say('cloudJob.follow.title') })
    await dialog.getByLabel(say('cloudJob.follow.label')).fill(id)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('cloudJob.title'))
    await expect(page.getByText(say('cloudJob.states.running'), { exact: true }).first()).toBeVisible()
    await expect(page.getByText(say('cloudJob.types.add'))).toBeVisible()
    await stack.cloud.releaseJobs()
    await expect(page.getByText(say('cloudJob.states.succeeded'), { exact: true }).first()).toBeVisible()
    await runAxe(page)
    guard.expect(/status of 404/, 'the browser notes our own answer about the unknown job')
    await visit(page, paths.cloudJob(scopeOf(owner), 'no-such-job'))
    await expect(page.getByText(say('cloudJob.unknownTitle'))).toBeVisible()
  })
})
