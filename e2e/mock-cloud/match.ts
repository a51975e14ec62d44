import type { LedgerEntry } from './ledger.ts'

/** Which calls a hold or a fault is for; what is left out matches everything. */
export type CallPattern = {
  service?: 'identity' | 'image'
  method?: string
  /** Regular expression searched in the path without prefix and query. */
  path?: string
  /** Regular expression searched in the raw query. */
  query?: string
  /** Project the caller's token is scoped to. */
  projectId?: string
  /** Project named in the body of a member POST or a batch call. */
  member?: string
}

/** Compiles a pattern; throws a SyntaxError for a bad regular expression. */
export function compilePattern(pattern: CallPattern): (entry: LedgerEntry) => boolean {
  const path = pattern.path === undefined ? null : new RegExp(pattern.path)
  const query = pattern.query === undefined ? null : new RegExp(pattern.query)
  return (entry) =>
    (pattern.service === undefined || entry.service === pattern.service) &&
    (pattern.method === undefined || entry.method === pattern.method) &&
    (pattern.projectId === undefined || entry.projectId === pattern.projectId) &&
    (pattern.member === undefined ||
      entry.member === pattern.member ||
      entry.projects?.includes(pattern.member) === true) &&
    (path === null || path.test(entry.path)) &&
    (query === null || query.test(entry.query))
}
