import 'server-only'
import type { JobKind } from '../../contracts/jobs'
import type { ImageAccess } from '../cloud/glance'
import type { PairCall, PairOutcome, Sharing } from '../cloud/sharing'

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
  kind: JobKind,
  sharing: Sharing,
  access: ImageAccess,
  pair: PairCall,
): Promise<PairOutcome> {
  return verbs[kind](sharing, access, pair)
}
