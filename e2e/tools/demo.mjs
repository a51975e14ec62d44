import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from './build.mjs'
import { dataDirectory, fakeCloudSettings, startFakeClouds } from './demo-environment.mjs'
import { install } from './install.mjs'
import { dashboardPort } from './ports.mjs'
import { runScript, start } from './processes.mjs'
import { PlainError, root, tail } from './project.mjs'
import { serverNodeOptions } from './server-options.mjs'

// npm run demo: the dashboard and the fake clouds with lively data, until Ctrl-C.

const readyLimitMs = 60_000

runScript(main, { server: true })

async function main() {
  const port = await dashboardPort()
  await install()
  await build()
  const clouds = await startFakeClouds('demo')
  const logFile = join(dataDirectory('demo'), 'dashboard.log')
  const log = openSync(logFile, 'w')
  const dashboard = start('next', ['start', '-p', String(port), '-H', '127.0.0.1'], {
    env: {
      ...fakeCloudSettings({ name: 'demo', port, cloudsFile: clouds.file }),
      NODE_OPTIONS: serverNodeOptions(),
    },
    stdio: ['ignore', log, log],
  })
  const url = `http://localhost:${port}`
  await untilReady(url, dashboard, logFile)
  introduce(url)
  const ended = await Promise.race([
    dashboard.exited.then(() => 'dashboard'),
    clouds.exited.then(() => 'fake cloud'),
  ])
  throw new PlainError(`The ${ended} ended by itself; the last lines of ${logFile}:\n${lastLines(logFile)}`)
}

async function untilReady(url, dashboard, logFile) {
  const limit = Date.now() + readyLimitMs
  let ended = false
  void dashboard.exited.then(() => {
    ended = true
  })
  while (!(await answers(`${url}/healthz`))) {
    if (ended || Date.now() > limit) {
      throw new PlainError(`${lastLines(logFile)}\nThe dashboard did not start; its own words are above.`)
    }
    await pause(100)
  }
}

async function answers(address) {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

function lastLines(file) {
  return tail(readFileSync(file, 'utf8'))
}

function introduce(url) {
  const file = join(root, 'e2e', 'mock-cloud', 'seeds', 'demo-users.json')
  const people = JSON.parse(readFileSync(file, 'utf8'))
  const rows = people.map(({ name, password, domain, about }) => [name, password, domain, about])
  console.log(`\nShareboard is ready: ${url}\n\nSign in to either cloud as one of these:\n`)
  console.log(table([['user', 'password', 'domain', 'who that is'], ...rows]))
  console.log('\nCtrl-C stops it.')
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('   ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n')
}
