import type { Cloud } from '../cloud.ts'
import { type Caller, callerOf } from '../glance/caller.ts'
import type { Call, Reply } from '../http/call.ts'
import { gatewayRefuse } from './answers.ts'

/** The caller as the gateway finds him, or its refusal. */
export function gatewayCaller(cloud: Cloud, call: Call): Caller | Reply {
  const caller = callerOf(cloud, call)
  if (!caller) {
    return gatewayRefuse(
      call,
      401,
      'APIGW.0301',
      'Incorrect IAM authentication information: verify aksk or token fail',
    )
  }
  if (!isOfRegion(cloud, caller.projectId ?? '', call.region)) {
    return gatewayRefuse(
      call,
      401,
      'APIGW.0307',
      'Incorrect IAM authentication information: The token must be updated',
    )
  }
  return caller
}

/** Projects belong to one region and begin with its name; a name that begins with no region fits everywhere. */
export function isOfRegion(cloud: Cloud, projectId: string, region: string): boolean {
  const name = cloud.projects.get(projectId)?.name ?? ''
  const home = cloud.regions.find((one) => name === one || name.startsWith(`${one}_`))
  return home === undefined || home === region
}
