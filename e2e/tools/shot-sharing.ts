import { paths } from '../../lib/paths.ts'
import {
  button,
  enter,
  image,
  member,
  platform,
  project,
  rows,
  type Screen,
  scope,
  type Visit,
} from './shot-steps.ts'
import { say } from './words.ts'

const retail = scope('retail-prod')

/** Images and who they are shared with, from both sides. */
export const sharingScreens: readonly Screen[] = [
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
]

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
