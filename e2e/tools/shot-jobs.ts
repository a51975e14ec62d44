import { randomUUID } from 'node:crypto'
import type { ImageSummary } from '../../lib/contracts/images.ts'
import type { JobView } from '../../lib/contracts/jobs.ts'
import { api, paths } from '../../lib/paths.ts'
import { callAction, valueIn } from './action-client.ts'
import {
  button,
  enter,
  image,
  member,
  platform,
  project,
  rows,
  type Screen,
  type Visit,
} from './shot-steps.ts'
import { say } from './words.ts'

/** Bulk acts, and the log of what was done. */
export const jobScreens: readonly Screen[] = [
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
]

/** Shares these images with these projects; the address of the job. */
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
