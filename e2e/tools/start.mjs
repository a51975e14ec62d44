import { build } from './build.mjs'
import { install } from './install.mjs'
import { dashboardPort } from './ports.mjs'
import { runScript, start } from './processes.mjs'
import { serverNodeOptions } from './server-options.mjs'

// npm start: the dashboard with the settings of the environment, until it is told to end.

runScript(main, { server: true })

async function main() {
  const port = await dashboardPort()
  await install()
  await build()
  const server = start('next', ['start', '-p', String(port)], {
    env: { PORT: String(port), NEXT_MANUAL_SIG_HANDLE: '1', NODE_OPTIONS: serverNodeOptions() },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return server.exited
}
