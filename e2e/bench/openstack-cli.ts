import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toEnvironment } from '../openstack/environment.ts'
import { ensureClientPackages } from '../openstack/packages.ts'
import { endedWell, startProcess } from '../openstack/processes.ts'
import type { Credentials } from '../openstack/sign-in.ts'
import { systemEnvironment } from '../openstack/system-environment.ts'
import type { Pair } from './bare-members.ts'

/**
 * Adds the pairs as a person would in a shell: `openstack image add project` for one after the other, as the given user
 * of the cloud. Installs the command first where it may. The first pair fills the command's caches and is
 * not counted. Returns seconds per pair; throws with the command's output when it fails.
 */
export async function measureOpenstackCommand(
  cloud: { authUrl: string; region?: string },
  who: Credentials,
  pairs: Pair[],
): Promise<number> {
  await ensureClientPackages()
  const directory = mkdtempSync(join(tmpdir(), 'shareboard-command-'))
  const log = join(directory, 'openstack.log')
  const env = { ...systemEnvironment(directory), ...toEnvironment({ ...cloud, admin: who }) }
  const add = ({ imageId, memberId }: Pair) => {
    const args = ['image', 'add', 'project', imageId, memberId]
    return endedWell(
      startProcess({ name: 'openstack image add project', command: '/usr/bin/openstack', args, env, log }),
    )
  }
  const [first, ...counted] = pairs
  if (!first || counted.length === 0) throw new Error('The openstack command needs at least two pairs.')
  try {
    await add(first)
    const start = performance.now()
    for (const pair of counted) await add(pair)
    return (performance.now() - start) / 1000 / counted.length
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
