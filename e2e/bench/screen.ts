import { chromium, type Page } from 'playwright'
import { type AuditList, type AuditSummary, isAuditOver } from '../../lib/contracts/audits.ts'
import type { Scope } from '../../lib/contracts/scope.ts'
import { api, paths } from '../../lib/paths.ts'
import type { Dashboard } from '../tools/dashboard.ts'
import { say } from '../tools/words.ts'

/** What a person sees of an audit, measured in Chromium. */
interface BenchBrowser {
  /** Milliseconds from the click that starts the first audit to its first row in the table. Waits until it is over. */
  firstRow(scope: Scope): Promise<number>
  /** The longest task of the page, in milliseconds, while all of an audit is scrolled through; 0: none over 50 ms. */
  longestTask(scope: Scope, audit: AuditSummary, view: 'table' | 'matrix'): Promise<number>
  close(): Promise<void>
}

const steps = 60
const limitMs = 300_000

export async function openBenchBrowser(dashboard: Dashboard, cookie: string): Promise<BenchBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const context = await browser.newContext({
    baseURL: dashboard.origin,
    viewport: { width: 1440, height: 900 },
  })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: dashboard.origin, httpOnly: true, sameSite: 'Lax' }])
  const label = say('audit.table.label')

  return {
    async firstRow(scope) {
      const page = await context.newPage()
      await page.goto(paths.audit(scope))
      await untilListening(page)
      const shown = page.evaluate(untilFirstRow, label)
      await page.getByRole('button', { name: say('audit.readNow') }).click()
      const ms = await shown
      await untilOver(page, scope)
      await page.close()
      return ms
    },
    async longestTask(scope, { id, progress }, view) {
      const page = await context.newPage()
      await page.goto(paths.audit(scope, { id, view }))
      if (view === 'table') {
        const rows = `table[aria-label="${label}"][aria-rowcount]`
        const isWhole = ({ selector, count }: { selector: string; count: number }) =>
          Number(document.querySelector(selector)?.getAttribute('aria-rowcount')) >= count
        await page.waitForFunction(isWhole, { selector: rows, count: progress.members }, { timeout: limitMs })
      } else {
        const isWhole = (count: number) =>
          Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) >= count
        await page.waitForFunction(isWhole, progress.imagesListed, { timeout: limitMs })
      }
      // The findings come last of all, and the rows are worked out once more with their marks.
      await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'), null, {
        timeout: limitMs,
      })
      await page.evaluate(untilIdle)
      await page.evaluate(watchTasks)
      const place = view === 'table' ? page.getByRole('table') : page.getByRole('grid')
      const box = await place.first().boundingBox()
      await page.mouse.move((box?.x ?? 300) + 300, Math.min((box?.y ?? 300) + 200, 700))
      for (let step = 0; step < steps; step += 1) await page.mouse.wheel(0, step < steps / 2 ? 700 : 40_000)
      await page.evaluate(untilIdle)
      const longest = await page.evaluate(() => Math.max(0, ...(window as Watched).longTasks))
      await page.close()
      return longest
    },
    close: () => browser.close(),
  }
}

type Watched = Window & typeof globalThis & { longTasks: number[] }

const untilIdle = () => new Promise<void>((resolve) => requestIdleCallback(() => resolve()))

function watchTasks(): void {
  const watched = window as Watched
  watched.longTasks = []
  new PerformanceObserver((list) => {
    watched.longTasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ type: 'longtask' })
}

/** The page answers keys as soon as it is alive: a dialog opens, and closes again. */
async function untilListening(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  while (!(await dialog.isVisible())) {
    await page.keyboard.press('?')
    await dialog.waitFor({ timeout: 1_000 }).catch(() => {})
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

/** Runs in the page. The click is counted from the moment the browser hands it over. */
function untilFirstRow(label: string): Promise<number> {
  return new Promise((resolve) => {
    document.addEventListener(
      'click',
      () => {
        const start = performance.now()
        const look = () => {
          if (document.querySelector(`table[aria-label="${label}"] tr[data-index]`)) {
            observer.disconnect()
            requestAnimationFrame(() => resolve(performance.now() - start))
          }
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { childList: true, subtree: true })
      },
      { capture: true, once: true },
    )
  })
}

async function untilOver(page: Page, scope: Scope): Promise<void> {
  for (;;) {
    const { audits } = (await (await page.request.get(api.audits(scope))).json()) as AuditList
    if (audits[0] && isAuditOver(audits[0])) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
