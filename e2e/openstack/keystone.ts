import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toIni } from './ini.ts'
import type { ProcessSet } from './process-set.ts'
import type { Child } from './processes.ts'
import { systemEnvironment } from './system-environment.ts'
import { startUwsgi } from './uwsgi.ts'

/** Where Keystone lives, what it connects to and whom it starts with. */
interface KeystoneOptions {
  directory: string
  port: number
  region: string
  database: string
  tokenLifetimeSeconds: number
  secureRbac: boolean
  admin: { username: string; password: string; project: string }
}

/** Keystone, configured in its own directory but with an empty database and not running. */
interface Keystone {
  /** Creates the tables and the admin, the roles, the region and the identity endpoints. */
  bootstrap(): Promise<void>
  start(): Child
}

const KEYS = { tokens: 'token-keys', receipts: 'receipt-keys', credentials: 'credential-keys' }

/** Writes Keystone's configuration into a new directory. */
export function configureKeystone(processes: ProcessSet, options: KeystoneOptions): Keystone {
  const { directory, port, admin } = options
  const config = join(directory, 'keystone.conf')
  const log = join(directory, 'keystone.log')
  mkdirSync(directory, { mode: 0o700 })
  writeFileSync(config, toIni(settings(options)))
  for (const repository of Object.values(KEYS)) writeKeys(join(directory, repository))
  const url = `http://127.0.0.1:${port}/v3`
  const manage = (...args: string[]) =>
    processes.run({
      name: `keystone-manage ${args[0]}`,
      command: '/usr/bin/keystone-manage',
      args: ['--config-file', config, ...args],
      env: { ...systemEnvironment(directory), OS_BOOTSTRAP_PASSWORD: admin.password },
      log: join(directory, `${args[0]}.log`),
    })
  return {
    async bootstrap() {
      await manage('db_sync')
      const names = ['--bootstrap-username', admin.username, '--bootstrap-project-name', admin.project]
      const places = ['public', 'internal', 'admin'].flatMap((name) => [`--bootstrap-${name}-url`, url])
      await manage('bootstrap', ...names, ...places, '--bootstrap-region-id', options.region)
    },
    start: () =>
      startUwsgi(processes, {
        name: 'Keystone',
        directory,
        log,
        port,
        import: 'keystone.server.wsgi',
        call: 'initialize_public_application',
        env: { OS_KEYSTONE_CONFIG_DIR: directory },
        // The cache lives in the process, so there may be only one.
        processes: 1,
        threads: 4,
      }),
  }
}

/** Two keys as `keystone-manage fernet_setup` leaves them: 0 is the next one, 1 is in use. */
function writeKeys(repository: string): void {
  mkdirSync(repository, { mode: 0o700 })
  for (const name of ['0', '1']) {
    const key = randomBytes(32).toString('base64url').padEnd(44, '=')
    writeFileSync(join(repository, name), key, { mode: 0o600 })
  }
}

function settings(options: KeystoneOptions) {
  return {
    DEFAULT: { public_endpoint: `http://127.0.0.1:${options.port}` },
    database: { connection: options.database },
    token: { provider: 'fernet', expiration: options.tokenLifetimeSeconds },
    fernet_tokens: { key_repository: join(options.directory, KEYS.tokens) },
    fernet_receipts: { key_repository: join(options.directory, KEYS.receipts) },
    credential: { key_repository: join(options.directory, KEYS.credentials) },
    cache: { enabled: true, backend: 'oslo_cache.dict' },
    identity: { password_hash_rounds: 4 },
    oslo_policy: {
      enforce_new_defaults: options.secureRbac,
      enforce_scope: options.secureRbac,
    },
  }
}
