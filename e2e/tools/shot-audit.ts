import { paths } from '../../lib/paths.ts'
import { stableId, stableImageId } from '../mock-cloud/ids.ts'
import { button, enter, rows, type Screen, scope } from './shot-steps.ts'
import { say } from './words.ts'

const office = scope('admin')
const members = { service: 'image', method: 'GET', path: '^/v2/images/[^/]+/members$' } as const

/** The audit of the whole demo, in each of its states. */
export const auditScreens: readonly Screen[] = [
  {
    name: 'audit',
    async show(visit) {
      const { page, shot, stack } = visit
      await enter(visit, 'admin')
      const show = (state: Record<string, string> = {}) => page.goto(paths.audit(office, state))
      await show()
      await page.getByRole('heading', { name: say('audit.empty.title') }).waitFor()
      await shot('empty')
      const hold = await stack.cloud.hold({ ...members, after: 24 })
      await button(page, say('audit.readNow')).click()
      await hold.waitFor(4)
      await rows(page, say('audit.table.label'))
      await shot('reading')
      await hold.remove()
      await page.getByText(/, complete$/).waitFor()
      const strip = page.getByRole('region', { name: say('auditReview.strip.label') })
      await strip.getByRole('button').first().waitFor()
      await shot('loaded')
      await page
        .getByRole('button', { name: /^almalinux/ })
        .first()
        .click()
      await shot('row')
      await show({ finding: 'recipient_odd' })
      await page.getByRole('complementary').waitFor()
      await shot('finding')
      await button(page, /^Stop \d+ shares…$/).click()
      await page.getByRole('alertdialog').waitFor()
      await shot('stop')
      await show({ recipient: stableId('project', 'ml-training') })
      await rows(page, say('audit.table.label'))
      await shot('recipient')
      await show({ image: stableImageId('image', 'media-archive', 'transcoder-2023.2') })
      await rows(page, say('audit.table.label'))
      await shot('image')
      await show({ group: 'recipient' })
      await rows(page, say('audit.table.label'))
      await shot('grouped')
      await show({ view: 'matrix' })
      await page.getByRole('grid').focus()
      await shot('matrix')
      await show({ view: 'matrix', zoom: 'whole' })
      await page.getByRole('grid').focus()
      await shot('matrix-whole')
      for (const item of ['snapshots', 'note', 'policy'] as const) {
        await button(page, say('auditReview.actions.more')).click()
        await page.getByRole('menuitem', { name: say(`auditReview.actions.${item}`) }).click()
        await page.getByRole('dialog').waitFor()
        await shot(item)
        await page.keyboard.press('Escape')
      }
      await button(page, say('auditReview.actions.export')).click()
      await page.getByRole('dialog').waitFor()
      await shot('export')
      await show()
      const gone = stableImageId('image', 'media-archive', 'render-node-5.1')
      await stack.cloud.removeMember(gone, stableId('project', 'ci-runners'))
      await stack.cloud.setMember(gone, stableId('project', 'legacy-crm'), 'accepted')
      await button(page, say('audit.readAgain')).click()
      await page.getByText(/, complete$/).waitFor()
      await button(page, say('auditReview.actions.compare')).click()
      await page.getByRole('menuitem').first().click()
      await page.getByRole('table', { name: say('auditReview.changes.list') }).waitFor()
      await shot('compared')
      await show({ q: 'no-image-of-this-name' })
      await page.getByText(say('audit.none.noMatchTitle')).waitFor()
      await shot('no-match')
      await stack.cloud.fault({
        service: 'image',
        method: 'GET',
        path: '^/v2/images$',
        fault: { kind: 'mangle', how: 'html' },
      })
      await button(page, say('audit.readAgain')).click()
      await page.getByText(say('audit.notices.failed')).waitFor()
      await shot('broken-off')
      await stack.calmDown()
      await enter(visit, 'vera')
      await page.goto(paths.audit(scope('retail-prod')))
      await button(page, say('audit.readNow')).click()
      await page.getByText(/, complete$/).waitFor()
      await shot('read-only')
    },
  },
]
