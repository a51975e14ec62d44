import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { install } from './install.mjs'
import { runScript, start } from './processes.mjs'

// npm run bench: what a bulk share and an audit cost beside a bare client, and how the audit's screen keeps up. `npm run
// bench -- share`, `-- audit` and `-- audit-large` are its parts.

runScript(async () => {
  await install()
  const chromium = await ensureChromium()
  await build()
  const args = ['e2e/bench/main.ts', ...process.argv.slice(2)]
  return start('node', args, { env: { CHROMIUM_PATH: chromium }, stdio: ['ignore', 'inherit', 'inherit'] })
    .exited
})
