import { builtRoutes, fillPattern } from '../tools/build-manifests.ts'
import type { Tenant } from './fixtures.ts'

/** What anybody may have: the way in, and what a load balancer asks. */
export const openPaths = ['/sign-in', '/healthz', '/readyz', '/icon.svg']

const scopeQuery = ({ scope }: Tenant) => `?${new URLSearchParams({ ...scope })}`
const idsQuery = (tenant: Tenant) => `${scopeQuery(tenant)}&ids=${tenant.images.join(',')}`
const noQuery = () => ''

/** What each address needs beside its path. One that is missing here fails every test that asks for all of them. */
const queries: Record<string, (tenant: Tenant) => string> = {
  '/': noQuery,
  '/[cloud]/[region]/[project]/images': noQuery,
  '/[cloud]/[region]/[project]/images/[imageId]': noQuery,
  '/[cloud]/[region]/[project]/share': (tenant) => `?images=${tenant.images.join(',')}`,
  '/incoming': scopeQuery,
  '/activity': noQuery,
  '/audit': (tenant) => `${scopeQuery(tenant)}&id=${tenant.auditId}`,
  '/clouds': noQuery,
  '/jobs': noQuery,
  '/jobs/[id]': noQuery,
  '/jobs/cloud': (tenant) => `${scopeQuery(tenant)}&id=${tenant.jobId}`,
  '/api/activity': noQuery,
  '/api/activity/export': () => '?format=json',
  '/api/audit-policy': scopeQuery,
  '/api/audits': scopeQuery,
  '/api/audits/[id]': scopeQuery,
  '/api/audits/[id]/changes': (tenant) => `${scopeQuery(tenant)}&earlier=${tenant.earlierAuditId}`,
  '/api/audits/[id]/export': (tenant) => `${scopeQuery(tenant)}&what=table&format=json`,
  '/api/audits/[id]/findings': scopeQuery,
  '/api/audits/[id]/projects': scopeQuery,
  '/api/audits/[id]/rows': scopeQuery,
  '/api/clouds': noQuery,
  '/api/events': noQuery,
  '/api/images': scopeQuery,
  '/api/images/[imageId]': scopeQuery,
  '/api/images/by-id': idsQuery,
  '/api/images/members': idsQuery,
  '/api/incoming': scopeQuery,
  '/api/incoming/[imageId]': scopeQuery,
  '/api/jobs': noQuery,
  '/api/jobs/[id]': noQuery,
  '/api/jobs/[id]/items': noQuery,
  '/api/session': noQuery,
  '/api/upstream-jobs/[id]': scopeQuery,
}

/** An address that only somebody signed in may read. */
export interface ProtectedUrl {
  pattern: string
  path: string
  /** With `?`, or empty. */
  query: string
  /** What the tenant itself gets. */
  status: number
}

/** Plain OpenStack has no jobs of its own to look up. */
const refusals: Record<string, number> = { '/api/upstream-jobs/[id]': 409 }

/** Every protected page and GET handler of the build, filled with a tenant's ids. */
export function protectedUrls(tenant: Tenant): { pages: ProtectedUrl[]; handlers: ProtectedUrl[] } {
  const { pages, handlers } = builtRoutes()
  const fill = (patterns: string[]) =>
    patterns
      .filter((pattern) => !openPaths.includes(pattern))
      .map((pattern) => {
        const query = queries[pattern]
        if (!query)
          throw new Error(`The build serves ${pattern}, and these tests do not know what to ask of it.`)
        const imageId = pattern.includes('/incoming/') ? tenant.offer : (tenant.images[0] ?? '')
        const id = pattern.includes('/audits/') ? tenant.auditId : tenant.jobId
        const path = fillPattern(pattern, { ...tenant.scope, imageId, id })
        return { pattern, path, query: query(tenant), status: refusals[pattern] ?? 200 }
      })
  return { pages: fill(pages), handlers: fill(handlers) }
}
