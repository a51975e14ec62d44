import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { auditScreens } from './shot-audit.ts'
import { jobScreens } from './shot-jobs.ts'
import { sharingScreens } from './shot-sharing.ts'
import { shellScreens } from './shot-shell.ts'
import type { Screen, Visit } from './shot-steps.ts'
import { openStack } from './stack.ts'

// Pictures of every screen in each of its states, in both widths and both themes, into .test/shots. Arguments choose
// screens by the beginning of their names.

const directory = join(import.meta.dirname, '..', '..', '.test', 'shots')
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
const themes = ['light', 'dark'] as const

const wanted = process.argv.slice(2)
const chosen = [...sharingScreens, ...jobScreens, ...shellScreens, ...auditScreens].filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
)
if (wanted.length === 0) rmSync(directory, { recursive: true, force: true })
mkdirSync(directory, { recursive: true })

const stack = await openStack({ seed: 'demo' })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const screen of chosen) {
    await take(screen)
    console.log(screen.name)
  }
} finally {
  await browser.close()
  await stack.close()
}

async function take({ name, show }: Screen): Promise<void> {
  const context = await browser.newContext({
    baseURL: stack.dashboard.origin,
    viewport: sizes[0],
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const visit: Visit = { stack, page, shot: (state) => shoot(page, `${name}-${state}`) }
  await show(visit)
  await stack.calmDown()
  await context.close()
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.screenshot({
        path: join(directory, `${name}-${size.width}-${theme}.png`),
        animations: 'disabled',
      })
    }
  }
  await page.setViewportSize(sizes[0] ?? { width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}
