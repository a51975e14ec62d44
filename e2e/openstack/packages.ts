import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from '../tools/apt.mjs'
import { PlainError } from './plain-error.ts'
import { tryRun } from './processes.ts'

const SERVICES = ['python3-keystone', 'python3-glance', 'uwsgi-core', 'uwsgi-plugin-python3']
const CLIENT = ['python3-openstackclient']
const POSTGRES_ROOT = '/usr/lib/postgresql'

/**
 * Makes sure that Debian's Keystone, Glance, uWSGI and a PostgreSQL server are installed.
 * As root it installs what is missing (about 1.2 GB the first time); otherwise it throws a sentence that names the packages.
 */
export async function ensureServicePackages(): Promise<void> {
  const postgres = postgresPrograms() ? [] : ['postgresql']
  await ensure([...SERVICES, ...postgres], 'A real Keystone and Glance need')
}

/** Makes sure that Debian's `openstack` command is installed; same conditions as `ensureServicePackages`. */
export async function ensureClientPackages(): Promise<void> {
  await ensure(CLIENT, 'The comparison with the openstack command needs')
}

/** The folder with the server programs of the newest PostgreSQL installed by Debian, or undefined. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(POSTGRES_ROOT)) return undefined
  return readdirSync(POSTGRES_ROOT)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_ROOT, version, 'bin'))
    .find((folder) => isExecutable(join(folder, 'postgres')))
}

async function ensure(packages: string[], needs: string): Promise<void> {
  const missing: string[] = []
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name)
  if (missing.length === 0) return
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`
  if (!isExecutable('/usr/bin/apt-get'))
    throw new PlainError(`${needs} a Debian system; these packages are missing: ${missing.join(', ')}.`)
  if (process.getuid?.() !== 0)
    throw new PlainError(`${needs} Debian packages that are missing here. Run as root: ${command}`)
  await installPackages(missing)
}

async function isInstalled(name: string): Promise<boolean> {
  const answer = await tryRun('dpkg-query', ['--show', '--showformat', `\${db:Status-Status}`, name])
  return answer?.stdout === 'installed'
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
