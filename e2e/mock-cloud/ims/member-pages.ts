import type { At } from '../glance/caller.ts'
import { canSee, owns } from '../glance/caller.ts'
import { memberBody } from '../glance/views.ts'
import type { Reply } from '../http/call.ts'
import type { Member } from '../records.ts'
import { imsOk, imsRefuse, noSuchApi } from './answers.ts'

/** `GET /v1/{project_id}/cloudimages/{image_id}/members`: the newer list, in pages with an opaque marker. */
export function listMemberPage(at: At, projectId: string, imageId: string): Reply {
  const { call } = at
  const members = visibleMembers(at, projectId, imageId)
  if (!Array.isArray(members)) return members
  const query = new URLSearchParams(call.query)
  const limit = query.has('limit') ? Number(query.get('limit')) : 500
  const start = Number(Buffer.from(query.get('marker') ?? '', 'base64').toString() || 0)
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1000 && Number.isInteger(start))) {
    return imsRefuse(call, 'IMG.0001')
  }
  const page = members.slice(start, start + limit)
  const more = start + limit < members.length
  const next_marker = more ? Buffer.from(`${start + limit}`).toString('base64') : undefined
  return imsOk(call, {
    members: page.map((member) => memberBody(member, true)),
    page_info: { next_marker, current_count: page.length },
    schema: '/v2/schemas/members',
  })
}

/** `GET /v1/{project_id}/cloudimages/{image_id}/members/{member_id}` */
export function showMemberOfPage(at: At, projectId: string, imageId: string, memberId: string): Reply {
  const members = visibleMembers(at, projectId, imageId)
  if (!Array.isArray(members)) return members
  const member = members.find((one) => one.memberId === memberId)
  return member ? imsOk(at.call, memberBody(member, true)) : imsRefuse(at.call, 'IMG.0027')
}

function visibleMembers({ cloud, call, caller }: At, projectId: string, imageId: string): Member[] | Reply {
  if (!cloud.settings.memberPages) return noSuchApi(call)
  if (projectId !== caller.projectId) return imsRefuse(call, 'IMG.0030')
  const image = cloud.images(call.region).images.get(imageId)
  if (!image || !canSee(cloud, caller, image)) return imsRefuse(call, 'IMG.0027')
  const all = [...image.members.values()]
  return owns(caller, image) ? all : all.filter(({ memberId }) => memberId === projectId)
}
