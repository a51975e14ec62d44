import type { At } from '../glance/caller.ts'
import { addMember, setMemberStatus } from '../glance/members.ts'
import type { Call, Reply } from '../http/call.ts'
import { imsRefuse } from './answers.ts'
import { faultOf } from './member-rules.ts'

/** `POST /v2/images/{id}/members`: as in Glance, under the rules of IMS and without a change of visibility before. */
export function addNativeMember(at: At, imageId: string): Reply {
  const project = textIn(at.call, 'member')
  const image = at.cloud.images(at.call.region).images.get(imageId)
  const fault = project && faultOf(at, image, { operation: 'add', project })
  return refused(at, fault) ?? addMember(at, imageId)
}

/** `PUT /v2/images/{id}/members/{project}`: no way back to pending, and a vault for an image of a whole server. */
export function answerNative(at: At, imageId: string, memberId: string): Reply {
  const { cloud, call, caller } = at
  const status = textIn(call, 'status')
  if (status === 'pending') return imsRefuse(call, 'IMG.0001')
  const image = cloud.images(call.region).images.get(imageId)
  const vaultId = textIn(call, 'vault_id') || null
  const isAnswer = status === 'accepted' || status === 'rejected'
  const mine = image?.members.has(memberId) && memberId === caller.projectId
  const wish = { operation: 'answer', project: memberId, status, vaultId } as const
  const fault = isAnswer && mine ? faultOf(at, image, { ...wish, status }) : null
  return refused(at, fault) ?? setMemberStatus(at, imageId, memberId)
}

/** What Glance has no word for is refused by IMS; the rest, Glance says itself. */
function refused({ call }: At, fault: string | null | undefined): Reply | null {
  return fault && !['IMG.0027', 'IMG.0047', 'IMG.0088', 'IMG.0089'].includes(fault)
    ? imsRefuse(call, fault)
    : null
}

function textIn(call: Call, name: string): string {
  try {
    const sent = JSON.parse(call.body?.toString() ?? '') as Record<string, unknown> | null
    const value = sent?.[name]
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}
