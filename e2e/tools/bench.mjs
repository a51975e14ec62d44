import { build } from './build.mjs'
import { install } from './install.mjs'
import { runScript, start } from './processes.mjs'

// npm run bench: what a bulk share costs beside a bare client and the command line client.

runScript(async () => {
  await install()
  await build()
  const args = ['e2e/bench/main.ts', ...process.argv.slice(2)]
  return start('node', args, { stdio: ['ignore', 'inherit', 'inherit'] }).exited
})
