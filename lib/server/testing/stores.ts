import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { openStore, type Store } from '../store/store'
import './quiet-log'

/** A store of a test file's own. */
export interface TestStore {
  store: Store
  /** Opens the same database a second time, as another replica does. Throws where only one process may have it. */
  another(): Promise<Store>
  /** Closes and throws away everything. */
  close(): Promise<void>
}

interface Kind {
  name: string
  /** Whether several processes may share it: tests of replicas are for these alone. */
  isShared: boolean
  open(): Promise<TestStore>
}

const serverUrl = process.env.TEST_DATABASE_URL

/** The stores that tests run on: always the embedded one, and a server's where `TEST_DATABASE_URL` names one. */
export const stores: readonly Kind[] = [
  { name: 'PGlite', isShared: false, open: openEmbedded },
  ...(serverUrl ? [{ name: 'PostgreSQL', isShared: true, open: () => openOnServer(serverUrl) }] : []),
]

async function openEmbedded(): Promise<TestStore> {
  const template = await embeddedTemplate()
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-test-'))
  cpSync(template, dataDir, { recursive: true })
  const store = await openStore({ databaseUrl: null, dataDir })
  return {
    store,
    another: () => Promise.reject(new Error('the embedded store is for one process')),
    async close() {
      await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A migrated data directory to copy: making one takes seconds, copying it a tenth of one. */
async function embeddedTemplate(): Promise<string> {
  const template = resolve('.test', `pglite-${migrationsHash()}`)
  if (existsSync(template)) return template
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-template-'))
  const store = await openStore({ databaseUrl: null, dataDir })
  await store.close()
  rmSync(join(dataDir, 'lock.db'), { force: true })
  const ready = `${template}.${process.pid}.${randomBytes(4).toString('hex')}`
  cpSync(dataDir, ready, { recursive: true })
  rmSync(dataDir, { recursive: true, force: true })
  try {
    renameSync(ready, template)
  } catch {
    // Another worker was faster.
    rmSync(ready, { recursive: true, force: true })
  }
  return template
}

function migrationsHash(): string {
  const folder = resolve('lib/server/store/migrations')
  const hash = createHash('sha256').update(readFileSync(resolve('package.json')))
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.sql')))
    hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

async function openOnServer(url: string): Promise<TestStore> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(url, `create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const open = () => openStore({ databaseUrl: own.href, dataDir: '' })
  const store = await open()
  return {
    store,
    another: open,
    async close() {
      await store.close()
      await onServer(url, `drop database ${name} with (force)`)
    },
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
