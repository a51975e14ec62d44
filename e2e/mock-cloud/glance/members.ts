import type { Call, Reply } from '../http/call.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image, Member, MemberStatus } from '../records.ts'
import { empty, ok, refuse, serverError } from './answers.ts'
import { noBody, readJson } from './body.ts'
import { type At, type Caller, canSee, owns } from './caller.ts'
import { memberRows, takesMembers } from './membership.ts'
import { memberJson, membersJson } from './views.ts'

const STATUSES = ['pending', 'accepted', 'rejected']

/** `GET /v2/images/{id}/members`: owner and admin see all, a member sees itself alone. */
export function listMembers(at: At, imageId: string): Reply {
  const { cloud, call, caller } = at
  const image = noBody(call) ?? lookUp(at, imageId)
  if (isReply(image)) return image
  if (!takesMembers(cloud.settings.visibilityModel, image)) {
    return refuse(
      call,
      403,
      `Not allowed to list members for image ${image.id}: Only shared images have members.`,
    )
  }
  return ok(call, membersJson(visibleMembers(caller, image), cloud.settings.memberPages))
}

/** `GET /v2/images/{id}/members/{project}`: every refusal is a 404. */
export function showMember(at: At, imageId: string, memberId: string): Reply {
  const { cloud, call, caller } = at
  const image = noBody(call) ?? lookUp(at, imageId)
  if (isReply(image)) return image
  if (!takesMembers(cloud.settings.visibilityModel, image))
    return refuse(call, 404, 'Only shared images have members.')
  const member = visibleMember(caller, image, memberId)
  return member
    ? ok(call, memberJson(member, cloud.settings.memberPages))
    : noSuchMember(call, image, memberId)
}

/** `POST /v2/images/{id}/members`. The quota is looked at before the value and before duplicates. */
export function addMember(at: At, imageId: string): Reply {
  const { cloud, call } = at
  const read = readJson(call)
  if (isReply(read)) return read
  if (Array.isArray(read.value)) {
    return refuse(call, 400, 'Expected a member in the form: {"member": "image_id"}')
  }
  const sent = read.value as { member?: unknown }
  if (!('member' in sent)) return refuse(call, 400, 'Member to be added not specified')
  if (isFalsy(sent.member)) return refuse(call, 400, "Member can't be empty")
  const image = lookUp(at, imageId)
  if (isReply(image)) return image
  const mayNot = () => refuse(call, 403, `Not allowed to create members for image ${image.id}.`)
  if (!takesMembers(cloud.settings.visibilityModel, image)) return mayNot()
  const denied = mayOwner(at, image, 'add_member', mayNot)
  if (denied) return denied
  const { memberQuota } = cloud.settings
  if (memberQuota >= 0 && image.members.size >= memberQuota) return overQuota(call, image, memberQuota)
  if (!fitsColumn(sent.member)) return serverError(call)
  if (image.members.has(sent.member)) {
    return refuse(call, 409, `Member ${sent.member} is duplicated for image ${image.id}`)
  }
  const now = cloud.clock.stamp()
  const member: Member = {
    memberId: sent.member,
    imageId: image.id,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
  }
  cloud.images(call.region).addMember(image, member)
  cloud.ledger.recordPairs(call.entry, [[image.id, sent.member]])
  return { ...ok(call, memberJson(member)), changed: true }
}

/** `PUT /v2/images/{id}/members/{project}`: for the member itself and admins, never for the owner. */
export function setMemberStatus(at: At, imageId: string, memberId: string): Reply {
  const { cloud, call, caller } = at
  const read = readJson(call)
  if (isReply(read)) return read
  if (Array.isArray(read.value)) {
    return refuse(call, 400, 'Expected a status in the form: {"status": "status"}')
  }
  if (cloud.settings.visibilityModel === 'private' && !isPlain(memberId)) return serverError(call)
  const sent = read.value as { status?: unknown }
  if (!('status' in sent)) return refuse(call, 400, 'Status not specified')
  const image = lookUp(at, imageId)
  if (isReply(image)) return image
  const mayNot = () => refuse(call, 403, `Not allowed to update members for image ${image.id}.`)
  if (!takesMembers(cloud.settings.visibilityModel, image)) return mayNot()
  const { secureRbac } = cloud.settings
  if (!secureRbac && !caller.isAdmin && image.owner === caller.projectId) return mayNot()
  const member = visibleMember(caller, image, memberId)
  if (!member) return noSuchMember(call, image, memberId)
  if (secureRbac && !caller.isAdmin && (owns(caller, image) || !caller.roles.includes('member'))) {
    return refuse(call, 403, 'You are not authorized to complete modify_member action.')
  }
  if (typeof sent.status !== 'string' || !STATUSES.includes(sent.status)) {
    return refuse(call, 400, 'Incorrect request: Status must be "pending", "accepted" or "rejected".')
  }
  const changed = member.status !== sent.status
  if (changed) cloud.ledger.recordPairs(call.entry, [[image.id, memberId]])
  member.status = sent.status as MemberStatus
  member.updatedAt = cloud.clock.stamp()
  return { ...ok(call, memberJson(member)), changed }
}

