import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { run } from './processes.mjs'
import { PlainError, tail } from './project.mjs'

const policyFile = '/usr/sbin/policy-rc.d'
const waitForLocks = ['-o', 'DPkg::Lock::Timeout=900']
const quiet = { DEBIAN_FRONTEND: 'noninteractive' }

/** Whether this process may and can install Debian packages. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/**
 * Installs Debian packages without starting the services they bring.
 * @param {string[]} packages
 * @throws PlainError with the end of apt's own output
 */
export async function installPackages(packages) {
  // Not on standard output: some callers print their answer there.
  console.error(`Installing Debian packages: ${packages.join(', ')}`)
  const restore = await refuseServiceStarts()
  try {
    await updateLists()
    const args = [...waitForLocks, 'install', '-y', '-q', '--no-install-recommends', ...packages]
    const { code, output } = await run('apt-get', args, { env: quiet })
    if (code !== 0) throw new PlainError(`${tail(output)}\napt-get could not install ${packages.join(', ')}.`)
  } finally {
    restore()
  }
}

// The lists have a lock of their own which apt does not wait for.
async function updateLists() {
  for (let attempt = 1; ; attempt += 1) {
    const { code, output } = await run('apt-get', ['update', '-q'], { env: quiet })
    if (code === 0) return
    if (attempt === 30 || !output.includes('Could not get lock')) {
      throw new PlainError(`${tail(output)}\napt-get update failed.`)
    }
    await pause(2000)
  }
}

/** Makes Debian's maintainer scripts start nothing; returns the way back. A policy that refuses already stays. */
async function refuseServiceStarts() {
  if (existsSync(policyFile)) {
    const { code } = await run(policyFile, ['postgresql', 'start'])
    if (code === 101) return () => {}
  }
  const aside = existsSync(policyFile) ? `${policyFile}.aside-${process.pid}` : undefined
  if (aside) renameSync(policyFile, aside)
  writeFileSync(policyFile, '#!/bin/sh\nexit 101\n')
  chmodSync(policyFile, 0o755)
  return () => (aside ? renameSync(aside, policyFile) : rmSync(policyFile, { force: true }))
}
