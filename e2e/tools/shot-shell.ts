import { paths } from '../../lib/paths.ts'
import { stableImageId } from '../mock-cloud/ids.ts'
import { enter, platform, rows, type Screen } from './shot-steps.ts'
import { say } from './words.ts'

/** The way in, and what stands around every screen. */
export const shellScreens: readonly Screen[] = [
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