/** `DELETE /v2/images/{id}/members/{project}`: for the owner and admins; a member cannot leave. */
export function removeMember(at: At, imageId: string, memberId: string): Reply {
  const { cloud, call, caller } = at
  const image = noBody(call) ?? lookUp(at, imageId)
  if (isReply(image)) return image
  const mayNot = () => refuse(call, 403, `Not allowed to delete members for image ${image.id}.`)
  if (!takesMembers(cloud.settings.visibilityModel, image)) return mayNot()
  const { secureRbac } = cloud.settings
  if (!secureRbac && !caller.isAdmin && image.owner !== caller.projectId) return mayNot()
  const member = visibleMember(caller, image, memberId)
  if (!member) return noSuchMember(call, image, memberId)
  const denied = mayOwner(at, image, 'delete_member', mayNot)
  if (denied) return denied
  cloud.images(call.region).removeMember(image, memberId)
  cloud.ledger.recordPairs(call.entry, [[image.id, memberId]])
  return removed(at)
}

/** 204. Clouds of the older kind name a type and a length for the body that is not there. */
function removed({ cloud, call }: At): Reply {
  if (cloud.settings.visibilityModel !== 'private') return empty(call, true, null)
  const reply = empty(call, true, 'text/html; charset=UTF-8')
  reply.headers['Content-Length'] = '0'
  return reply
}

function lookUp({ cloud, call, caller }: At, imageId: string): Image | Reply {
  const image = cloud.images(call.region).images.get(imageId)
  return image && canSee(cloud, caller, image) ? image : refuse(call, 404, `Image ${imageId} not found.`)
}

/** The refusal of a caller who is neither admin nor (with secure RBAC: writing) member of the owner project. */
function mayOwner(
  { cloud, call, caller }: At,
  image: Image,
  action: string,
  mayNot: () => Reply,
): Reply | null {
  if (caller.isAdmin) return null
  if (!cloud.settings.secureRbac) return owns(caller, image) ? null : mayNot()
  if (owns(caller, image) && caller.roles.includes('member')) return null
  return refuse(call, 403, `You are not authorized to complete ${action} action.`)
}

function visibleMembers(caller: Caller, image: Image): Iterable<Member> {
  const rows = memberRows(image)
  if (caller.isAdmin || owns(caller, image)) return rows
  return rows.filter(({ memberId }) => memberId === caller.projectId)
}

function visibleMember(caller: Caller, image: Image, memberId: string): Member | undefined {
  const all = caller.isAdmin || owns(caller, image) || memberId === caller.projectId
  return all ? image.members.get(memberId) : undefined
}

function noSuchMember(call: Call, image: Image, memberId: string): Reply {
  return refuse(call, 404, `${memberId} not found in the member list of the image ${image.id}.`)
}

function overQuota(call: Call, image: Image, quota: number): Reply {
  return refuse(
    call,
    413,
    `Image member limit exceeded for image ${image.id}: The limit has been exceeded on the number of allowed image ` +
      `members for this image. Attempted: ${image.members.size + 1}, Maximum: ${quota}:`,
  )
}

/** Clouds before Glance 2.5 are documented to fail on an answer for a malformed id. */
function isPlain(memberId: string): boolean {
  return /^[0-9A-Za-z_-]{1,64}$/.test(memberId)
}

/** What Python takes for false. */
function isFalsy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return !value
}

/** The column holds 255 characters of text without NUL; anything else is a database error. */
function fitsColumn(value: unknown): value is string {
  return (
    typeof value === 'string' && [...value].length <= 255 && !value.includes('\u0000') && value.isWellFormed()
  )
}
