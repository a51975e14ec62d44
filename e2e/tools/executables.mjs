import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The first of the given programs that can be executed.
 * @param {(string | undefined)[]} candidates absolute paths, or names looked up in PATH
 * @returns {string | undefined} its absolute path
 */
export function findExecutable(candidates) {
  for (const candidate of candidates) {
    if (!candidate) continue
    const places = candidate.startsWith('/')
      ? [candidate]
      : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, candidate))
    const found = places.find(isExecutable)
    if (found) return found
  }
  return undefined
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
