import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { JobKind } from '../../contracts/jobs'
import { CloudError } from '../cloud/cloud-error'
import type { CallEnd } from './call-rows'
import { cutRectangles, halves, type Pair, type Rectangle } from './rectangles'

/** What a call does to its pairs. To offer again is to remove, and then to add. */
export type Step = 'add' | 'remove' | 'answer'

/** The status of every member of an image, by project, or why they could not be read. */
export type MembersRead = ReadonlyMap<string, string> | CloudError

export const firstStep: Readonly<Record<JobKind, Step>> = {
  share: 'add',
  stop: 'remove',
  offer_again: 'remove',
  accept: 'answer',
  reject: 'answer',
}

export const answerOf = (kind: JobKind) => (kind === 'accept' ? 'accepted' : 'rejected')

export const isGone = (read: MembersRead) => read instanceof CloudError && read.code === 'image_not_found'

/**
 * Whether a pair is where a step should bring it, by the members alone. Unknown where they can't be read, or where a
 * recipient does not see its own row: not every cloud shows it.
 */
export function judge(
  step: Step,
  kind: JobKind,
  read: MembersRead,
  projectId: string,
): 'reached' | 'missed' | 'unknown' {
  if (read instanceof CloudError) {
    if (!isGone(read)) return 'unknown'
    return step === 'remove' ? 'reached' : 'missed'
  }
  const status = read.get(projectId)
  if (step === 'answer') {
    if (status === undefined) return 'unknown'
    return status === answerOf(kind) ? 'reached' : 'missed'
  }
  return (status !== undefined) === (step === 'add') ? 'reached' : 'missed'
}

/** Why a pair is not where it should be although its call has ended. */
export function whyMissed(read: MembersRead, end: CallEnd): ErrorCode {
  if (isGone(read)) return 'image_not_found'
  if (end.state === 'timed_out') return 'timeout'
  if (end.state === 'unreadable') return 'job_lost'
  if (end.code !== null) return end.code
  // The cloud says that all went well, or fails without a reason.
  return read instanceof CloudError ? 'outcome_unknown' : 'left_out'
}

/** Reasons that lie with one image, with one project, or with either: the others of the call need not fail with it. */
const blames: Partial<Record<ErrorCode, 'images' | 'projects' | 'either'>> = {
  image_not_found: 'images',
  image_not_ready: 'images',
  image_protected: 'images',
  image_public: 'images',
  image_private: 'images',
  image_encrypted: 'images',
  full_server_image: 'images',
  not_owner: 'images',
  not_supported: 'images',
  vault_needed: 'images',
  vault_unusable: 'images',
  project_unknown: 'projects',
  own_project: 'projects',
  other_region: 'projects',
  key_refused: 'either',
  member_limit: 'either',
}

/**
 * The smaller calls to try after one was refused, so that in the end only those pairs fail that are to blame; none for pairs
 * that share the blame, or where the reason has nothing to do with single ones.
 */
export function smallerCalls(
  pairs: readonly Pair[],
  code: ErrorCode,
): { calls: Rectangle[]; guilty: Pair[] } {
  const blame = blames[code]
  if (!blame) return { calls: [], guilty: [...pairs] }
  const calls: Rectangle[] = []
  const guilty: Pair[] = []
  for (const rectangle of cutRectangles(pairs)) {
    const by = blame === 'either' ? (rectangle.images.length > 1 ? 'images' : 'projects') : blame
    const parts = halves(rectangle, by)
    calls.push(...parts)
    if (parts.length === 0) guilty.push(...pairsOf(rectangle))
  }
  return { calls, guilty }
}

export const pairsOf = ({ images, projects }: Rectangle): Pair[] =>
  images.flatMap((image) => projects.map((project) => ({ image, project })))
