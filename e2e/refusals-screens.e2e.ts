import type { Locator, Page } from 'playwright/test'
import type { JobView } from '../lib/contracts/jobs.ts'
import { api, paths } from '../lib/paths.ts'
import { expect, expectRow, signInAgain, test } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { brokenAnswers } from './tools/broken-answers.ts'
import { composing, memberAdd } from './tools/composing.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// What a screen says when it can not be read, and what becomes of a form when the session ends under it.

test.describe('a screen that can not be read', () => {
  for (const { title, fault, words } of brokenAnswers) {
    test(`${title}: the images say why, and reading again helps`, async ({ guard, pageAs, stack, world }) => {
      guard.expect(/status of 502/, 'the browser notes our own answers to the refused reads')
      const owner = await world.project('publisher')
      const olga = await world.user('olga', [owner])
      await world.image(owner, 'base')
      const page = await pageAs(olga)
      await stack.cloud.fault({ service: 'image', path: '^/v2/images', fault })
      await page.goto(paths.images(scopeOf(owner)))
      const problem = alertWith(page, say('images.errorTitle'))
      await expect(problem).toContainText(words)
      await expect(problem).toContainText(/req-[0-9a-f-]{36}/)
      await stack.cloud.clearFaults()
      await problem.getByRole('button', { name: say('common.retry') }).click()
      await expectRow(page.getByRole('table', { name: say('images.list') }), 'base')
    })
  }

  test('project without image service: every screen of the project says so', async ({
    guard,
    pageAs,
    stack,
    world,
  }) => {
    guard.expect(/status of 409/, 'the browser notes our own answers to the refused reads')
    const owner = await world.project('publisher')
    // Before the sign-in, which enters the first project.
    await stack.cloud.set({ catalogHasImage: false })
    const page = await pageAs(await world.user('olga', [owner]))
    const words = say('errors.no_image_service', { region: 'north' })
    await page.goto(paths.images(scopeOf(owner)))
    await expect(alertWith(page, say('images.errorTitle'))).toContainText(words)
    await page.goto(paths.incoming(scopeOf(owner)))
    await expect(alertWith(page, say('incoming.errorTitle'))).toContainText(words)
  })

  test('foreign and unknown images and projects look alike: not found', async ({ guard, pageAs, world }) => {
    guard.expect(/status of 404/, 'the browser notes that the page was not found')
    const [owner, other] = await Promise.all([world.project('publisher'), world.project('other')])
    const olga = await world.user('olga', [owner])
    const offered = await world.image(other, 'offered')
    await world.share(offered, [owner], 'accepted')
    const hidden = await world.image(other, 'hidden')
    const page = await pageAs(olga)
    const addresses = [
      paths.image(scopeOf(owner), offered),
      paths.image(scopeOf(owner), hidden),
      paths.image(scopeOf(owner), '00000000-0000-4000-8000-000000000000'),
      paths.image(scopeOf(owner), 'not-an-id'),
      paths.images(scopeOf(other)),
      paths.images({ ...scopeOf(owner), project: newId() }),
      paths.images({ ...scopeOf(owner), project: 'not-an-id' }),
      paths.job('00000000-0000-4000-8000-000000000000'),
      paths.job('not-an-id'),
    ]
    for (const address of addresses) {
      const answer = await page.goto(address)
      expect(answer?.status(), address).toBe(404)
      await expect(page.getByRole('heading', { name: say('pages.notFound.title') })).toBeVisible()
    }
  })
})

test('an answer is lost on its way: the same click again leads to the job that it began', async ({
  guard,
  pageAs,
  stack,
  world,
}) => {
  guard.expect(/net::ERR_FAILED/, 'the browser notes the answer that never came')
  const composer = await composing(pageAs, world)
  const { page } = composer
  // While nothing is shared yet, the composer still offers to share it.
  const hold = await stack.cloud.hold(memberAdd)
  let isLost = false
  await page.route('**', async (route) => {
    if (isLost || !route.request().postData()?.includes('idempotencyKey')) return route.fallback()
    isLost = true
    await route.fetch()
    return route.abort()
  })
  await composer.start()
  await expect(alertWith(page, say('errors.upstream_unavailable'))).toBeVisible()
  expect(isLost).toBe(true)
  await composer.expectKept()
  await composer.start()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    say('job.titles.share', { images: 1, projects: 1 }),
  )
  await hold.remove()
  const jobs = await page.request.get(api.jobs())
  expect((await jobs.json()) as JobView[]).toHaveLength(1)
})

test.describe('the session ends in mid-form', () => {
  test('[row 26] the composer keeps everything, and the act goes through after signing in again', async ({
    guard,
    pageAs,
    stack,
    world,
  }) => {
    guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
    const composer = await composing(pageAs, world)
    const other = await world.user('other', [composer.owner])
    const { page } = composer
    await stack.cloud.endTokens({ how: 'revoke', userId: composer.olga.id })
    await composer.start()
    const dialog = page.getByRole('dialog', { name: say('common.renew.title') })
    await expect(dialog).toContainText(composer.olga.user)

    const password = dialog.getByLabel(say('common.renew.password'))
    for (const wrong of ['not the password', `${other.password} of somebody else`]) {
      await password.fill(wrong)
      await dialog.getByRole('button', { name: say('common.renew.submit') }).click()
      await expect(dialog.getByRole('alert')).toContainText(say('errors.wrong_credentials'))
      await expect(password).toHaveValue(wrong)
    }
    await signInAgain(page, composer.olga)
    await composer.expectKept()
    await composer.start()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      say('job.titles.share', { images: 1, projects: 1 }),
    )
    expect(await world.members(composer.image)).toEqual({ [composer.recipient]: 'pending' })
  })

  test('so does the dialog of one image, below the one for signing in', async ({
    guard,
    pageAs,
    stack,
    world,
  }) => {
    guard.expect(/status of 401/, 'the browser notes our own answers after the session has ended')
    const owner = await world.project('publisher')
    const olga = await world.user('olga', [owner])
    const image = await world.image(owner, 'base')
    const recipient = newId()
    const page = await pageAs(olga, { at: paths.image(scopeOf(owner), image) })
    await page
      .getByRole('button', { name: say('image.share') })
      .first()
      .click()
    const form = page.getByRole('dialog', { name: say('image.add.title') })
    const field = form.getByLabel(say('image.add.ids'))
    await field.fill(recipient)
    await stack.cloud.endTokens({ how: 'revoke', userId: olga.id })
    const share = form.getByRole('button', { name: say('image.add.confirm', { count: 1 }) })
    await share.click()
    await signInAgain(page, olga)
    await expect(field).toHaveValue(recipient)
    await share.click()
    await expectRow(page.getByRole('table', { name: say('image.members.list') }), recipient)
  })
})

function alertWith(page: Page, title: string): Locator {
  return page.getByRole('alert').filter({ hasText: title })
}
