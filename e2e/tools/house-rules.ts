import { importsOf, type Source } from './rooms.ts'

const mostLines = 400
const isTest = (path: string) => /\.test\.(ts|tsx|mjs)$/.test(path)

/** drizzle-kit loads the schema outside of any bundler, where server-only throws; it holds table shapes alone. */
const withoutServerOnly = ['lib/server/store/schema.ts']
/** The readers of the environment in the product. The bundler replaces NODE_ENV, so it may stand anywhere. */
const environmentReaders = [
  'lib/server/env.ts',
  'instrumentation.ts',
  'next.config.mjs',
  // Where the tests' database server is.
  'lib/server/testing/stores.ts',
]

/** The one writer of the activity log, which appends. */
const logWriter = 'lib/server/store/activity-rows.ts'

interface HouseRule {
  applies: (path: string) => boolean
  broken: (source: Source) => boolean
  sentence: string
}

const inProduct = (path: string) => !path.startsWith('e2e/')
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

const rules: readonly HouseRule[] = [
  {
    applies: () => true,
    broken: ({ text }) => text.trimEnd().split('\n').length > mostLines,
    sentence: `has more than ${mostLines} lines`,
  },
  {
    applies: (path) => inProduct(path) && !path.startsWith('lib/actions/'),
    broken: ({ text }) => /^\s*['"]use server['"]/m.test(code(text)),
    sentence: "says 'use server'; only lib/actions holds doors",
  },
  {
    applies: (path) => path.startsWith('lib/server/') && !isTest(path) && !withoutServerOnly.includes(path),
    broken: ({ text }) => !/^\s*import 'server-only'/.test(code(text)),
    sentence: "does not start with import 'server-only'",
  },
  {
    applies: (path) => path.startsWith('lib/actions/') && !isTest(path),
    broken: ({ text }) => !/^\s*['"]use server['"]/.test(code(text)),
    sentence: "does not start with 'use server'",
  },
  {
    applies: (path) => inProduct(path) && !environmentReaders.includes(path) && !isTest(path),
    broken: ({ text }) =>
      /\bprocess\s*\.\s*env\b(?!\.NODE_ENV\b)/.test(code(text)) ||
      /\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*['"](node:)?process['"]/.test(code(text)),
    sentence: 'reads the environment; lib/server/env.ts is its one reader',
  },
  {
    applies: inProduct,
    broken: ({ text }) => code(text).includes('dangerouslySetInnerHTML'),
    sentence: 'sets inner HTML',
  },
  {
    applies: (path) => inProduct(path) && !isTest(path) && !path.startsWith('lib/server/testing/'),
    broken: ({ path, text }) => {
      const acts =
        path === logWriter ? /\.(update|delete)\(\s*activity\b/ : /\.(insert|update|delete)\(\s*activity\b/
      return (
        acts.test(code(text)) ||
        /\b(into|update|delete\s+from|truncate(\s+table)?)\s+"?activity\b/i.test(code(text))
      )
    },
    sentence: `writes the activity log; ${logWriter} appends to it, and nothing changes or removes what is there`,
  },
  {
    applies: (path) => inProduct(path) && path.endsWith('.tsx'),
    broken: ({ text }) => /\sstyle=[{"']/.test(code(text)) && !/^\s*['"]use client['"]/.test(code(text)),
    sentence: 'has a style prop without use client; the policy drops style attributes of server HTML',
  },
]

/** What a file does against the rules that hold outside of imports, as sentences. */
export function houseFaults(source: Source): string[] {
  const broken = rules.filter((rule) => rule.applies(source.path) && rule.broken(source))
  return [...broken.map(({ sentence }) => `${source.path} ${sentence}`), ...actionFaults(source)]
}

/** Every export of lib/actions is a public endpoint: it has to be what a wrapper of the gate returned. */
function actionFaults({ path, text }: Source): string[] {
  if (!path.startsWith('lib/actions/') || isTest(path)) return []
  const wrappers = importsOf(text).some(({ specifier }) => /\/server\/gate(\/|$)/.test(specifier))
    ? [...text.matchAll(/^import \{(?<names>[^}]*)\} from '[^']*\/server\/gate[^']*'/gm)].flatMap((match) =>
        (match.groups?.names ?? '').split(',').map((name) => name.trim()),
      )
    : []
  return [...code(text).matchAll(/^export\b(?! type\b| interface\b).*/gm)]
    .filter(([line]) => {
      const callee = /^export const \w+ = (?<callee>\w+)[(<]/.exec(line)?.groups?.callee
      return !callee || !/^(\w+A|a)ction$/.test(callee) || !wrappers.includes(callee)
    })
    .map(([line]) => `${path} exports past the gate's action wrapper: ${line}`)
}
