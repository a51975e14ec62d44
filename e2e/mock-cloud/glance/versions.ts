import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import { pyJson } from '../http/py-json.ts'

/** The newest minor version of API 2. IMS, which has `shared` all the same, names an old one in its documentation. */
const NEWEST = { shared: 16, private: 3, any: 2 } as const

/** The newest minor version of API 2 that the cloud has. */
export function newest(cloud: Cloud): number {
  return NEWEST[cloud.settings.visibilityModel]
}

/** The list of API versions: 200 at `/versions`, 300 at the root and for versions that do not exist. */
export function versions(cloud: Cloud, status: 200 | 300): Reply {
  const links = [{ rel: 'self', href: `${cloud.addresses.image}/v2/` }]
  const list = Array.from({ length: newest(cloud) + 1 }, (_, back) => ({
    id: `v2.${newest(cloud) - back}`,
    status: back === 0 ? 'CURRENT' : 'SUPPORTED',
    links,
  }))
  return { status, headers: { 'Content-Type': 'application/json' }, body: pyJson({ versions: list }) }
}

/** The answer of the health check middleware. */
export function health(): Reply {
  const body = '{\n    "detailed": false,\n    "reasons": [\n        "OK"\n    ]\n}'
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body }
}

/** `/v2` leads to `/v2/`. */
export function toRoot(cloud: Cloud, call: Call): Reply {
  const headers = {
    Location: `${cloud.addresses.image}/v2/`,
    'Content-Type': 'text/plain',
    'X-Openstack-Request-Id': call.requestId,
  }
  return { status: 302, headers, body: '' }
}
