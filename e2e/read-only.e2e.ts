import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import type { JobView } from '../lib/contracts/jobs.ts'
import { paths } from '../lib/paths.ts'
import { expect, signIn, signInAgain, test, visit } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { callAction, signIn as signInByAction, valueIn } from './tools/action-client.ts'
import { answerAs, memberAdd } from './tools/composing.ts'
import type { Stack } from './tools/stack.ts'
import { say } from './tools/words.ts'
import { type Person, type Project, scopeOf, type World } from './tools/world.ts'

/** A screen, and the buttons and links on it that would change something, or lead there. */
interface Screen {
  at: string
  writes: string[]
  /** Those that come with a ticked row. */
  tray?: string[]
}

interface House {
  olga: Person
  vera: Person
  screens: Screen[]
}

const team = 'team'

/** Two projects with everything in them that can be acted on: olga may, and vera may look. */
async function house(stack: Stack, world: World): Promise<House> {
  const [owner, friend] = await Promise.all([world.project('publisher'), world.project(team)])
  const olga = await world.user('olga', [owner, friend])
  const vera = await world.user('vera', [owner, friend], 'reader')
  const [shared, unshared, own] = await Promise.all([
    world.image(owner, 'alpha'),
    world.image(owner, 'beta'),
    world.image(owner, 'gamma', { visibility: 'private' }),
  ])
  const offers = await world.images(friend, 'offer', 3)
  await world.share(shared, [friend], 'rejected')
  for (const [at, status] of (['pending', 'accepted', 'rejected'] as const).entries())
    await world.share(offers[at] ?? '', [owner], status)
  const offerOf = (at: number) => ({ name: `offer-000${at}` })
  const incoming = (tab: string) => `${paths.incoming(scopeOf(owner))}&tab=${tab}`
  const screens: Screen[] = [
    {
      at: paths.images(scopeOf(owner)),
      writes: [say('images.shareImages')],
      tray: [say('images.tray.share'), say('images.tray.stop')],
    },
    {
      at: paths.image(scopeOf(owner), shared),
      writes: [
        say('image.share'),
        say('image.visibility.toPrivate'),
        say('image.members.stopLabel', { project: friend.name }),
        say('image.members.offerLabel', { project: friend.name }),
      ],
      tray: [say('image.tray.stop'), say('image.tray.offer')],
    },
    { at: paths.image(scopeOf(owner), unshared), writes: [say('image.share')] },
    { at: paths.image(scopeOf(owner), own), writes: [say('image.visibility.toShared')] },
    { at: paths.share(scopeOf(owner), [shared]), writes: [say('share.start', { count: 0 })] },
    {
      at: incoming('pending'),
      writes: [say('incoming.acceptLabel', offerOf(1)), say('incoming.rejectLabel', offerOf(1))],
      tray: [say('incoming.bulk.accept', { count: 1 }), say('incoming.bulk.reject', { count: 1 })],
    },
    { at: incoming('accepted'), writes: [say('incoming.rejectLabel', offerOf(2))] },
    { at: incoming('rejected'), writes: [say('incoming.acceptLabel', offerOf(3))] },
    { at: await failedJob(stack, olga, owner, unshared), writes: [say('job.failures.retry', { count: 1 })] },
    {
      at: await pausedJob(stack, olga, owner, unshared),
      writes: [say('job.pausedSignIn.resume'), say('job.cancel.button')],
    },
    ...[paths.jobs(), paths.activity(), paths.clouds(), paths.audit(scopeOf(owner))].map((at) => ({
      at,
      writes: [],
    })),
  ]
  return { olga, vera, screens }
}

async function started(stack: Stack, cookie: string, owner: Project, image: string): Promise<string> {
  const wish = { ...scopeOf(owner), kind: 'share', images: [image], projects: [newId()] }
  const answer = await callAction(
    stack.dashboard,
    'startJob',
    { ...wish, idempotencyKey: randomUUID() },
    { cookie },
  )
  return paths.job(valueIn<JobView>(answer).id)
}

async function failedJob(stack: Stack, olga: Person, owner: Project, image: string): Promise<string> {
  await stack.cloud.fault({ ...memberAdd, projectId: owner.id, times: 1, fault: answerAs(409) })
  return started(stack, await signInByAction(stack.dashboard, olga), owner, image)
}

/** Its session is signed out while a pair is under way. */
async function pausedJob(stack: Stack, olga: Person, owner: Project, image: string): Promise<string> {
  const hold = await stack.cloud.hold({ ...memberAdd, projectId: owner.id })
  const cookie = await signInByAction(stack.dashboard, olga)
  const at = await started(stack, cookie, owner, image)
  valueIn(await callAction(stack.dashboard, 'signOut', { runningJobs: 'pause' }, { cookie }))
  await hold.remove()
  return at
}

const actorNamed = (page: Page, name: string) =>
  page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
    .filter({ visible: true })

/** The composer, among the screens. Jobs and acts are named by the same word. */
const wayToShare = (page: Page) =>
  page.getByRole('navigation').getByRole('link', { name: say('common.shell.share'), exact: true })

