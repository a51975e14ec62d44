import { fakeCloudSettings, startFakeClouds } from './demo-environment.mjs'
import { install } from './install.mjs'
import { dashboardPort } from './ports.mjs'
import { runScript, start } from './processes.mjs'

// npm run dev: the development server against the fake clouds, until Ctrl-C.

runScript(main, { server: true })

async function main() {
  const port = await dashboardPort()
  await install()
  const { file } = await startFakeClouds('dev')
  const server = start('next', ['dev', '-p', String(port), '-H', '127.0.0.1'], {
    env: fakeCloudSettings({ name: 'dev', port, cloudsFile: file }),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return server.exited
}
