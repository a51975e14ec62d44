import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { postgresPrograms } from './packages.ts'
import { PlainError } from './plain-error.ts'
import type { ProcessSet } from './process-set.ts'
import { tryRun } from './processes.ts'
import { systemEnvironment } from './system-environment.ts'
import { waitUntil } from './wait.ts'

const ROLE = 'openstack'

// A test database: what a crash would lose does not matter.
const SETTINGS = `
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
`

/** How SQLAlchemy reaches a database of the cluster under `directory`. */
export function databaseUrl(directory: string, database: string): string {
  return `postgresql://${ROLE}@/${database}?host=${home(directory)}`
}

/**
 * Makes a cluster under `directory`, starts it on a Unix socket there and creates the named databases. PostgreSQL
 * refuses to run as root; there it runs as its package's user `postgres`, who must be able to reach `directory`.
 */
export async function startPostgres(
  processes: ProcessSet,
  directory: string,
  databases: string[],
): Promise<void> {
  const programs = postgresPrograms()
  if (!programs) throw new PlainError('There is no PostgreSQL server under /usr/lib/postgresql.')
  const user = process.getuid?.() === 0 ? 'postgres' : undefined
  const socket = home(directory)
  mkdirSync(socket, { mode: 0o700 })
  if (user) await giveTo(user, socket)
  const data = join(socket, 'data')
  const log = join(directory, 'postgres.log')
  const env = systemEnvironment(socket)
  const initdb = ['-D', data, '-U', ROLE, '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8']
  await processes.run({ name: 'initdb', command: join(programs, 'initdb'), args: initdb, log, env, user })
  appendFileSync(join(data, 'postgresql.conf'), `${SETTINGS}unix_socket_directories = '${socket}'\n`)
  const command = join(programs, 'postgres')
  const server = processes.start({ name: 'PostgreSQL', command, args: ['-D', data], log, env, user })
  const connection = ['-h', socket, '-U', ROLE, '-d', 'postgres']
  await waitUntil(server, async () => {
    const answer = await tryRun(join(programs, 'pg_isready'), ['-q', ...connection])
    return answer?.code === 0
  })
  const creations = databases.flatMap((name) => ['-c', `CREATE DATABASE ${name}`])
  const args = ['-X', '-q', ...connection, ...creations]
  await processes.run({ name: 'psql', command: join(programs, 'psql'), args, log, env })
}

function home(directory: string): string {
  return join(directory, 'postgres')
}

async function giveTo(user: string, directory: string): Promise<void> {
  const answer = await tryRun('chown', [`${user}:`, directory])
  if (answer?.code !== 0) throw new PlainError(`${directory} cannot be given to the user ${user}.`)
}
