import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlainError } from './plain-error.ts'
import { endedWell, startProcess, tryRun } from './processes.ts'
import { withoutServiceStarts } from './service-policy.ts'

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
  console.error(`Installing ${missing.join(', ')} and what they need; this takes a few minutes once.`)
  await install(missing)
}

async function install(packages: string[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'shareboard-apt-'))
  const log = join(directory, 'apt.log')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const aptGet = (...args: string[]) => {
    const all = ['-q', '-o', 'DPkg::Lock::Timeout=600', ...args]
    return endedWell(startProcess({ name: `apt-get ${args[0]}`, command: 'apt-get', args: all, env, log }))
  }
  try {
    await aptGet('update')
    await withoutServiceStarts(() => aptGet('install', '--yes', '--no-install-recommends', ...packages))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
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
