import 'server-only'
import { createIdentity } from '../cloud/identity'
import { nativeSharing } from '../cloud/native-sharing'
import type { Env } from '../env'
import type { Work } from '../jobs/engine'
import type { FaultPoints } from '../jobs/fault-points'
import { type AccessParts, openAccesses } from '../jobs/run-access'
import { isAdministrator } from '../session/in-project'
import { claimAudit, finishAudit, pauseAudit } from './audit-rows'
import { runAudit } from './run-audit'

interface AuditParts extends AccessParts {
  env: Pick<Env, 'adminRoles'>
  faults: FaultPoints
}

/** Audits: images and their members, read into a snapshot. */
export const audits = (parts: AuditParts): Work => ({
  queue: 'audit',
  atOnce: 2,
  async run(id, signal) {
    const { store, clock, env, clouds, faults } = parts
    const audit = await claimAudit(store.db, id, clock.now())
    if (!audit) return
    const cloud = clouds.get(audit.cloud)
    const opened = new Map(
      (await openAccesses(parts, audit)).map(({ roles, ...access }) => [
        access.projectId,
        { ...access, isAdmin: isAdministrator(env, roles) },
      ]),
    )
    const wanted = audit.sources.filter(({ code }) => code === undefined)
    const accesses = wanted.flatMap(({ id: project }) => opened.get(project) ?? [])
    if (!cloud || accesses.length === 0 || accesses.length < wanted.length)
      return pauseAudit(store, audit, 'sign_in')
    // A role can be taken away while its session lasts. The cloud then shows less, and says nothing of it.
    if (audit.reach === 'cloud' && accesses.some(({ isAdmin }) => !isAdmin))
      return finishAudit(store, audit, { state: 'failed', code: 'forbidden' }, clock.now())
    const { config, http } = cloud
    const identityThrough = (through: typeof http) => createIdentity(config, through)
    const run = { store, clock, faults, http, identityThrough, sharing: nativeSharing }
    await runAudit(run, audit, accesses, signal)
  },
})
