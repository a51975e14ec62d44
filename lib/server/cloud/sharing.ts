import 'server-only'
import type { GlanceMember, ImageAccess } from './glance'

/** How one pair ended: changed by us, or found as wanted. Failures are thrown as `CloudError`. */
export interface PairOutcome {
  state: 'done' | 'already'
  upstreamRequestId: string | null
}

export interface PairCall {
  imageId: string
  projectId: string
  /**
   * The call may have reached the cloud before (a crash, a lost answer): read first, and count what is there as ours.
   */
  mayHaveHappened: boolean
  /** The project was seen more than once on the image. Then ending its access takes more than one removal. */
  standsTwice?: boolean
  /** The recipient's backup vault, where a full-server image is accepted into one (IMS). */
  vaultId?: string
}

/** The member API of a cloud, one pair at a time. Every verb is safe to call again. */
export interface Sharing {
  list(access: ImageAccess, imageId: string): Promise<GlanceMember[]>
  /** The row of one member, or null when the project is not a member. */
  find(access: ImageAccess, imageId: string, projectId: string): Promise<GlanceMember | null>
  share(access: ImageAccess, pair: PairCall): Promise<PairOutcome>
  stop(access: ImageAccess, pair: PairCall): Promise<PairOutcome>
  answer(access: ImageAccess, pair: PairCall, status: 'accepted' | 'rejected'): Promise<PairOutcome>
  /** Removes and adds, because only a new membership is pending again. */
  offerAgain(access: ImageAccess, pair: PairCall): Promise<PairOutcome>
}
