import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from './cloud-error'
import { visibilityAllowsMembers } from './family'
import { callGlance, GlanceMember, GlanceMemberList, type ImageAccess, pathPart, readAs } from './glance'
import { readImage } from './images'
import { limits } from './limits'
import type { PairCall, PairOutcome, Sharing } from './sharing'

const memberPath = (imageId: string, projectId: string) =>
  `/images/${pathPart(imageId)}/members/${pathPart(projectId)}`

/** Glance has no pages of members; newer IMS regions may cut the list and name a marker (Huawei API reference). */
async function list(access: ImageAccess, imageId: string): Promise<GlanceMember[]> {
  const found: GlanceMember[] = []
  let marker = ''
  for (let page = 0; page < limits.pages; page += 1) {
    const search = marker === '' ? '' : `?${new URLSearchParams({ marker })}`
    const response = await callGlance(access, `/images/${pathPart(imageId)}/members${search}`, {
      method: 'GET',
      retry: 'read',
      // Glance refuses the question for an image that can't have members; IMS to who lacks the permission.
      codes: { 404: 'image_not_found', 403: isIms(access) ? 'forbidden' : 'not_shareable' },
    })
    const { members, page_info } = readAs(GlanceMemberList, response)
    found.push(...members)
    const next = page_info?.next_marker ?? ''
    if (next === '' || next === marker || members.length === 0) break
    marker = next
  }
  return found
}

const isIms = ({ family }: ImageAccess) => family.visibility_model === 'any'

const isMissing = (error: CloudError) => error.status === 404 || error.code === 'image_not_found'

async function find(access: ImageAccess, imageId: string, projectId: string): Promise<GlanceMember | null> {
  try {
    const response = await callGlance(access, memberPath(imageId, projectId), {
      method: 'GET',
      retry: 'read',
    })
    return readAs(GlanceMember, response)
  } catch (error) {
    // Glance answers 404 for every refusal here, so the image's own state is asked for elsewhere. IMS says so by a code.
    if (error instanceof CloudError && isMissing(error)) return null
    throw error
  }
}

const sent = (
  response: { upstreamRequestId: string | null },
  state: PairOutcome['state'] = 'done',
): PairOutcome => ({
  state,
  upstreamRequestId: response.upstreamRequestId,
})

/**
 * Runs one write until its outcome is known: a lost answer is looked up by reading before anything is sent again, at
 * most `limits.attempts` times. An error that comes before a lost answer was looked up says so (`mayHaveActed`).
 */
async function untilKnown(
  mayHaveHappened: boolean,
  look: () => Promise<boolean>,
  write: () => Promise<PairOutcome>,
): Promise<PairOutcome> {
  let lost = mayHaveHappened
  let unseen = mayHaveHappened
  const isThere = async () => {
    const there = await look()
    unseen = false
    return there
  }
  const sendOnce = async (): Promise<PairOutcome | CloudError> => {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof CloudError) || error.code !== 'outcome_unknown') throw error
      lost = true
      unseen = true
      return error
    }
  }
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (lost && (await isThere())) return { state: 'done', upstreamRequestId: null }
      const outcome = await sendOnce()
      // What an earlier, lost call of ours put there is ours, even if it is only now found as "already".
      if (!(outcome instanceof CloudError)) return lost ? { ...outcome, state: 'done' } : outcome
      if (attempt < limits.attempts) continue
      if (await isThere()) return { state: 'done', upstreamRequestId: outcome.upstreamRequestId }
      throw new CloudError('upstream_unavailable', outcome)
    }
  } catch (error) {
    if (!unseen || !(error instanceof CloudError)) throw error
    throw new CloudError(error.code, { ...error, mayHaveActed: true, cause: error.cause })
  }
}

/**
 * 403 says "not allowed" for a foreign image and for one that is not shared, to administrators as well; the image itself
 * tells which. The list of IMS leaves out foreign images that we have not accepted.
 */
async function whyForbidden(access: ImageAccess, imageId: string, error: CloudError): Promise<never> {
  const image = await readImage(access, imageId).catch((unread: unknown) => {
    throw unread instanceof CloudError && isMissing(unread) && isIms(access) ? error : unread
  })
  const allowed = visibilityAllowsMembers(access.family, image.visibility)
  const unshareable = access.family.visibility_model === 'shared' ? 'not_shareable' : 'image_public'
  throw new CloudError(allowed ? 'forbidden' : unshareable, error)
}

