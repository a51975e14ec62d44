import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { install } from './install.mjs'
import { realCloudSettings } from './openstack-lab.mjs'
import { startPostgres } from './postgres.mjs'
import { runScript } from './processes.mjs'
import { runPlaywright, runVitest } from './runners.mjs'
import { alwaysSummed, runSteps } from './steps.mjs'

// npm run test:openstack: the contract suite and the journey in the browser against a real Keystone and Glance.

runScript(() =>
  alwaysSummed(async () => {
    await install()
    const chromium = await ensureChromium()
    const { url } = await startPostgres()
    // Small pages, so that the journey's 30 images lie on two of them.
    const cloud = await realCloudSettings(['--page-limit', '25'])
    const settings = {
      ...cloud,
      SHAREBOARD_E2E_CLOUD: 'real',
      CHROMIUM_PATH: chromium,
      TEST_DATABASE_URL: url,
    }
    return runSteps([
      {
        name: 'contract tests, real cloud',
        run: () => runVitest('contract-openstack', 'e2e/contract/vitest.config.ts', cloud),
      },
      {
        name: 'browser journey, real cloud',
        run: async () => {
          await build({ show: true })
          return runPlaywright('browser-openstack', ['--project', 'openstack'], settings)
        },
      },
    ])
  }),
)
