import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Evidence } from './canary-search.ts'
import { createDatabase, type TestDatabase } from './test-database.ts'

export type StoreKind = 'PGlite' | 'PostgreSQL'

/** Where a dashboard of one test keeps its data, of either kind. */
export interface StoreHome {
  settings: { dataDir: string } | { databaseUrl: string }
  /** Every row of every table, and every file that holds them; to be read while no dashboard runs. */
  evidence(): Promise<Evidence[]>
  remove(): Promise<void>
}

type Query = (text: string) => Promise<Record<string, unknown>[]>

/** Makes an empty home. @throws a sentence when PostgreSQL is wanted and not there */
export async function openStoreHome(kind: StoreKind): Promise<StoreHome> {
  return kind === 'PGlite' ? embeddedHome() : serverHome(await createDatabase())
}

function embeddedHome(): StoreHome {
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-test-'))
  return {
    settings: { dataDir },
    evidence: async () => [...filesIn(dataDir), ...(await withCopy(dataDir, dumpTables))],
    remove: async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function serverHome(database: TestDatabase): StoreHome {
  return {
    settings: { databaseUrl: database.url },
    evidence: () => dumpTables(database.query),
    remove: database.drop,
  }
}

function filesIn(directory: string): Evidence[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ place: `file ${relative(directory, file)}`, content: readFileSync(file) }))
}

/** Opens a copy: reading the original would change it, and a killed process leaves it as it was. */
async function withCopy<Result>(dataDir: string, read: (query: Query) => Promise<Result>): Promise<Result> {
  const copy = mkdtempSync(join(tmpdir(), 'shareboard-copy-'))
  cpSync(join(dataDir, 'pg'), join(copy, 'pg'), { recursive: true })
  const database = await PGlite.create(join(copy, 'pg'))
  try {
    return await read(async (text) => (await database.query<Record<string, unknown>>(text)).rows)
  } finally {
    await database.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function dumpTables(query: Query): Promise<Evidence[]> {
  const tables = await query(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const dumped: Evidence[] = []
  for (const { name } of tables) {
    const rows = await query(`select entry::text as line from ${name} as entry`)
    const text = rows.map(({ line }) => line).join('\n')
    dumped.push({ place: `table ${name}`, content: Buffer.from(text) })
  }
  return dumped
}
