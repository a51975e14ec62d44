import { canInstallPackages, installPackages } from './apt.mjs'
import { findExecutable } from './executables.mjs'
import { PlainError } from './project.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

/**
 * Finds Chromium, or installs Debian's when this is root.
 * @returns {Promise<string>} path of the program
 * @throws PlainError that says what to do
 */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (findExecutable([given])) return given
    throw new PlainError(`CHROMIUM_PATH names ${given}, which is not a program that can be run.`)
  }
  const present = findExecutable(places)
  if (present) return present
  if (!canInstallPackages()) {
    throw new PlainError(
      'The browser tests need Chromium. Install it (apt-get install chromium), set CHROMIUM_PATH, or run this as root on Debian.',
    )
  }
  await installPackages(['chromium'])
  const installed = findExecutable(places)
  if (installed) return installed
  throw new PlainError('Debian installed the package chromium, but no such program was found afterwards.')
}
