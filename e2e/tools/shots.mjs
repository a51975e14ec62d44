import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { install } from './install.mjs'
import { runScript, start } from './processes.mjs'

// npm run shots: pictures of every screen.

runScript(async () => {
  await install()
  const chromium = await ensureChromium()
  await build()
  return start('node', ['e2e/tools/shots.ts', ...process.argv.slice(2)], {
    env: { CHROMIUM_PATH: chromium },
    stdio: ['ignore', 'inherit', 'inherit'],
  }).exited
})
