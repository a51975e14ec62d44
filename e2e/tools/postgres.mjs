import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { canInstallPackages, installPackages } from './apt.mjs'
import { findExecutable } from './executables.mjs'
import { freePort } from './ports.mjs'
import { atEnd, run, start } from './processes.mjs'
import { PlainError, tail } from './project.mjs'

const versions = '/usr/lib/postgresql'
const startLimitMs = 30_000
// Durability is what these settings give away; a test database needs none.
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

/**
 * Starts a private, temporary PostgreSQL, reachable by a Unix socket and a free loopback port. As root it runs
 * as the system's user postgres, because PostgreSQL refuses root.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} url of an empty database; its role may create more
 * @throws PlainError that says what to do
 */
export async function startPostgres() {
  const bin = await ensurePostgres()
  const identity = await unprivilegedIdentity()
  // A short path: the socket's name must stay under 108 bytes.
  const directory = mkdtempSync(join(tmpdir(), 'shareboard-pg-'))
  const data = join(directory, 'data')
  const removeDirectory = atEnd(() => rmSync(directory, { recursive: true, force: true }))
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(directory, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity) for (const path of [directory, passwordFile]) chownSync(path, identity.uid, identity.gid)

  const as = { ...identity, cwd: directory, env: { LC_ALL: 'C.UTF-8', PGDATA: undefined } }
  const access = ['--username=shareboard', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const initdb = await run(join(bin, 'initdb'), ['-D', data, '--no-sync', '--encoding=UTF8', ...access], as)
  if (initdb.code !== 0) throw new PlainError(`${tail(initdb.output)}\ninitdb failed.`)

  const port = await freePort()
  const options = settings.flatMap((setting) => ['-c', setting])
  const server = start(
    join(bin, 'postgres'),
    ['-D', data, '-k', directory, '-h', '127.0.0.1', '-p', String(port), ...options],
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    { ...as, stdio: ['ignore', 'ignore', 'pipe'], stopSignal: 'SIGINT' },
  )
  let log = ''
  server.child.stderr.setEncoding('utf8').on('data', (chunk) => {
    log = (log + chunk).slice(-20_000)
  })
  await untilReady(server, data, () => log)
  const stop = async () => {
    await server.stop()
    await removeDirectory()
  }
  return { url: `postgres://shareboard:${password}@127.0.0.1:${port}/postgres`, stop }
}

async function ensurePostgres() {
  const present = findPrograms()
  if (present) return present
  if (!canInstallPackages()) {
    throw new PlainError(
      'The tests need PostgreSQL (initdb and postgres). Install it (apt-get install postgresql), put its programs in PATH, or run this as root on Debian.',
    )
  }
  await installPackages(['postgresql'])
  const installed = findPrograms()
  if (installed) return installed
  throw new PlainError(`Debian installed the package postgresql, but ${versions} holds no initdb afterwards.`)
}

/** The folder that holds both initdb and postgres; Debian keeps one per version, outside PATH. */
function findPrograms() {
  const inPath = findExecutable(['initdb'])
  const folders = [...(inPath ? [dirname(inPath)] : []), ...debianFolders()]
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => findExecutable([join(folder, name)])),
  )
}

function debianFolders() {
  try {
    const newestFirst = readdirSync(versions).sort((a, b) => Number(b) - Number(a))
    return newestFirst.map((version) => join(versions, version, 'bin'))
  } catch {
    return []
  }
}

async function unprivilegedIdentity() {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user])))
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) }
  }
  throw new PlainError('PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.')
}

async function untilReady(server, data, log) {
  let ended = false
  void server.exited.then(() => {
    ended = true
  })
  const limit = Date.now() + startLimitMs
  while (!isReady(data)) {
    if (ended || Date.now() > limit) throw new PlainError(`${tail(log())}\nPostgreSQL did not start.`)
    await pause(50)
  }
}

/** The eighth line of postmaster.pid is the state; pg_ctl waits in the same way. */
function isReady(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}
