import type { IncomingMessage } from 'node:http'
import type { Cloud } from '../cloud.ts'
import { newRequestId } from '../ids.ts'
import type { LedgerEntry } from '../ledger.ts'
import { type Call, header, type Reply } from './call.ts'
import { hasBody, readBody, readUpload } from './read-body.ts'

export type Service = {
  name: 'identity' | 'image'
  /** Splits a request path into region and path without prefix; null: nothing of this service lies there. */
  locate: (path: string) => { region: string; path: string } | null
  /** Answers a call at once, whatever the client sent. */
  handle: (cloud: Cloud, call: Call) => Reply
}

const MEMBER_WRITE = /^\/v2\/images\/[^/]+\/members(\/[^/]+)?$|^\/v1\/cloudimages\/members$/

/** Reads a request to its end and writes it into the ledger; null where the path is not the service's. */
export async function receive(
  cloud: Cloud,
  service: Service,
  request: IncomingMessage,
): Promise<Call | null> {
  const url = request.url ?? '/'
  const cut = url.indexOf('?')
  const place = service.locate(cut < 0 ? url : url.slice(0, cut))
  if (!place) return null
  const method = request.method ?? 'GET'
  const isUpload = method === 'PUT' && place.path.endsWith('/file')
  const upload = isUpload && hasBody(request) ? await readUpload(request) : null
  const body = upload === null && hasBody(request) ? await readBody(request) : null
  const token = cloud.tokens.get(tokenText(request) ?? '')
  const requestId = requestIdFor(service, request)
  const entry = cloud.ledger.append({
    at: cloud.clock.now(),
    service: service.name,
    region: place.region,
    method,
    path: place.path,
    query: cut < 0 ? '' : url.slice(cut + 1),
    userId: token?.userId ?? null,
    projectId: token?.projectId ?? null,
    requestId,
    ...(body && MEMBER_WRITE.test(place.path) ? memberFields(body) : {}),
  })
  const { path, query } = entry
  const { headers } = request
  return {
    service: service.name,
    region: place.region,
    method,
    path,
    query,
    headers,
    body,
    upload,
    requestId,
    errorStyle: cloud.settings.errorStyle,
    entry,
  }
}

/** The caller's token as sent, without the padding that Keystone does not need. */
export function tokenText(request: { headers: IncomingMessage['headers'] }): string | undefined {
  const sent = request.headers['x-auth-token']
  return typeof sent === 'string' ? sent.trim().replace(/=+$/, '') : undefined
}

/** The image service keeps a caller's own request id, with `req-` before it; Keystone never does. */
function requestIdFor(service: Service, request: IncomingMessage): string {
  const sent = service.name === 'image' ? header(request, 'x-openstack-request-id') : undefined
  if (!sent) return newRequestId()
  return sent.startsWith('req-') ? sent : `req-${sent}`
}

function memberFields(body: Buffer): Pick<LedgerEntry, 'member' | 'memberStatus' | 'images' | 'projects'> {
  try {
    const sent = JSON.parse(body.toString()) as Record<string, unknown> | null
    const projects = sent?.projects ?? (typeof sent?.project_id === 'string' ? [sent.project_id] : undefined)
    return {
      ...(typeof sent?.member === 'string' ? { member: sent.member } : {}),
      ...(typeof sent?.status === 'string' ? { memberStatus: sent.status } : {}),
      ...(Array.isArray(sent?.images) ? { images: sent.images.map(String) } : {}),
      ...(Array.isArray(projects) ? { projects: projects.map(String) } : {}),
    }
  } catch {
    return {}
  }
}
