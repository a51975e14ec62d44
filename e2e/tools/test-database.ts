import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** A database of its own for one test. */
export interface TestDatabase {
  url: string
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Takes it away, whoever is still connected. */
  drop(): Promise<void>
}

/** Makes an empty database on the server of TEST_DATABASE_URL. @throws a sentence when there is no such server */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) {
    throw new Error(
      'TEST_DATABASE_URL is not set. These tests need a PostgreSQL server; npm test starts one by itself.',
    )
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    query: (text, values) => run(url.href, text, values),
    drop: async () => {
      await run(server, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Statements are rare here: a connection each keeps nothing open that a killed server would have to get past. */
async function run(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows
  } finally {
    await client.end()
  }
}
