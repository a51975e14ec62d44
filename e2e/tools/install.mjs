import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './processes.mjs'
import { PlainError, root, tail } from './project.mjs'

const oldestNode = [22, 19]

/**
 * Brings node_modules into line with package-lock.json by `npm ci`; does nothing when they agree already.
 * @throws PlainError when npm fails, or when no Node new enough is there afterwards
 */
export async function install() {
  if (isInstalled()) return
  console.log('Installing packages (npm ci) …')
  const { code, output } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  if (code !== 0) throw new PlainError(`${tail(output, 40)}\n\nnpm ci failed; its own words are above.`)
  await checkNode()
}

/** npm leaves a list of what it installed, written at the end of an install: it is compared with the lock. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf(join('node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  const names = new Set([...Object.keys(wanted), ...Object.keys(present)])
  names.delete('')
  return [...names].every((name) => {
    const [want, have] = [wanted[name], present[name]]
    if (!have) return want.optional === true
    return want?.version === have.version && want.integrity === have.integrity
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

async function checkNode() {
  const { code, output } = await run('node', ['--version'])
  const [major = 0, minor = 0] = output.trim().replace('v', '').split('.').map(Number)
  const [wantedMajor, wantedMinor] = oldestNode
  if (code === 0 && (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor))) return
  throw new PlainError(
    `Shareboard needs Node ${oldestNode.join('.')} or newer and brings it along on Linux x64 and arm64; here it found ${output.trim()}. Install a newer Node and run the command again.`,
  )
}
