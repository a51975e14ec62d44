import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openAdmin } from './admin.ts'
import { registerGlance } from './catalogue.ts'
import { configureGlance } from './glance.ts'
import { configureKeystone } from './keystone.ts'
import { ensureServicePackages } from './packages.ts'
import { PlainError } from './plain-error.ts'
import { freePorts } from './ports.ts'
import { databaseUrl, startPostgres } from './postgres.ts'
import { type ProcessSet, processSet } from './process-set.ts'
import type { Credentials } from './sign-in.ts'
import { stopOnSignals } from './signals.ts'
import { waitForAnswer } from './wait.ts'

/** All optional. Without `directory` a temporary one is made, and removed again by `stop`; a given one must be new or empty. */
interface LabOptions {
  directory?: string
  memberQuota?: number
  /** Images on one page of Glance's list, at most. */
  apiLimitMax?: number
  tokenLifetimeSeconds?: number
  secureRbac?: boolean
}

/** A running Keystone (`authUrl` ends in /v3) and Glance. `stop` ends everything that was started, and may be repeated. */
interface Lab {
  authUrl: string
  imageUrl: string
  region: string
  admin: Credentials
  directory: string
  stop(): Promise<void>
}

const REGION = 'RegionOne'
const ADMIN = { username: 'admin', password: 'secret', project: 'admin' }
const SERVICE = { username: 'glance', password: 'secret', project: 'service' }

/**
 * Starts Debian's Keystone and Glance on free loopback ports with a PostgreSQL of their own, all in one directory.
 * Installs the packages first where it may. When that fails, all is stopped and the error ends with the log that tells why.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  await ensureServicePackages()
  const directory = makeDirectory(options.directory)
  const processes = processSet()
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= processes.stop().finally(() => {
      release()
      if (!options.directory) rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    })
    return stopped
  }
  const release = stopOnSignals(stop)
  try {
    return { ...(await startServices(processes, directory, options)), directory, stop }
  } catch (error) {
    const interrupted = stopped !== undefined
    await stop()
    throw interrupted ? new PlainError('The start of Keystone and Glance was interrupted.') : error
  }
}

async function startServices(processes: ProcessSet, directory: string, options: LabOptions) {
  const { memberQuota = 128, apiLimitMax = 1000, tokenLifetimeSeconds = 3600, secureRbac = false } = options
  const [identityPort, imagePort] = await freePorts()
  const authUrl = `http://127.0.0.1:${identityPort}/v3`
  const imageUrl = `http://127.0.0.1:${imagePort}`
  const keystone = configureKeystone(processes, {
    directory: join(directory, 'keystone'),
    port: identityPort,
    region: REGION,
    database: databaseUrl(directory, 'keystone'),
    tokenLifetimeSeconds,
    secureRbac,
    admin: ADMIN,
  })
  const glance = configureGlance(processes, {
    directory: join(directory, 'glance'),
    port: imagePort,
    region: REGION,
    database: databaseUrl(directory, 'glance'),
    authUrl,
    memberQuota,
    apiLimitMax,
    secureRbac,
    service: SERVICE,
  })
  await startPostgres(processes, directory, ['keystone', 'glance'])
  const servers = { keystone: keystone.start(), glance: glance.start() }
  await Promise.all([keystone.bootstrap(), glance.makeTables()])
  await waitForAnswer(servers.keystone, authUrl)
  const connection = { authUrl, imageUrl, region: REGION, admin: ADMIN }
  await registerGlance(await openAdmin(connection), SERVICE, imageUrl, REGION)
  await waitForAnswer(servers.glance, `${imageUrl}/versions`)
  return connection
}

function makeDirectory(wanted?: string): string {
  const directory = wanted ? resolve(wanted) : mkdtempSync(join(tmpdir(), 'shareboard-openstack-'))
  mkdirSync(directory, { recursive: true })
  // PostgreSQL may run as another user and has to pass through; the folders inside are closed.
  chmodSync(directory, 0o711)
  return directory
}
