import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright'
import type { ImageSummary } from '../../lib/contracts/images.ts'
import type { JobView } from '../../lib/contracts/jobs.ts'
import type { Scope } from '../../lib/contracts/scope.ts'
import { api, paths } from '../../lib/paths.ts'
import { stableId, stableImageId } from '../mock-cloud/ids.ts'
import people from '../mock-cloud/seeds/demo-users.json' with { type: 'json' }
import { callAction, cloudName, signIn, valueIn } from './action-client.ts'
import type { Stack } from './stack.ts'
import { say } from './words.ts'

/** A screen being photographed: `shot` takes it as it stands, in every width and theme. */
export interface Visit {
  stack: Stack
  page: Page
  shot: (state: string) => Promise<void>
}

export interface Screen {
  name: string
  /** Brings the screen into each of its states and takes it. */
  show: (visit: Visit) => Promise<void>
}

const member = '^/v2/images/[^/]+/members$'
export const scope = (project: string): Scope => ({
  cloud: cloudName,
  region: 'north',
  project: stableId('project', project),
})
const platform = scope('platform-images')
const retail = scope('retail-prod')
const image = (name: string) => stableImageId('image', 'platform-images', name)
const project = (name: string) => stableId('project', name)

/** Signs a person of the demo in; the cookie. */
export async function enter({ stack, page }: Visit, user: string): Promise<string> {
  const password = people.find(({ name }) => name === user)?.password ?? ''
  const cookie = await signIn(stack.dashboard, { user, password })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await page.context().addCookies([{ name, value, url: stack.dashboard.origin, httpOnly: true }])
  return cookie
}

/** Opens a page for which the server's own read fails, so that the browser reads for itself: held, or failed too. */
async function openBroken(visit: Visit, address: string, query: string, isHeld: boolean): Promise<void> {
  const { cloud } = visit.stack
  const list = { service: 'image', path: '^/v2/images$', query } as const
  await cloud.fault({ ...list, fault: { kind: 'mangle', how: 'html' } })
  const hold = isHeld ? await cloud.hold({ ...list, after: query.includes('owner') ? 1 : 6 }) : null
  await visit.page.goto(address)
  if (hold) await hold.waitFor(1)
  else await visit.page.getByRole('alert').filter({ hasText: /req-/ }).first().waitFor()
}

async function startJob(
  { stack }: Visit,
  cookie: string,
  images: string[],
  projects: string[],
): Promise<string> {
  const input = { ...platform, kind: 'share', images, projects, idempotencyKey: randomUUID() }
  const job = valueIn<JobView>(await callAction(stack.dashboard, 'startJob', input, { cookie }))
  return paths.job(job.id)
}

