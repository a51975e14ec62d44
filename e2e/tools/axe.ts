import { AxeBuilder } from '@axe-core/playwright'
import type { Result } from 'axe-core'
import type { Page } from 'playwright/test'

/** What axe finds on the page as it stands, in both themes; one line per element. */
export async function axeFindings(page: Page): Promise<string[]> {
  const findings: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // Chromium takes up a changed preference with the next frame.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
    // One frame, and its own page: the other mode opens a second page for every run.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    findings.push(...violations.flatMap((violation) => linesOf(violation, colorScheme)))
  }
  await page.emulateMedia({ colorScheme: null })
  return findings
}

function linesOf({ id, nodes }: Result, theme: string): string[] {
  return nodes.map((node) => `${theme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`)
}
