import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Where test runs leave reports; out of git. */
export const reportDirectory = join(root, '.test')

/** An expected failure: its message is a plain sentence for the person at the terminal, shown without a stack. */
export class PlainError extends Error {}

/**
 * Environment for children: `node_modules/.bin` first in PATH, so that `node` is the project's own Node once
 * it is installed, even when this script itself was started by an older one.
 * @param {Record<string, string | undefined>} extra added last; undefined removes a variable
 * @returns {Record<string, string>}
 */
export function projectEnv(extra = {}) {
  const bin = join(root, 'node_modules', '.bin')
  const path = [bin, ...(process.env.PATH ?? '').split(':').filter((entry) => entry !== bin)].join(':')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...extra, PATH: path }
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
}

/** The last lines of a text, for telling why a command failed. */
export function tail(text, lines = 15) {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
