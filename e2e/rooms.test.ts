import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { houseFaults } from './tools/house-rules.ts'
import { importFaults, importsOf, type Source } from './tools/rooms.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patterns = ['{app,components,lib,e2e}/**/*.{ts,tsx,mjs}', '*.{ts,mjs}']

function projectSources(): Source[] {
  return globSync(patterns, {
    cwd: root,
    exclude: (path) => path.endsWith('.d.ts') || path.endsWith('node_modules'),
  }).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }))
}

describe('the project', () => {
  const sources = projectSources()

  test('is found', () => {
    expect(sources.map(({ path }) => path)).toContain('e2e/rooms.test.ts')
  })

  test('keeps its imports between the rooms', () => {
    expect(sources.flatMap(importFaults)).toEqual([])
  })

  test('keeps the house rules', () => {
    expect(sources.flatMap(houseFaults)).toEqual([])
  })
})

test('imports of every form are seen', () => {
  const text = [
    "import a from 'a'",
    "import type { B } from 'b'",
    'import {',
    '  c,',
    "} from 'c'",
    "export * from 'd'",
    "import 'e'",
    "const f = await import('f')",
    "/* import g from 'g' */",
  ].join('\n')
  expect(importsOf(text)).toEqual([
    { specifier: 'a', types: false },
    { specifier: 'b', types: true },
    { specifier: 'c', types: false },
    { specifier: 'd', types: false },
    { specifier: 'e', types: false },
    { specifier: 'f', types: false },
  ])
})

// Sources that break one rule each; without these nobody would know that the rules can fail.
const view = 'app/images/images-view.tsx'
const badImports: [path: string, text: string, fault: string][] = [
  ['app/jobs/page.tsx', "import { glance } from '@/lib/server/cloud/glance'", 'page may import'],
  [view, "'use client'\nimport { list } from '@/lib/server/services/images'", 'not services'],
  [view, "'use client'\nimport { share } from '../../lib/actions/shares'", 'not actions'],
  ['app/images/columns.tsx', "import { list } from '@/lib/server/services/images'", 'not services'],
  ['components/ui/button.tsx', "import Link from 'next/link'", 'without this package'],
  ['components/ui/button.tsx', "import { images } from '@/lib/queries/images'", 'not queries'],
  ['components/ui/button.tsx', "import type { Job } from '@/lib/contracts/jobs'", 'not contracts'],
  ['components/table/table.tsx', "import type { Env } from '@/lib/server/env'", 'not env'],
  ['lib/queries/images.ts', "import { useImages } from './use-images'", 'not mutations'],
  ['lib/queries/use-images.ts', "import { env } from '../server/env'", 'not env'],
  ['lib/actions/shares.ts', "import { glance } from '../server/cloud/glance'", 'not cloud'],
  ['lib/actions/shares.ts', "import { cookies } from 'next/headers'", 'without this package'],
  ['lib/server/services/images.ts', "import { cookies } from 'next/headers'", 'without this package'],
  ['lib/server/jobs/run.ts', "import { list } from '../services/images'", 'not services'],
  ['lib/server/store/store.ts', "export { glance } from '../cloud/glance'", 'not cloud'],
  ['lib/server/cloud/glance.ts', "import type { JobView } from '../../contracts/jobs'", 'not contracts'],
  ['lib/contracts/jobs.ts', "import { queryOptions } from '@tanstack/react-query'", 'without this package'],
  ['lib/util/format.ts', "import { paths } from '../paths'", 'not paths'],
  ['lib/util/format.test.ts', "import { startMockCloud } from '../../e2e/mock-cloud/main'", 'outside of e2e'],
  ['lib/server/testing/fake-cloud.ts', "import { lab } from '../../../e2e/openstack/lab'", 'outside of e2e'],
  ['lib/server/services/jobs.ts', "import { stores } from '../testing/stores'", 'not testing'],
  ['instrumentation.ts', "const x = await import('./e2e/tools/shots')", 'outside of e2e'],
  ['lib/server/jobs/engine.ts', "import { runtime } from '../runtime'", 'not runtime'],
  ['proxy.ts', "import { runtime } from './lib/server/runtime'", 'not runtime'],
  ['e2e/images.e2e.ts', "import { glance } from '@/lib/server/cloud/glance'", 'not cloud'],
]

