import { posix } from 'node:path'

/** A source file of the project; path is relative to the root, with slashes. */
export interface Source {
  path: string
  text: string
}

interface Rule {
  /** Rooms it may import, beside itself. */
  may: readonly string[]
  /** Rooms it may import types from, by `import type`. */
  types?: readonly string[]
  /** Packages it may not import; with `only`, the ones it may. */
  packages?: { never: RegExp } | { only: RegExp }
}

const nextDoors = /^next\/(cache|headers|navigation|server)$/
const contracts = ['contracts', 'contracts/errors', 'contracts/clouds']
const shared = [...contracts, 'util', 'messages', 'paths']

/** Who may import whom. A path belongs to the first room whose pattern fits. */
const rooms: readonly [room: string, pattern: RegExp][] = [
  ['e2e', /^e2e\//],
  ['components/ui', /^components\/ui\//],
  ['components', /^components\//],
  ['app', /^app\//],
  ['actions', /^lib\/actions\//],
  ['mutations', /^lib\/queries\/use-/],
  ['queries', /^lib\/queries\//],
  ['contracts/errors', /^lib\/contracts\/errors$/],
  ['contracts/clouds', /^lib\/contracts\/(clouds|session)$/],
  ['contracts', /^lib\/contracts\//],
  ['messages', /^lib\/messages\//],
  ['paths', /^lib\/paths$/],
  ['util', /^lib\/util\//],
  ['gate', /^lib\/server\/(gate|failure)$/],
  ['services', /^lib\/server\/services\//],
  ['jobs', /^lib\/server\/jobs\//],
  ['audits', /^lib\/server\/audits\//],
  ['store', /^lib\/server\/store\//],
  ['cloud', /^lib\/server\/cloud\//],
  ['session', /^lib\/server\/session\//],
  ['runtime', /^lib\/server\/runtime$/],
  ['start', /^lib\/server\/start-server$/],
  ['bus', /^lib\/server\/bus$/],
  ['context', /^lib\/server\/context$/],
  ['refusal', /^lib\/server\/refusal$/],
  ['log', /^lib\/server\/log$/],
  ['clock', /^lib\/server\/clock$/],
  ['env', /^lib\/server\/env$/],
  ['policy', /^lib\/server\/content-policy$/],
  ['testing', /^lib\/server\/testing\//],
  ['proxy', /^proxy$/],
  ['instrumentation', /^instrumentation$/],
]

const rules: Record<string, Rule> = {
  page: { may: ['app', 'components/ui', 'components', 'queries', 'services', 'gate', ...shared] },
  view: {
    may: ['app', 'components/ui', 'components', 'queries', 'mutations', ...shared],
    types: ['gate', 'services', 'jobs', 'store', 'cloud', 'session', 'context'],
  },
  'components/ui': { may: ['util'], packages: { never: /^(next|@tanstack\/react-query)(\/|$)/ } },
  components: { may: ['components/ui', 'queries', 'mutations', ...shared] },
  queries: { may: [...contracts, 'util', 'paths'] },
  mutations: { may: ['queries', 'actions', ...contracts, 'util', 'paths'] },
  actions: { may: ['gate', 'services', ...contracts], packages: { never: /^(next\/headers|undici)$/ } },
  gate: { may: ['session', 'cloud', 'runtime', 'context', 'refusal', 'log', ...contracts, 'paths', 'util'] },
  services: {
    may: [
      'cloud',
      'store',
      'jobs',
      'audits',
      'session',
      'runtime',
      'refusal',
      'log',
      'clock',
      ...contracts,
      'util',
    ],
    types: ['context', 'gate'],
    packages: { never: nextDoors },
  },
  jobs: {
    may: ['cloud', 'store', 'session', 'log', 'clock', ...contracts, 'util'],
    types: ['env', 'bus', 'runtime'],
    packages: { never: nextDoors },
  },
  audits: {
    may: ['jobs', 'cloud', 'store', 'session', 'log', 'clock', ...contracts, 'util'],
    types: ['env', 'runtime'],
    packages: { never: nextDoors },
  },
  store: { may: ['env', 'log', 'clock', 'util'], types: contracts },
  // What a cloud can do and how it names people is the cloud's own matter; the views made of it are not.
  cloud: { may: ['env', 'log', 'clock', 'contracts/errors', 'util'], types: ['contracts/clouds'] },
  session: {
    may: ['store', 'cloud', 'refusal', 'log', 'clock', 'env', ...contracts, 'util'],
    types: ['context', 'runtime'],
  },
  // The one place that puts the parts of the server together; the parts know its types alone.
  runtime: { may: ['audits', 'bus', 'clock', 'cloud', 'env', 'jobs', 'log', 'session', 'store'] },
  start: { may: ['runtime', 'log'] },
  bus: { may: ['log'], types: ['store'] },
  context: { may: [], types: ['runtime', 'session', 'cloud', ...contracts] },
  refusal: { may: [], types: contracts },
  log: { may: ['env'] },
  clock: { may: [] },
  env: { may: [] },
  policy: { may: [] },
  // What unit tests share. Nothing of the product imports it.
  testing: {
    may: [
      'audits',
      'bus',
      'clock',
      'cloud',
      'env',
      'jobs',
      'services',
      'session',
      'store',
      ...contracts,
      'util',
    ],
    types: ['context', 'gate', 'runtime'],
  },
  proxy: { may: ['policy', 'env', 'util'] },
  instrumentation: { may: ['start'] },
  contracts: { may: [...contracts, 'util'], packages: { only: /^zod$/ } },
  messages: { may: contracts, packages: { only: /^(react|use-intl|icu-minify\/compile)$/ } },
  paths: { may: contracts, packages: { only: /^$/ } },
  util: { may: contracts, packages: { only: /^(zod|clsx)$/ } },
  e2e: { may: shared, types: ['cloud'] },
}

interface Import {
  specifier: string
  types: boolean
}

/** Every import, re-export and dynamic import of a source, in its order. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  const found: (Import & { at: number })[] = []
  const add = (pattern: RegExp) => {
    for (const match of code.matchAll(pattern)) {
      const { specifier = '', types } = match.groups ?? {}
      found.push({ specifier, types: types !== undefined, at: match.index })
    }
  }
  add(/^\s*(?:import|export)\s+(?<types>type\b)?[^'"`;]*?\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm)
  add(/^\s*import\s*['"](?<specifier>[^'"]+)['"]/gm)
  add(/\bimport\(\s*['"](?<specifier>[^'"]+)['"]\s*\)/g)
  return found.sort((a, b) => a.at - b.at).map(({ specifier, types }) => ({ specifier, types }))
}

/** Where an import leads, relative to the root and without its ending; undefined for packages. */
function target(from: string, specifier: string): string | undefined {
  const bare = specifier.replace(/\.(ts|tsx|mjs|js)$/, '')
  if (bare.startsWith('@/')) return bare.slice(2)
  if (bare.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), bare))
  return undefined
}

function roomOf(path: string): string | undefined {
  const bare = path.replace(/(\.test)?\.(ts|tsx|mjs|js)$/, '')
  return rooms.find(([, pattern]) => pattern.test(bare))?.[0]
}

const nextFile = /\/(page|layout|template|default|loading|not-found|route)\.tsx?$/
const isServerPart = ({ path, text }: Source) => nextFile.test(path) || /^import 'server-only'/m.test(text)

/** The rule a file lives under. In app/ it depends on where the file runs. */
function ruleNameOf(source: Source): string | undefined {
  const room = roomOf(source.path)
  if (room?.startsWith('contracts/')) return 'contracts'
  if (room !== 'app') return room
  return /^\s*['"]use client['"]/.test(source.text) || !isServerPart(source) ? 'view' : 'page'
}

const isTest = (path: string) => /\.test\.(ts|tsx|mjs)$/.test(path)

/**
 * What a file imports against the table of rooms, as sentences. Unit tests may import what they test, wherever it
 * lies; nothing outside of e2e imports e2e, but for the one helper that hands the fake cloud to unit tests.
 */
export function importFaults(source: Source): string[] {
  const own = roomOf(source.path)
  const name = ruleNameOf(source)
  const rule = name === undefined ? undefined : rules[name]
  if (!rule && /^(app|components|lib)\//.test(source.path)) return [`${source.path} lies in no room`]
  return importsOf(source.text).flatMap(({ specifier, types }) => {
    const path = target(source.path, specifier)
    const room = path === undefined ? undefined : roomOf(path)
    const says = `${source.path} imports ${specifier}:`
    if (room === 'e2e' && own === 'testing' && path?.startsWith('e2e/mock-cloud/')) return []
    if (room === 'e2e' && own !== 'e2e') return [`${says} nothing outside of e2e imports e2e`]
    if (!rule || isTest(source.path)) return []
    if (path === undefined)
      return packageAllowed(rule, specifier) ? [] : [`${says} ${name} does without this package`]
    const open = [own, ...rule.may, ...(types ? (rule.types ?? []) : [])]
    if (room === undefined || open.includes(room)) return []
    return [`${says} ${name} may import ${rule.may.join(', ') || 'no other room'}, not ${room}`]
  })
}

function packageAllowed({ packages }: Rule, specifier: string): boolean {
  if (!packages) return true
  return 'only' in packages ? packages.only.test(specifier) : !packages.never.test(specifier)
}
