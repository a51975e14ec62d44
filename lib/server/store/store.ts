import 'server-only'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle as drizzleNode } from 'drizzle-orm/node-postgres'
import { migrate as migrateNode } from 'drizzle-orm/node-postgres/migrator'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import pg from 'pg'
import { causeOf, log } from '../log'
import { lockDataDir } from './data-lock'
import * as schema from './schema'

/** What both drivers answer to a statement of our own. */
interface AnsweredRows extends PgQueryResultHKT {
  type: { rows: Record<string, unknown>[] }
}

export type Database = PgDatabase<AnsweredRows, typeof schema>

/** Our own database: embedded PGlite or a PostgreSQL server, one schema for both. */
export interface Store {
  db: Database
  /** The embedded database, for what needs the very connection (the job queue). */
  embedded: PGlite | null
  /** The address of the server, for the same. */
  url: string | null
  /** Tells every replica something, at most 8 000 bytes; through a transaction, when and if it is committed. */
  notify(channel: string, payload: string, through?: Database): Promise<void>
  /** Hears what any replica told. */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>
  ping(): Promise<void>
  close(): Promise<void>
}

const migrations = { migrationsFolder: resolve('lib/server/store/migrations') }
/** Any number will do, as long as all replicas use the same one. */
const migrationLock = 7_316_204
const reconnectMs = 1_000

/** Opens the store and brings its tables up to date. Throws a plain sentence when the place is taken or out of reach. */
export async function openStore(place: { databaseUrl: string | null; dataDir: string }): Promise<Store> {
  return place.databaseUrl ? openServer(place.databaseUrl) : openEmbedded(place.dataDir)
}

async function openEmbedded(dataDir: string): Promise<Store> {
  const unlock = lockDataDir(dataDir)
  const pglite = await PGlite.create(join(dataDir, 'pg'), { postgresqlconf: ['shared_buffers = 16MB'] })
  const db = drizzlePglite(pglite, { schema })
  await migratePglite(db, migrations)
  return {
    db,
    embedded: pglite,
    url: null,
    notify: notifier(db),
    listen: (channel, hear) => pglite.listen(channel, hear),
    ping: async () => {
      await db.execute(sql`select 1`)
    },
    close: async () => {
      await pglite.close()
      unlock()
    },
  }
}

async function openServer(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 2_000 })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn('a database connection broke', { cause: causeOf(error) }))
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await migrateNode(drizzleNode(client, { schema }), migrations)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
    client.release()
  }
  const db = drizzleNode(pool, { schema })
  return {
    db,
    embedded: null,
    url,
    notify: notifier(db),
    listen: (channel, hear) => listenOnServer(url, channel, hear),
    ping: async () => {
      await pool.query('select 1')
    },
    close: () => pool.end(),
  }
}

const notifier =
  (db: Database): Store['notify'] =>
  async (channel, payload, through = db) => {
    await through.execute(sql`select pg_notify(${channel}, ${payload})`)
  }

/** Keeps one connection for hearing; what was told while it was down is caught up by the readers' own polling. */
async function listenOnServer(url: string, channel: string, hear: (payload: string) => void) {
  let closed = false
  let client: pg.Client
  let timer: NodeJS.Timeout | undefined
  const connect = async () => {
    client = new pg.Client({ connectionString: url })
    client.on('notification', (message) => hear(message.payload ?? ''))
    client.on('error', () => again())
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }
  const again = () => {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(() => connect().catch(again), reconnectMs)
  }
  await connect()
  return async () => {
    closed = true
    clearTimeout(timer)
    await client.end()
  }
}
