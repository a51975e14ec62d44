import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, expectRow, expectToast, rowOf, test } from './fixtures.ts'
import { say } from './tools/words.ts'
import { scopeOf, type World } from './tools/world.ts'

/** The call that answers an offer. */
const memberAnswer = { service: 'image', method: 'PUT', path: '^/v2/images/[^/]+/members/[^/]+$' } as const

const offersOf = (page: Page) => page.getByRole('table', { name: say('incoming.list') })
const tab = (page: Page, name: 'pending' | 'accepted' | 'rejected') =>
  page.getByRole('tab', { name: say(`incoming.tabs.${name}`) })
const tick = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: say('incoming.selectLabel', { name }), exact: true }).check()
const openCard = (page: Page, name: string) =>
  page.getByRole('button', {
    name: say.markup('incoming.openLabel', { hidden: (words) => words, name: () => name }),
  })
const press = (page: Page, kind: 'accept' | 'reject', name: string) =>
  page.getByRole('button', { name: say(`incoming.${kind}Label`, { name }), exact: true }).click()

const cardOf = (page: Page, name: string) => page.getByRole('complementary', { name })

/** A recipient, and an owner that offers it images of these names, newest first: so they are listed. */
async function offered(world: World, names: readonly string[]) {
  const [owner, team] = await Promise.all([world.project('publisher'), world.project('team')])
  const tom = await world.user('tom', [team])
  const newest = Date.now()
  const ids = await Promise.all(
    names.map(async (name, index) => {
      const id = await world.image(owner, name, { created_at: newest - index * 1000 })
      await world.share(id, [team])
      return id
    }),
  )
  const statuses = async () => Promise.all(ids.map(async (id) => (await world.members(id))[team.id]))
  return { owner, team, tom, ids, statuses, at: paths.incoming(scopeOf(team)) }
}

test('many offers are accepted and rejected at once', async ({ world, pageAs }) => {
  const { tom, owner, at, statuses } = await offered(world, ['alpha', 'beta', 'gamma', 'delta', 'epsilon'])
  const page = await pageAs(tom, { at })
  await tick(page, 'alpha')
  await tick(page, 'beta')
  await page.getByRole('button', { name: say('incoming.bulk.accept', { count: 2 }) }).click()
  await expectToast(page, say('incoming.toast.accept', { count: 2, name: '', project: '' }))
  await expect(rowOf(offersOf(page), /alpha|beta/)).toHaveCount(0)

  await tick(page, 'gamma')
  await tick(page, 'delta')
  await page.getByRole('button', { name: say('incoming.bulk.reject', { count: 2 }) }).click()
  const dialog = page.getByRole('dialog', { name: say('incoming.bulk.confirmReject', { count: 2 }) })
  // The cloud tells a recipient no name of a project it is not in.
  await expect(dialog).toContainText(owner.id.slice(0, 4))
  await dialog.getByRole('button', { name: say('incoming.bulk.reject', { count: 2 }) }).click()
  await expect(rowOf(offersOf(page), /gamma|delta/)).toHaveCount(0)
  await expectRow(offersOf(page), 'epsilon')

  await expect(tab(page, 'accepted')).toContainText('2')
  await tab(page, 'rejected').click()
  await expectRow(offersOf(page), 'gamma')
  await expectRow(offersOf(page), 'delta')
  expect(await statuses()).toEqual(['accepted', 'accepted', 'rejected', 'rejected', 'pending'])
})

test('an answer can be changed, both ways', async ({ world, pageAs }) => {
  const { tom, at, statuses } = await offered(world, ['alpha'])
  const page = await pageAs(tom, { at })
  await press(page, 'accept', 'alpha')
  await expect(page.getByText(say('incoming.empty.pendingTitle'))).toBeVisible()
  await tab(page, 'accepted').click()
  await press(page, 'reject', 'alpha')
  await expect(page.getByText(say('incoming.empty.acceptedTitle'))).toBeVisible()
  expect(await statuses()).toEqual(['rejected'])
  await tab(page, 'rejected').click()
  await press(page, 'accept', 'alpha')
  await expect(page.getByText(say('incoming.empty.rejectedTitle'))).toBeVisible()
  expect(await statuses()).toEqual(['accepted'])
  await tab(page, 'accepted').click()
  await expectRow(offersOf(page), 'alpha')
})

