import { join } from 'node:path'
import { dataDirectory, fakeCloudSettings } from './demo-environment.mjs'
import { startFakeCloud } from './fake-cloud.mjs'
import { install } from './install.mjs'
import { dashboardPort } from './ports.mjs'
import { runScript, start } from './processes.mjs'

// npm run dev: the development server against the fake cloud, until Ctrl-C.

runScript(main, { server: true })

async function main() {
  const port = await dashboardPort()
  await install()
  const logFile = join(dataDirectory('dev'), 'fake-cloud.log')
  const { authUrl } = await startFakeCloud({ seed: 'demo', logFile })
  const server = start('next', ['dev', '-p', String(port), '-H', '127.0.0.1'], {
    env: fakeCloudSettings({ name: 'dev', port, authUrl }),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return server.exited
}
