import { createInterface } from 'node:readline'
import { start } from './processes.mjs'
import { PlainError } from './project.mjs'

/**
 * The settings of a real cloud: those of the environment when OS_AUTH_URL is set, else of a Keystone and a
 * Glance started here for the run.
 * @param {string[]} options for the start of the Keystone and Glance
 * @returns {Promise<Record<string, string>>} OS_* and GLANCE_URL
 * @throws PlainError when the lab does not come up
 */
export async function realCloudSettings(options = []) {
  if (process.env.OS_AUTH_URL) return {}
  console.log('Starting a Keystone and a Glance …')
  const { child, exited } = start('node', ['e2e/openstack/main.ts', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const settings = new Promise((resolve) => {
    lines.on('line', (line) => (line.startsWith('{') ? resolve(JSON.parse(line)) : console.log(line)))
  })
  const first = await Promise.race([settings, exited])
  if (typeof first === 'object') return first
  throw new PlainError(`Keystone and Glance did not start (code ${first}); the reason is above.`)
}