test('the card tells what is known of an offer, and takes the answer', async ({ world, pageAs }) => {
  const { tom, team, owner, at, statuses } = await offered(world, ['alpha'])
  const page = await pageAs(tom, { at })
  await openCard(page, 'alpha').click()
  const card = cardOf(page, 'alpha')
  await expect(card).toContainText(owner.id)
  await expect(card).toContainText(say('incoming.card.truth', { project: team.name, access: 'usable' }))
  await card.getByRole('button', { name: say('incoming.acceptInto', { project: team.name }) }).click()
  await expect(card).toContainText(say('incoming.card.now.accepted', { project: team.name }))
  expect(await statuses()).toEqual(['accepted'])
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
})

test('the focus goes on to the row that takes the place of an answered one, and the open card with it', async ({
  world,
  pageAs,
}) => {
  const { tom, at, statuses } = await offered(world, ['alpha', 'beta', 'gamma'])
  const page = await pageAs(tom, { at })
  const offers = offersOf(page)
  await expectRow(offers, 'alpha')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(cardOf(page, 'alpha')).toBeVisible()
  await page.keyboard.press('a')
  await expect(rowOf(offers, 'alpha')).toHaveCount(0)
  await expect(rowOf(offers, 'beta')).toBeFocused()
  await expect(cardOf(page, 'beta')).toBeVisible()

  await page.keyboard.press('j')
  await expect(rowOf(offers, 'gamma')).toBeFocused()
  await expect(cardOf(page, 'gamma')).toBeVisible()
  await page.keyboard.press('r')
  await expect(rowOf(offers, 'gamma')).toHaveCount(0)
  // The last row is gone: the one before it is in hand.
  await expect(rowOf(offers, 'beta')).toBeFocused()
  await expect(cardOf(page, 'beta')).toBeVisible()
  expect(await statuses()).toEqual(['accepted', 'pending', 'rejected'])

  await page.keyboard.press('Escape')
  await expect(cardOf(page, 'beta')).toHaveCount(0)
  await press(page, 'accept', 'beta')
  await expect(page.getByText(say('incoming.empty.pendingTitle'))).toBeVisible()
})

test('after an answer by its button the focus goes on too', async ({ world, pageAs }) => {
  const { tom, at } = await offered(world, ['alpha', 'beta', 'gamma'])
  const page = await pageAs(tom, { at })
  await press(page, 'reject', 'beta')
  await expect(rowOf(offersOf(page), 'beta')).toHaveCount(0)
  await expect(rowOf(offersOf(page), 'gamma')).toBeFocused()
})

test('a key that is held down answers once', async ({ world, pageAs }) => {
  const { tom, at, statuses } = await offered(world, ['alpha', 'beta', 'gamma'])
  const page = await pageAs(tom, { at })
  const offers = offersOf(page)
  await expectRow(offers, 'alpha')
  await page.keyboard.press('j')
  await page.keyboard.down('a')
  await expect(rowOf(offers, 'beta')).toBeFocused()
  // Every further one is a repetition.
  await page.keyboard.down('a')
  await page.keyboard.down('a')
  await page.keyboard.up('a')
  // Were beta being accepted by now, this would do nothing.
  await page.keyboard.press('r')
  await expect(rowOf(offers, 'gamma')).toBeFocused()
  expect(await statuses()).toEqual(['accepted', 'rejected', 'pending'])
})