export const rows = (page: Page, name: string) =>
  page.getByRole('table', { name }).getByRole('row').nth(3).waitFor()
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    async show({ page, shot }) {
      await page.goto(paths.signIn())
      await shot('loaded')
      await page.getByLabel(say('signIn.user'), { exact: true }).fill('ines')
      await page.getByLabel(say('signIn.password')).fill('wrong')
      await page.locator('button[type=submit]').click()
      await page.getByRole('alert').getByText(say('errors.wrong_credentials')).waitFor()
      await shot('error')
    },
  },
  {
    name: 'images',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'ines')
      await page.goto(paths.images(platform))
      await rows(page, say('images.list'))
      await button(page, say('images.count')).click()
      await page.getByText(/\d+ shared with \d+ projects/).waitFor()
      await shot('loaded')
      for (const box of await page.getByRole('checkbox', { name: /^Select ubuntu/ }).all()) await box.check()
      await shot('selected')
      await button(page, say('images.tray.stop')).click()
      await page.getByRole('alertdialog').getByRole('checkbox').nth(1).check()
      await shot('stop')
      await openBroken(visit, paths.images(platform), 'owner=', true)
      await shot('loading')
      await stack.calmDown()
      await openBroken(visit, paths.images(platform), 'owner=', false)
      await shot('error')
      await stack.calmDown()
      await page.goto(paths.images(scope('dev-sandbox')))
      await page.getByText(say('images.empty.body')).waitFor()
      await shot('empty')
    },
  },
  {
    name: 'image',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'ines')
      await page.goto(paths.image(platform, image('ubuntu-24.04-base-20261112')))
      await rows(page, say('image.members.list'))
      await shot('loaded')
      await button(page, /^Stop sharing with/).click()
      await shot('stop')
      await page.keyboard.press('Escape')
      await button(page, say('image.share')).click()
      await shot('add')
      await page.goto(paths.image(platform, image('upload-in-progress-ubuntu-26.04')))
      await page.getByText(say('image.members.emptyTitle')).waitFor()
      await shot('empty')
      await page.goto(paths.image(platform, image('memtest-7.20.iso')))
      await page.getByText(say('image.why.title.private')).waitFor()
      await shot('private')
      const one = { service: 'image', path: `^/v2/images/${image('haproxy-3.2-edge')}` } as const
      await stack.cloud.fault({ ...one, fault: { kind: 'mangle', how: 'html' } })
      const hold = await stack.cloud.hold({ ...one, after: 2 })
      await page.goto(paths.image(platform, image('haproxy-3.2-edge')))
      await hold.waitFor(1)
      await shot('loading')
      await hold.remove()
      await page.getByRole('alert').filter({ hasText: /req-/ }).waitFor()
      await shot('error')
    },
  },
  {
    name: 'share',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'ines')
      await page.goto(paths.share(platform))
      await page.getByText(say('share.plan.emptyTitle')).waitFor()
      await shot('empty')
      const names = [
        'ubuntu-24.04-base-20261112',
        'edge-gateway-2.8.1',
        'bastion-hardened-v14',
        'memtest-7.20.iso',
        'haproxy-3.2-edge',
      ]
      const address = paths.share(platform, names.map(image))
      await page.goto(address)
      const field = page.getByLabel(say('share.recipients.label'))
      const ids = ['retail-prod', 'data-lake', 'payments-prod', 'ml-training', 'edge-fleet', 'web-cms'].map(
        project,
      )
      await field.fill([...ids, 'retail-prod', ids[0]?.toUpperCase()].join('\n'))
      await field.press('Enter')
      await page
        .getByText(/already, accepted/)
        .first()
        .waitFor()
      await shot('loaded')
      await button(page, say('share.plan.asTable')).click()
      await shot('table')
      await stack.cloud.hold({ service: 'image', path: member })
      await page.goto(address)
      await field.fill(ids.join('\n'))
      await field.press('Enter')
      await shot('loading')
      await stack.calmDown()
      await stack.cloud.fault({ service: 'image', path: member, fault: { kind: 'mangle', how: 'html' } })
      await page.goto(address)
      await field.fill(ids.join('\n'))
      await field.press('Enter')
      await page.getByRole('alert').filter({ hasText: /req-/ }).waitFor()
      await shot('error')
    },
  },
  {
    name: 'incoming',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'tom')
      const at = paths.incoming(retail)
      await page.goto(at)
      await rows(page, say('incoming.list'))
      await shot('loaded')
      await button(page, /^Review/).click()
      await page.getByRole('heading', { name: say('incoming.card.what') }).waitFor()
      await shot('card')
      await page.keyboard.press('Escape')
      for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check()
      await shot('selected')
      await page.getByRole('tab', { name: say('incoming.tabs.accepted') }).click()
      await shot('accepted')
      await openBroken(visit, at, 'member_status', true)
      await shot('loading')
      await stack.calmDown()
      await openBroken(visit, at, 'member_status', false)
      await shot('error')
      await stack.calmDown()
      await enter(visit, 'ines')
      await page.goto(paths.incoming(scope('security-baselines')))
      await page.getByText(say('incoming.empty.pendingTitle')).waitFor()
      await shot('empty')
    },
  },
  {
    name: 'jobs',
    async show(visit) {
      const { page, shot, stack } = visit
      const cookie = await enter(visit, 'ines')
      await page.goto(paths.jobs())
      await page.getByRole('heading', { name: say('jobs.emptyTitle') }).waitFor()
      await shot('empty')
      const answer = await page.request.get(api.images(platform, { hidden: false }))
      const { images } = (await answer.json()) as { images: ImageSummary[] }
      const shared = images.filter(({ visibility }) => visibility === 'shared').map(({ id }) => id)
      const edge = Array.from({ length: 40 }, (_, n) => project(`edge-site-${`${n + 1}`.padStart(3, '0')}`))

      const few = await startJob(visit, cookie, shared.slice(0, 3), edge.slice(0, 4))
      const broken = image('sles-15-sp6-fails-503-on-share')
      const path = `^/v2/images/${broken}/members$`
      await stack.cloud.fault({ method: 'POST', path, fault: { kind: 'answer', status: 503 } })
      const failing = await startJob(visit, cookie, [broken, ...shared.slice(0, 2)], edge.slice(4, 8))
      await page.goto(failing)
      await page.getByText(say('job.badge.states.partly_failed'), { exact: true }).first().waitFor()
      const hold = await stack.cloud.hold({ method: 'POST', path: member, after: 700 })
      const running = await startJob(visit, cookie, shared.slice(0, 24), edge)
      await hold.waitFor(8)
      await page.goto(paths.jobs())
      await rows(page, say('jobs.list'))
      await shot('loaded')
      await page.goto(running)
      await page.getByText(say('job.badge.states.running'), { exact: true }).first().waitFor()
      await shot('job-running')
      await button(page, say('job.cancel.button')).click()
      await shot('job-cancel')
      await stack.cloud.endTokens({ how: 'revoke', projectId: platform.project })
      await hold.remove()
      await page.goto(running)
      await button(page, say('job.pausedSignIn.resume')).waitFor()
      await shot('job-paused')
      await page.goto(few)
      await page.getByText(say('job.badge.states.succeeded'), { exact: true }).first().waitFor()
      await shot('job-done')
      await page.goto(paths.jobs())
      await page
        .getByRole('row')
        .filter({ hasText: say('job.badge.states.failed') })
        .first()
        .click()
      await page.getByRole('grid').focus()
      await page.keyboard.press('Enter')
      await shot('job-failed')
      await button(page, say('job.asTable')).click()
      await rows(page, say('job.table.label'))
      await shot('job-table')
    },
  },
  {
    name: 'activity',
    async show(visit) {
      const { page, shot, stack } = visit
      const cookie = await enter(visit, 'ines')
      const images = ['ubuntu-24.04-base-20261112', 'edge-gateway-2.8.1'].map(image)
      await startJob(visit, cookie, images, ['data-lake', 'ml-training'].map(project))
      const path = `^/v2/images/${image('bastion-hardened-v14')}/members$`
      await stack.cloud.fault({ method: 'POST', path, fault: { kind: 'answer', status: 403 } })
      await startJob(visit, cookie, [image('bastion-hardened-v14')], [project('web-cms')])
      await page.goto(paths.activity())
      await rows(page, say('activity.list'))
      await shot('loaded')
      await page.getByRole('row').filter({ hasText: '2 images × 2 projects' }).getByRole('button').click()
      await page.getByRole('complementary').waitFor()
      await shot('details')
      await page.goto(`${paths.activity()}?text=no-image-of-this-name`)
      await page.getByText(say('activity.noMatchTitle')).waitFor()
      await shot('empty')
    },
  },
  {
    name: 'clouds',
    async show(visit) {
      const { page, shot } = visit
      await enter(visit, 'ines')
      await page.goto(paths.clouds())
      await rows(page, say('clouds.list', { region: 'north' }))
      await shot('loaded')
    },
  },
  {
    name: 'shell',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'ines')
      await page.goto(paths.jobs())
      await page.locator('button[aria-haspopup=dialog]:visible').click()
      await page.getByRole('option').first().waitFor()
      await shot('switcher')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await shot('help')
      await page.keyboard.press('Escape')
      await page.locator('button[aria-haspopup=menu]:visible').click()
      await shot('menu')
      await page.goto(paths.image(platform, stableImageId('none')))
      await shot('not-found')
      await stack.cloud.set({ tokenLifetimeSeconds: 4 * 60 })
      await enter(visit, 'ines')
      await page.goto(paths.images(platform))
      await page.getByRole('button', { name: say('common.time.renew') }).click()
      await page.getByRole('dialog').waitFor()
      await shot('sign-in-again')
    },
  },
]
