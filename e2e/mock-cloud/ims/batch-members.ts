import type { At } from '../glance/caller.ts'
import type { Reply } from '../http/call.ts'
import type { ImageStore } from '../image-store.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image, MemberStatus } from '../records.ts'
import { imsOk, imsRefuse } from './answers.ts'
import type { JobType, PairWork } from './job-list.ts'
import { faultOf, type Wish } from './member-rules.ts'

type Body = Record<string, unknown>

/** `POST /v1/cloudimages/members`: shares every image with every project. */
export function addMembers(at: At): Reply {
  return changeMembers(at, 'add', 'imsAddImageMembersJob')
}

/** `DELETE /v1/cloudimages/members`, with a body as POST has it. */
export function removeMembers(at: At): Reply {
  return changeMembers(at, 'remove', 'imsDelImageMembersJob')
}

/** `PUT /v1/cloudimages/members`: the caller's project accepts or rejects every image. */
export function answerMembers(at: At): Reply {
  const { call, caller } = at
  const body = readBody(at)
  if (isReply(body)) return body
  const images = textsOf(body.images)
  const { status, project_id: project, vault_id: vault } = body
  if (!images || (status !== 'accepted' && status !== 'rejected')) return imsRefuse(call, 'IMG.0001')
  if (typeof project !== 'string' || project !== caller.projectId) return imsRefuse(call, 'IMG.0030')
  const vaultId = typeof vault === 'string' && vault !== '' ? vault : null
  const wish: Wish = { operation: 'answer', project, status, vaultId }
  return startJob(
    at,
    'imsUpdateImageMembersJob',
    images.map((image) => [image, wish]),
  )
}

function changeMembers(at: At, operation: 'add' | 'remove', type: JobType): Reply {
  const body = readBody(at)
  if (isReply(body)) return body
  const images = textsOf(body.images)
  const projects = textsOf(body.projects)
  if (!images || !projects) return imsRefuse(at.call, 'IMG.0001')
  return startJob(
    at,
    type,
    images.flatMap((image) => projects.map((project): [string, Wish] => [image, { operation, project }])),
  )
}

/** Refuses what can be seen at once; the other faults are met by the job, pair by pair. */
function startJob(at: At, type: JobType, wishes: [image: string, wish: Wish][]): Reply {
  const { cloud, call, caller } = at
  const store = cloud.images(call.region)
  const work: PairWork[] = []
  for (const [image, wish] of wishes) {
    const fault = faultOf(at, store.images.get(image), wish)
    if (fault && !cloud.settings.imsFaultsInJob.includes(fault)) return imsRefuse(call, fault)
    work.push({ pair: [image, wish.project], apply: () => applyWish(at, image, wish) })
  }
  const projectId = caller.projectId ?? ''
  return imsOk(call, { job_id: cloud.jobs.start(cloud, { type, projectId, work, entry: call.entry }).id })
}

/** Does one pair's part of a job. Who was rejected and is shared with anew has an offer again; the rest stays. */
function applyWish(at: At, imageId: string, wish: Wish): ReturnType<PairWork['apply']> {
  const { cloud, call } = at
  const store = cloud.images(call.region)
  const image = store.images.get(imageId)
  const code = faultOf(at, image, wish)
  if (code || !image) return { code: code ?? 'IMG.0027' }
  const now = cloud.clock.stamp()
  if (wish.operation === 'remove') return remove(store, image, wish.project)
  const member = image.members.get(wish.project)
  if (wish.operation === 'add' && !member) {
    const { project: memberId } = wish
    store.addMember(image, { memberId, imageId, status: 'pending', createdAt: now, updatedAt: now })
    return 'changed'
  }
  const offered = member?.status === 'rejected' ? 'pending' : member?.status
  const wanted: MemberStatus | undefined = wish.operation === 'answer' ? wish.status : offered
  if (!member || !wanted || member.status === wanted) return 'same'
  Object.assign(member, { status: wanted, updatedAt: now })
  return 'changed'
}

function remove(store: ImageStore, image: Image, project: string): 'changed' | 'same' {
  if (!image.members.has(project)) return 'same'
  store.removeMember(image, project)
  return 'changed'
}

function readBody({ call, caller }: At): Body | Reply {
  if (!caller.roles.includes('member')) return imsRefuse(call, 'IMG.0026', 403)
  if (!call.body) return imsRefuse(call, 'IMG.0007')
  try {
    const value: unknown = JSON.parse(call.body.toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body
  } catch {
    // Answered like any other body that is no object.
  }
  return imsRefuse(call, 'IMG.0001')
}

function textsOf(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  return value.every((one) => typeof one === 'string' && one !== '') ? [...new Set(value as string[])] : null
}