const goodImports: [path: string, text: string][] = [
  [
    'app/jobs/page.tsx',
    "import { list } from '@/lib/server/services/jobs'\nimport { View } from './jobs-view'",
  ],
  ['app/api/context.ts', "import 'server-only'\nimport { handler } from '@/lib/server/gate'"],
  [
    view,
    "'use client'\nimport type { Row } from '@/lib/server/services/images'\nimport { useState } from 'react'",
  ],
  ['lib/server/cloud/glance.ts', "import type { ErrorCode } from '../../contracts/errors'"],
  ['lib/server/jobs/engine.ts', "import type { CloudClients } from '../runtime'"],
  ['lib/server/jobs/run.test.ts', "import { list } from '../services/images'"],
  ['lib/server/testing/fake-cloud.ts', "import { startMockCloud } from '../../../e2e/mock-cloud/server'"],
  ['e2e/images.e2e.ts', "import type { GlanceImage } from '@/lib/server/cloud/schemas'"],
]

describe('a planted import', () => {
  test.each(badImports)('%s: %s', (path, text, fault) => {
    const [sentence, ...more] = importFaults({ path, text })
    expect(sentence).toMatch(new RegExp(`^${path} imports .*${fault}`))
    expect(more).toEqual([])
  })

  test('of a file that lies in no room is a fault by itself', () => {
    expect(importFaults({ path: 'lib/helpers/a.ts', text: '' })).toEqual(['lib/helpers/a.ts lies in no room'])
  })

  test.each(goodImports)('is allowed in %s: %s', (path, text) => {
    expect(importFaults({ path, text })).toEqual([])
  })
})

const only = "import 'server-only'\n"
const gate = "'use server'\nimport { action } from '@/lib/server/gate'\n"
const badSources: [path: string, fault: string, text: string][] = [
  ['lib/util/long.ts', 'more than 400 lines', 'x\n'.repeat(401)],
  ['app/a/page.tsx', "'use server'", "function save() {\n  'use server'\n}"],
  ['lib/server/log.ts', "import 'server-only'", "import pino from 'pino'"],
  ['lib/actions/shares.ts', "start with 'use server'", "import { action } from '@/lib/server/gate'"],
  ['lib/server/log.ts', 'reads the environment', `${only}const level = process.env.LEVEL`],
  ['lib/server/log.ts', 'reads the environment', `${only}import { env } from 'node:process'`],
  ['components/a.tsx', 'inner HTML', '<p dangerouslySetInnerHTML={{ __html: x }} />'],
  ['components/a.tsx', 'style prop', '<p style={{ width }} />'],
  ['lib/server/jobs/a.ts', 'activity log', `${only}await db.insert(activity).values(row)`],
  ['lib/server/jobs/a.ts', 'activity log', `${only}await tx\n.delete(\n activity).where(x)`],
  ['lib/server/jobs/a.ts', 'activity log', `${only}sql\`DELETE FROM "activity" where at < 1\``],
  ['lib/server/store/activity-rows.ts', 'activity log', `${only}await db.update(activity).set(row)`],
  ['lib/actions/shares.ts', 'past the gate', `${gate}export async function share() {}`],
  ['lib/actions/shares.ts', 'past the gate', `${gate}export const share = helper(Input, run)`],
  ['lib/actions/shares.ts', 'past the gate', `${gate}export { share } from './others'`],
  ['lib/actions/shares.ts', 'past the gate', "'use server'\nexport const share = action(Input, run)"],
]

const goodSources: [path: string, text: string][] = [
  [
    'lib/actions/shares.ts',
    `${gate}export const share = action(Input, shares.start)\nexport type Input = string`,
  ],
  ['components/a.tsx', "'use client'\nexport const A = () => <p style={{ width }} />"],
  ['lib/server/log.ts', `// Never logs process.env.\n${only}`],
  ['components/a.tsx', "const development = process.env.NODE_ENV === 'development'"],
]

describe('a planted source', () => {
  test.each(badSources)('%s: %s', (path, fault, text) => {
    const faults = houseFaults({ path, text })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`${path} `)
    expect(faults[0]).toContain(fault)
  })

  test.each(goodSources)('is allowed in %s (%#)', (path, text) => {
    expect(houseFaults({ path, text })).toEqual([])
  })
})