const notShared = { 404: 'image_not_found' } as const satisfies Record<number, ErrorCode>

async function share(
  access: ImageAccess,
  { imageId, projectId, mayHaveHappened }: PairCall,
): Promise<PairOutcome> {
  const isMember = async () => (await find(access, imageId, projectId)) !== null
  return untilKnown(mayHaveHappened, isMember, async () => {
    try {
      const response = await callGlance(access, `/images/${pathPart(imageId)}/members`, {
        method: 'POST',
        body: { member: projectId },
        retry: 'write',
        codes: notShared,
      })
      if (!GlanceMember.safeParse(response.json).success) throw new CloudError('outcome_unknown', response)
      return sent(response)
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      // The limit is checked before the duplicate, so a full image answers 413 to what is already there.
      if ((error.code === 'conflict' || error.code === 'member_limit') && (await isMember()))
        return sent(error, 'already')
      if (error.code === 'forbidden') return whyForbidden(access, imageId, error)
      throw error
    }
  })
}

const rowsOf = async (access: ImageAccess, { imageId, projectId }: PairCall) =>
  (await list(access, imageId)).filter((member) => member.member_id === projectId)

async function removeRow(access: ImageAccess, pair: PairCall): Promise<PairOutcome> {
  const { imageId, projectId, mayHaveHappened } = pair
  const isGone = async () => (await rowsOf(access, pair)).length === 0
  return untilKnown(mayHaveHappened, isGone, async () => {
    try {
      return sent(
        await callGlance(access, memberPath(imageId, projectId), { method: 'DELETE', retry: 'write' }),
      )
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      // 404 is the member or the image; listing tells, and fails by itself when it is the image.
      if (isMissing(error) && (await isGone())) return sent(error, 'already')
      if (error.code === 'forbidden') return whyForbidden(access, imageId, error)
      throw error
    }
  })
}

/**
 * One removal takes one row, and the others go on giving access (recorded: 16 concurrent shares leave up to 8). So where a
 * project was seen more than once, its rows are removed until none is left.
 */
async function stop(access: ImageAccess, pair: PairCall): Promise<PairOutcome> {
  const outcome = await removeRow(access, pair)
  if (!pair.standsTwice || outcome.state === 'already') return outcome
  try {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const { length: left } = await rowsOf(access, pair)
      if (left === 0) return outcome
      // Somebody adds what is removed here.
      if (left >= before) throw new CloudError('conflict')
      before = left
      await removeRow(access, { ...pair, mayHaveHappened: false })
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    throw new CloudError(error.code, { ...error, mayHaveActed: true, cause: error.cause })
  }
}

async function answer(
  access: ImageAccess,
  { imageId, projectId, mayHaveHappened, vaultId }: PairCall,
  status: 'accepted' | 'rejected',
): Promise<PairOutcome> {
  const isSet = async () => (await find(access, imageId, projectId))?.status === status
  return untilKnown(mayHaveHappened, isSet, async () => {
    const response = await callGlance(access, memberPath(imageId, projectId), {
      method: 'PUT',
      body: vaultId === undefined ? { status } : { status, vault_id: vaultId },
      retry: 'write',
      codes: { 404: 'image_not_found' },
    })
    if (GlanceMember.safeParse(response.json).data?.status !== status) {
      throw new CloudError('outcome_unknown', response)
    }
    return sent(response)
  })
}

async function offerAgain(access: ImageAccess, pair: PairCall): Promise<PairOutcome> {
  const rows = await rowsOf(access, pair)
  const isOffered = rows.length === 1 && rows[0]?.status === 'pending'
  if (pair.mayHaveHappened && isOffered) return { state: 'done', upstreamRequestId: null }
  if (rows.length > 0) await stop(access, { ...pair, standsTwice: rows.length > 1 })
  return share(access, pair)
}

/** Glance v2 members: one call per pair, synchronous. */
export const nativeSharing: Sharing = { list, find, share, stop, answer, offerAgain }
