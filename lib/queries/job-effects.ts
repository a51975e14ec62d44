import type { QueryClient } from '@tanstack/react-query'
import { isFinished, type JobView } from '../contracts/jobs'
import { activityKey } from './activity-key'
import { images } from './images'
import { incoming } from './incoming'

/** The end of a job reaches a tab by its action, by the event stream and by polling; what it touched is read again once. */
const told = new WeakMap<QueryClient, Set<string>>()

/** Makes stale what a finished job has changed, the first time its end is seen: the log, and members of its images or offers. */
export function applyJobEffects(client: QueryClient, job: JobView): void {
  if (!isFinished(job)) return
  const known = told.get(client) ?? new Set()
  told.set(client, known)
  if (known.has(job.id)) return
  known.add(job.id)
  void client.invalidateQueries({ queryKey: activityKey })
  if (job.kind === 'accept' || job.kind === 'reject') {
    void client.invalidateQueries({ queryKey: incoming.all() })
    return
  }
  for (const { id } of job.images) {
    void client.invalidateQueries({ queryKey: images.members(job.scope, id).queryKey })
    void client.invalidateQueries({ queryKey: images.detail(job.scope, id).queryKey })
  }
}
