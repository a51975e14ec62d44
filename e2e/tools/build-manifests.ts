import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder whose `.next` is tested: the repository's root, or another that holds a build of it. */
export const buildDirectory = resolve(process.env.BUILD_DIRECTORY || join(import.meta.dirname, '..', '..'))

/** A server action as the build knows it. */
export interface BuiltAction {
  name: string
  id: string
  /** Patterns of the pages that carry it, such as `/jobs/[id]`. */
  pages: string[]
}

interface ServerReferences {
  node: Record<string, { exportedName: string; workers: Record<string, unknown> }>
}

const read = <Content>(file: string) =>
  JSON.parse(readFileSync(join(buildDirectory, '.next', 'server', file), 'utf8')) as Content

/** `/(dashboard)/jobs/[id]/page` is served at `/jobs/[id]`. */
const patternOf = (entry: string) =>
  entry
    .replace(/\/(page|route)$/, '')
    .split('/')
    .filter((part) => !/^\(.*\)$/.test(part))
    .join('/') || '/'

/** Every server action that the build serves. */
export function builtActions(): BuiltAction[] {
  return Object.entries(read<ServerReferences>('server-reference-manifest.json').node).map(
    ([id, { exportedName, workers }]) => ({
      name: exportedName,
      id,
      pages: Object.keys(workers).map((worker) => patternOf(worker.replace(/^app/, ''))),
    }),
  )
}

/** Patterns of all pages and all GET handlers, Next's own left out. */
export function builtRoutes(): { pages: string[]; handlers: string[] } {
  const entries = Object.keys(read<Record<string, string>>('app-paths-manifest.json'))
  const ending = (end: string) =>
    entries.filter((entry) => entry.endsWith(end) && !entry.startsWith('/_')).map(patternOf)
  return { pages: ending('/page'), handlers: ending('/route') }
}

/** A path of a pattern. @throws when a part has no value */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\[(\w+)\]/g, (part, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${pattern}: nothing to put for ${part}`)
    return encodeURIComponent(value)
  })
}
