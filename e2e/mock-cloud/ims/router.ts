import type { Cloud } from '../cloud.ts'
import type { At } from '../glance/caller.ts'
import { handleGlance } from '../glance/router.ts'
import type { Call, Reply } from '../http/call.ts'
import { RouteTable } from '../http/route-table.ts'
import { isReply } from '../keystone/tokens.ts'
import { imsRefuse, noSuchApi } from './answers.ts'
import { addMembers, answerMembers, removeMembers } from './batch-members.ts'
import { gatewayCaller } from './caller.ts'
import { listCloudImages } from './image-list.ts'
import { showJob, showProgress } from './job-calls.ts'
import { listMemberPage, showMemberOfPage } from './member-pages.ts'
import { addNativeMember, answerNative } from './native-members.ts'
import { showQuota } from './quota.ts'

type Act = (at: At, id: string, other: string, third: string) => Reply

const ROUTES = new RouteTable<Act>({
  'GET v2/cloudimages': listCloudImages,
  'GET v1/cloudimages/quota': showQuota,
  'POST v1/cloudimages/members': addMembers,
  'PUT v1/cloudimages/members': answerMembers,
  'DELETE v1/cloudimages/members': removeMembers,
  'GET v1/cloudimages/job/{}': showProgress,
  'GET v1/{}/jobs/{}': showJob,
  'GET v1/{}/cloudimages/{}/members': listMemberPage,
  'GET v1/{}/cloudimages/{}/members/{}': showMemberOfPage,
  'POST v2/images/{}/members': addNativeMember,
  'PUT v2/images/{}/members/{}': answerNative,
})
const NATIVE = /^\/v2\/(images|schemas)(\/|$)/
const VERSIONS = /^\/(versions\/?)?$/

/** Answers one call to the image service of whichever kind of cloud this is. */
export function handleImages(cloud: Cloud, call: Call): Reply {
  if (cloud.settings.imageFamily === 'glance' || VERSIONS.test(call.path)) return handleGlance(cloud, call)
  cloud.jobs.settle(cloud)
  const caller = gatewayCaller(cloud, call)
  if (isReply(caller)) return caller
  if (caller.projectId === null) return imsRefuse(call, 'IMG.0104')
  const found = ROUTES.find(call.path.split('/').slice(1).map(decoded))
  const act = found?.methods.get(call.method)
  const [id = '', other = '', third = ''] = found?.ids ?? []
  if (act) return act({ cloud, call, caller }, id, other, third)
  return NATIVE.test(call.path) ? handleGlance(cloud, call) : noSuchApi(call)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
