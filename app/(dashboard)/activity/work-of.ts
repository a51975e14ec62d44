import type { ActivityEntry } from '@/lib/contracts/activity'
import { paths } from '@/lib/paths'

/** The screen of the job or audit an act was, or was about. An audit is found from a project. */
export function workOf({ jobId, auditId, scope }: Pick<ActivityEntry, 'jobId' | 'auditId' | 'scope'>) {
  if (jobId !== null) return { kind: 'job', href: paths.job(jobId) } as const
  const { cloud, region, project } = scope
  if (auditId === null || region === null || project === null) return null
  return { kind: 'audit', href: paths.audit({ cloud, region, project }, { id: auditId }) } as const
}
