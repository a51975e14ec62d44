import 'server-only'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Holds a data directory for this process alone. PGlite has no lock of its own: two processes on one directory both open
 * it and silently lose each other's rows. SQLite's file lock is released by the system however the process ends.
 * Throws a plain sentence when another process holds it.
 */
export function lockDataDir(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 })
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch {
    lock.close()
    throw new Error(
      `Another Shareboard process uses ${directory}. Stop it, or give this one its own SHAREBOARD_DATA_DIR, or set DATABASE_URL to run several.`,
    )
  }
  return () => lock.close()
}
