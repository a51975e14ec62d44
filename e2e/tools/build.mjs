import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './processes.mjs'
import { PlainError, root, tail } from './project.mjs'

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.mjs',
  'package-lock.json',
  'package.json',
  'proxy.ts',
  'tsconfig.json',
]
const stamp = join(root, '.next', 'built-from')

/**
 * Builds the dashboard unless the last build was made from the same sources.
 * @param {{ show?: boolean }} options show: print the build's output as it comes
 * @throws PlainError that holds the end of a failed build's output
 */
export async function build({ show = false } = {}) {
  const wanted = fingerprint()
  if (existsSync(join(root, '.next', 'BUILD_ID')) && existsSync(stamp)) {
    if (readFileSync(stamp, 'utf8') === wanted) return
  }
  console.log('Building the dashboard (next build) …')
  rmSync(stamp, { force: true })
  const { code, output } = await run('next', ['build'], { show })
  if (code !== 0) throw new PlainError(`${tail(output, 60)}\n\nThe build failed.`)
  writeFileSync(stamp, wanted)
}

/** Hash over the names and contents of everything that goes into a build, and over the key that is baked in. */
function fingerprint() {
  const hash = createHash('sha256')
  hash.update(process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? '').update('\0')
  for (const file of sources.flatMap(filesUnder)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(join(root, path))) return []
  if (path.includes('.')) return [path]
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort()
}