/** Everything on the page that can be pressed, by its name. */
const actors = (page: Page) =>
  page
    .getByRole('button')
    .or(page.getByRole('link'))
    .filter({ visible: true })
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''))

test('a session that may write is offered every act, which is what the others are looked through for', async ({
  pageAs,
  stack,
  world,
}) => {
  const { olga, screens } = await house(stack, world)
  const page = await pageAs(olga)
  for (const { at, writes, tray = [] } of screens) {
    await visit(page, at)
    await expect(wayToShare(page), at).toBeVisible()
    for (const name of writes) await expect(actorNamed(page, name).first(), `${at}: ${name}`).toBeVisible()
    if (tray.length > 0) await page.locator('tbody').getByRole('checkbox').first().check()
    for (const name of tray) await expect(actorNamed(page, name), `${at}: ${name}`).toBeVisible()
  }
  await expect(page.getByText(say('common.shell.readOnly'), { exact: true })).toHaveCount(0)
})

for (const way of ['by role', 'by choice'] as const) {
  test(`a session that only looks ${way} is offered nothing that writes, by the mouse or by keys`, async ({
    pageAs,
    stack,
    world,
  }) => {
    const { olga, vera, screens } = await house(stack, world)
    const page = await pageAs(way === 'by role' ? vera : { ...olga, readOnly: true })
    const words = new Set(screens.flatMap(({ writes, tray = [] }) => [...writes, ...tray]))
    const { last } = await stack.cloud.ledger()
    for (const { at } of screens) {
      await visit(page, at)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText(say('common.shell.readOnly'), { exact: true }).first()).toBeVisible()
      for (const key of ['j', 'x', 's', 'a', 'r']) await page.keyboard.press(key)
      const found = (await actors(page)).filter((name) => words.has(name))
      expect.soft(found, at).toEqual([])
      await expect.soft(wayToShare(page), at).toHaveCount(0)
      await expect.soft(page.locator('tbody').getByRole('checkbox'), at).toHaveCount(0)
      expect.soft(new URL(page.url()).pathname, 'no key has led away').toBe(at.split('?')[0])
    }
    const { calls } = await stack.cloud.ledger({ since: last })
    expect(calls.filter(({ service, changed }) => service === 'image' && changed)).toEqual([])
  })
}

test('in a session that only looks, composer, keyboard help and empty lists lead to no act', async ({
  pageAs,
  world,
}) => {
  const owner = await world.project('publisher')
  const vera = await world.user('vera', [owner], 'reader')
  const page = await pageAs(vera, { at: paths.share(scopeOf(owner)) })
  await expect(page.getByRole('heading', { name: say('share.readOnly.heading') })).toBeVisible()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: say('common.keys.title') })
  await expect(help).toContainText(say('common.keys.open'))
  for (const key of ['share', 'accept', 'reject'] as const)
    await expect(help).not.toContainText(say(`common.keys.${key}`))
  await visit(page, paths.jobs())
  await expect(page.getByRole('heading', { name: say('jobs.emptyTitle') })).toBeVisible()
  await expect(actorNamed(page, say('jobs.emptyAct'))).toHaveCount(0)
})

test('to only look is chosen at sign-in, and holds through a renewal over the page', async ({
  page,
  stack,
  world,
}) => {
  await stack.cloud.set({ tokenLifetimeSeconds: 4 * 60 })
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  await world.image(owner, 'alpha')
  await page.goto(paths.images(scopeOf(owner)))
  await page.getByRole('checkbox', { name: say('signIn.readOnly') }).check()
  await signIn(page, olga)
  const badge = page.getByText(say('common.shell.readOnly'), { exact: true }).filter({ visible: true })
  await expect(badge).toBeVisible()
  await stack.cloud.set({ tokenLifetimeSeconds: 3600 })
  await page.getByRole('button', { name: say('common.time.renew') }).click()
  await signInAgain(page, olga)
  await expect(page.getByText(/^5[89] min left/)).toBeVisible()
  await expect(badge).toBeVisible()
  await expect(actorNamed(page, say('images.shareImages'))).toHaveCount(0)
})

test('where one may write is shown project by project', async ({ pageAs, stack, world }) => {
  const [look, work] = await Promise.all([world.project('look'), world.project('work')])
  const mixed = { id: '', user: `mixed-${look.id}`, password: newId() }
  const roles = [{ project: look.id, role: 'reader' }, { project: work.id }]
  await stack.cloud.mint({ users: [{ name: mixed.user, password: mixed.password, roles }] })
  for (const project of [look, work]) await world.image(project, 'alpha')
  const page = await pageAs(mixed, { at: paths.images(scopeOf(work)) })
  const share = actorNamed(page, say('images.shareImages'))
  await expect(share).toBeVisible()
  await visit(page, paths.images(scopeOf(look)))
  await expect(share).toHaveCount(0)
  await page.getByRole('button', { name: new RegExp(say('common.switcher.label')) }).click()
  await page.getByRole('option', { name: work.name }).click()
  await expect(page).toHaveURL(new RegExp(`/${work.id}/images`))
  await expect(share).toBeVisible()
})
