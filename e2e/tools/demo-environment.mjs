import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'

// What a person may have set for their own cloud must not leak into a dashboard that speaks to the fake one.
const ownSettings = /^(OS_|SHAREBOARD_|DATABASE_URL$)/

/**
 * Settings of a dashboard that speaks to the fake cloud and keeps its data apart from other runs.
 * @param {{ name: string, port: number, authUrl: string }} options name: folder under .data
 * @returns {Record<string, string | undefined>} undefined removes a variable of the person's own
 */
export function fakeCloudSettings({ name, port, authUrl }) {
  const cleared = Object.keys(process.env).filter((variable) => ownSettings.test(variable))
  return {
    ...Object.fromEntries(cleared.map((variable) => [variable, undefined])),
    NEXT_MANUAL_SIG_HANDLE: '1',
    OS_AUTH_URL: authUrl,
    OS_CLOUD: 'demo',
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
