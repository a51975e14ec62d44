import type { At } from '../glance/caller.ts'
import type { Reply } from '../http/call.ts'
import { imsOk } from './answers.ts'

const IMAGES_AT_MOST = 1000

/** `GET /v1/cloudimages/quota`: what the project has and may have. */
export function showQuota({ cloud, call, caller }: At): Reply {
  const store = cloud.images(call.region)
  const own = [...store.ownedBy(caller.projectId ?? '')]
  const most = Math.max(0, ...own.map((image) => image.members.size))
  const row = (type: string, used: number, quota: number) => ({
    type,
    used,
    quota,
    min: 0,
    max: IMAGES_AT_MOST,
  })
  const resources = [
    row('image', own.length, IMAGES_AT_MOST),
    row('image_shared', own.filter((image) => image.members.size > 0).length, IMAGES_AT_MOST),
    row('image_member', most, cloud.settings.memberQuota),
  ]
  return imsOk(call, { quotas: { resources } })
}
