import type { ActivityEntry } from '@/lib/contracts/activity'
import { paths } from '@/lib/paths'

type Act = Pick<ActivityEntry, 'jobId' | 'auditId' | 'scope' | 'mine' | 'facts'>

/** The screen of the job or audit an act was, or was about. An audit is found from a project. */
export function workOf({ jobId, auditId, scope, mine, facts }: Act) {
  if (jobId !== null) return { kind: 'job', href: paths.job(jobId) } as const
  const { cloud, region, project } = scope
  if (auditId === null || region === null || project === null) return null
  // What somebody read of projects of their own is nobody else's to open.
  if (!mine && facts.reach !== 'cloud') return null
  return { kind: 'audit', href: paths.audit({ cloud, region, project }, { id: auditId }) } as const
}