test('a key answers nothing but what the open card shows', async ({ world, pageAs }) => {
  const { tom, team, at, statuses } = await offered(world, ['alpha', 'beta', 'gamma'])
  const page = await pageAs(tom, { at })
  const offers = offersOf(page)
  await openCard(page, 'alpha').click()
  const card = cardOf(page, 'alpha')
  await card.getByRole('button', { name: say('incoming.acceptInto', { project: team.name }) }).click()
  await expect(rowOf(offers, 'alpha')).toHaveCount(0)
  // Beta is in hand now, and the card still tells of alpha.
  await expect(card).toContainText(say('incoming.card.now.accepted', { project: team.name }))
  await page.keyboard.press('r')
  await page.keyboard.press('j')
  await expect(cardOf(page, 'gamma')).toBeVisible()
  await page.keyboard.press('r')
  await expect(rowOf(offers, 'gamma')).toHaveCount(0)
  await expectRow(offers, 'beta')
  expect(await statuses()).toEqual(['accepted', 'pending', 'rejected'])
})

test('the row in hand stays in hand when another one goes', async ({ stack, world, pageAs }) => {
  const { tom, team, at, statuses } = await offered(world, ['alpha', 'beta', 'gamma'])
  const hold = await stack.cloud.hold({ ...memberAnswer, projectId: team.id })
  const page = await pageAs(tom, { at })
  const offers = offersOf(page)
  await expectRow(offers, 'alpha')
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await hold.waitFor(1)
  await page.keyboard.press('j')
  await hold.remove()
  await expect(rowOf(offers, 'alpha')).toHaveCount(0)
  await expect(rowOf(offers, 'beta')).toBeFocused()
  await page.keyboard.press('r')
  await expect(rowOf(offers, 'beta')).toHaveCount(0)
  expect(await statuses()).toEqual(['accepted', 'rejected', 'pending'])
})

test('[row 5] every upstream page is followed, and own images are never listed', async ({
  stack,
  world,
  pageAs,
}) => {
  await stack.cloud.set({ listLimits: { default: 2, max: 2 } })
  const { tom, team, at } = await offered(world, ['alpha', 'beta', 'gamma', 'delta', 'epsilon'])
  const own = await world.image(team, 'home-grown')
  await world.share(own, [await world.project('elsewhere')])
  const page = await pageAs(tom, { at })
  await expect(page.getByText(say('incoming.summary', { count: 5, project: team.name }))).toBeVisible()
  await expect(rowOf(offersOf(page), /alpha|beta|gamma|delta|epsilon/)).toHaveCount(5)
  for (const name of ['pending', 'accepted', 'rejected'] as const) {
    await tab(page, name).click()
    await expect(page.getByText('home-grown')).toHaveCount(0)
  }
})

test('[row 6] a token that sees the whole cloud says so and lists its own project only', async ({
  world,
  pageAs,
}) => {
  const { owner } = await offered(world, ['alpha'])
  const office = await world.project('office')
  const root = await world.user('root', [office], 'admin')
  const meant = await world.image(owner, 'meant-for-the-office')
  await world.share(meant, [office])
  const page = await pageAs(root, { at: paths.incoming(scopeOf(office)) })
  await expect(page.getByText(say('incoming.wholeCloud', { project: office.name }))).toBeVisible()
  await expectRow(offersOf(page), 'meant-for-the-office')
  await expect(rowOf(offersOf(page), 'alpha')).toHaveCount(0)
  await press(page, 'accept', 'meant-for-the-office')
  await expectToast(page, /meant-for-the-office accepted/)
  expect(await world.members(meant)).toEqual({ [office.id]: 'accepted' })
})

test('on a phone nothing is cut off, and an offer can be read and answered', async ({ world, pageAs }) => {
  const { tom, team, at, statuses } = await offered(world, ['an-image-with-a-rather-long-name-'.repeat(3)])
  const page = await pageAs(tom, { at, viewport: { width: 390, height: 844 } })
  const open = openCard(page, 'an-image-with')
  await expect(open).toBeVisible()
  await expectNoSideways(page)
  await open.click()
  const card = page.getByRole('complementary')
  await expect(card.getByRole('heading', { name: say('incoming.card.what') })).toBeVisible()
  await expectNoSideways(page)
  await card.getByRole('button', { name: say('incoming.acceptInto', { project: team.name }) }).click()
  await expect.poll(statuses).toEqual(['accepted'])
})

/** The page is no wider than the window. */
async function expectNoSideways(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
}
