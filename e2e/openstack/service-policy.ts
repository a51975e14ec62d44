import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tryRun } from './processes.ts'

const POLICY = '/usr/sbin/policy-rc.d'
const KEPT = `${POLICY}.before-shareboard`
const DENIED = 101

/**
 * Runs `work` while Debian's packages may not start services (a `policy-rc.d` that answers 101), and puts back what
 * was there before. A request to end waits for that: the policy must not stay behind.
 */
export async function withoutServiceStarts(work: () => Promise<unknown>): Promise<void> {
  const present = existsSync(POLICY)
  if (present && (await tryRun(POLICY, ['postgresql', 'start']))?.code === DENIED) {
    await work()
    return
  }
  const waitForChildren = () => console.error('Waiting for apt-get to end.')
  process.on('SIGINT', waitForChildren).on('SIGTERM', waitForChildren)
  try {
    if (present) renameSync(POLICY, KEPT)
    writeFileSync(POLICY, `#!/bin/sh\nexit ${DENIED}\n`)
    chmodSync(POLICY, 0o755)
    await work()
  } finally {
    rmSync(POLICY, { force: true })
    if (present) renameSync(KEPT, POLICY)
    process.off('SIGINT', waitForChildren).off('SIGTERM', waitForChildren)
  }
}
