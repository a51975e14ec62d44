import { defineConfig, type Project } from 'playwright/test'

const isRoot = process.getuid?.() === 0

const browser: Project['use'] = {
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: isRoot ? ['--no-sandbox'] : [],
  },
  viewport: { width: 1440, height: 900 },
  contextOptions: { reducedMotion: 'reduce' },
  trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
}

const projects: Project[] = [
  { name: 'http', testDir: './http', testMatch: '*.e2e.ts' },
  { name: 'chromium', testDir: '.', testMatch: '*.e2e.ts', testIgnore: 'http/**', use: browser },
]
const onRealCloud: Project = {
  name: 'openstack',
  testMatch: ['journey.e2e.ts', 'journey-audit.e2e.ts'],
  use: browser,
}

// Against the production build, never the development server. Nothing is tried again: what fails once is a fault.
export default defineConfig({
  outputDir: '../.test/playwright',
  globalSetup: './global-setup.ts',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // Generous, because the machine may be busy with other things; nothing waits longer than it has to.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  projects: process.env.SHAREBOARD_E2E_CLOUD === 'real' ? [onRealCloud] : projects,
})
