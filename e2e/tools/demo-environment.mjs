import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFakeCloud } from './fake-cloud.mjs'
import { root } from './project.mjs'

// What a person may have set for their own cloud must not leak into a dashboard that speaks to the fake one.
const ownSettings = /^(OS_|SHAREBOARD_|DATABASE_URL$)/

const fakeClouds = [
  { name: 'demo', label: 'OpenStack', seed: 'demo', region: 'north', naming: 'keystone' },
  { name: 'demo-otc', label: 'Open Telekom Cloud', seed: 'demo-otc', region: 'eu-de', naming: 'account' },
]

/**
 * Starts one fake cloud of each kind and writes the clouds.yaml that names them.
 * @param {string} name folder under .data for the file and the logs
 * @returns {Promise<{ file: string, exited: Promise<number> }>} exited: the first one that ends
 */
export async function startFakeClouds(name) {
  const directory = dataDirectory(name)
  const clouds = {}
  const exits = []
  // One after the other, because each looks for free ports.
  for (const { name: cloud, label, seed, region, naming } of fakeClouds) {
    const logFile = join(directory, `fake-${cloud}.log`)
    const { authUrl, exited } = await startFakeCloud({ seed, region, logFile })
    exits.push(exited)
    clouds[cloud] = { auth: { auth_url: authUrl }, region_name: region, shareboard: { label, naming } }
  }
  const file = join(directory, 'clouds.yaml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ clouds }, null, 2))
  return { file, exited: Promise.race(exits) }
}

/**
 * Settings of a dashboard that speaks to the fake clouds and keeps its data apart from other runs.
 * @param {{ name: string, port: number, cloudsFile: string }} options name: folder under .data
 * @returns {Record<string, string | undefined>} undefined removes a variable of the person's own
 */
export function fakeCloudSettings({ name, port, cloudsFile }) {
  const cleared = Object.keys(process.env).filter((variable) => ownSettings.test(variable))
  return {
    ...Object.fromEntries(cleared.map((variable) => [variable, undefined])),
    NEXT_MANUAL_SIG_HANDLE: '1',
    OS_CLIENT_CONFIG_FILE: cloudsFile,
    PORT: String(port),
    SHAREBOARD_DATA_DIR: dataDirectory(name),
  }
}

/** A folder under .data, made when it is missing. */
export function dataDirectory(name) {
  const directory = join(root, '.data', name)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}
