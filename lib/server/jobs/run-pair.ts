import 'server-only'
import type { JobKind } from '../../contracts/jobs'
import type { ImageAccess } from '../cloud/glance'
import type { PairCall, PairOutcome, Sharing } from '../cloud/sharing'
import type { Item } from './item-rows'
import type { JobRecord } from './job-rows'

/** Which verb a kind of job is, for one pair. */
const verbs: Record<
  JobKind,
  (sharing: Sharing, access: ImageAccess, pair: PairCall) => Promise<PairOutcome>
> = {
  share: (sharing, access, pair) => sharing.share(access, pair),
  stop: (sharing, access, pair) => sharing.stop(access, pair),
  offer_again: (sharing, access, pair) => sharing.offerAgain(access, pair),
  accept: (sharing, access, pair) => sharing.answer(access, pair, 'accepted'),
  reject: (sharing, access, pair) => sharing.answer(access, pair, 'rejected'),
}

/** Runs one pair of a job. @throws CloudError */
export function runPair(
  job: JobRecord,
  sharing: Sharing,
  access: ImageAccess,
  { image, project, mayHaveHappened }: Item,
): Promise<PairOutcome> {
  return verbs[job.kind](sharing, access, {
    imageId: job.images[image]?.id ?? '',
    projectId: job.projects[project]?.id ?? '',
    mayHaveHappened,
    vaultId: vaultFor(job, image) ?? undefined,
    standsTwice: job.images[image]?.twice,
  })
}

/** The vault to name when this image is accepted: full-server images alone go into one. */
export const vaultFor = (job: JobRecord, image: number): string | null =>
  job.kind === 'accept' && job.images[image]?.fullServer === true ? job.vaultId : null
