import { type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  type AuditFindings,
  type AuditList,
  type AuditProject,
  type AuditRowsPage,
  type AuditSummary,
  isAuditOver,
} from '../contracts/audits'
import type { Scope } from '../contracts/scope'
import { api } from '../paths'
import { type AuditData, addRows, emptyAudit } from '../util/audit-data'
import { fetchJson } from './fetch-json'

const runningPollMs = 500
/** Nothing is there yet, and somebody has just clicked. */
const firstPollMs = 60
/** So many reads of an audit that still waits for its turn, and it is no longer worth the hurry. */
const firstPolls = 40
/** It waits for a person, or the last read failed. */
const restingPollMs = 5_000
/** What is made of all rows is read again less often than the rows. */
const derivedPollMs = 3_000

/** Rows as far as they have been read. */
export interface LoadedRows {
  data: AuditData
  next: string
  /** Nothing can come any more; nothing comes before somebody resumes the audit. */
  isWhole: boolean
  isResting: boolean
}

const nothingRead: LoadedRows = { data: emptyAudit(), next: '0', isWhole: false, isResting: false }

/** Reads an audit; the read that first sees its end makes what was made of its rows, and the list, stale. */
async function readAudit(
  client: QueryClient,
  scope: Scope,
  id: string,
  signal: AbortSignal,
): Promise<AuditSummary> {
  const before = client.getQueryData(audits.detail(scope, id).queryKey)
  const audit = await fetchJson<AuditSummary>(api.audit(scope, id), signal)
  if (before && !isAuditOver(before) && isAuditOver(audit)) {
    for (const { queryKey } of [audits.projects(scope, id), audits.findings(scope, id), audits.list(scope)]) {
      void client.invalidateQueries({ queryKey })
    }
  }
  return audit
}

/**
 * Goes on from the last page read until there is no more, and shows each page when it comes. Takes no abort signal: with
 * one, leaving the screen would throw away what has come.
 */
async function readRows(client: QueryClient, scope: Scope, id: string): Promise<LoadedRows> {
  const { queryKey } = audits.rows(scope, id)
  // Asked before the pages: rows stored after the last of them are still to come.
  const audit = client.getQueryData(audits.detail(scope, id).queryKey)
  let loaded = client.getQueryData(queryKey) ?? nothingRead
  for (;;) {
    const page = await fetchJson<AuditRowsPage>(api.auditRows(scope, id, loaded.next))
    const data = page.images.length === 0 ? loaded.data : addRows(loaded.data, page)
    const isWhole = !page.more && audit !== undefined && isAuditOver(audit)
    const isResting = audit?.state === 'paused'
    const isSame = data === loaded.data && isWhole === loaded.isWhole && isResting === loaded.isResting
    if (!isSame) loaded = { data, next: page.next, isWhole, isResting }
    if (!page.more) return loaded
    client.setQueryData(queryKey, loaded)
  }
}

export const audits = {
  all: () => ['audits'] as const,

  list: (scope: Scope) =>
    queryOptions({
      queryKey: [...audits.all(), 'list', scope] as const,
      queryFn: ({ signal }) => fetchJson<AuditList>(api.audits(scope), signal),
      staleTime: 15_000,
    }),

  detail: (scope: Scope, id: string) =>
    queryOptions({
      queryKey: [...audits.all(), 'detail', scope, id] as const,
      queryFn: ({ client, signal }) => readAudit(client, scope, id, signal),
      refetchInterval: ({ state: { data, status } }) =>
        data && isAuditOver(data)
          ? false
          : status === 'error' || data?.state === 'paused'
            ? restingPollMs
            : runningPollMs,
      staleTime: 1_000,
    }),

  rows: (scope: Scope, id: string) =>
    queryOptions({
      queryKey: [...audits.all(), 'rows', scope, id] as const,
      queryFn: ({ client }) => readRows(client, scope, id),
      refetchInterval: ({ state: { data, status, dataUpdateCount } }) => {
        if (data?.isWhole) return false
        if (status === 'error' || data?.isResting) return restingPollMs
        return data?.next === nothingRead.next && dataUpdateCount < firstPolls ? firstPollMs : runningPollMs
      },
      // Typed arrays and maps are neither compared nor read anew: pages are only ever added.
      structuralSharing: false,
      staleTime: ({ state: { data } }) => (data?.isWhole ? Number.POSITIVE_INFINITY : 0),
      refetchOnWindowFocus: false,
    }),

  projects: (scope: Scope, id: string, isOver = true) =>
    queryOptions({
      queryKey: [...audits.all(), 'projects', scope, id] as const,
      queryFn: ({ signal }) => fetchJson<AuditProject[]>(api.auditProjects(scope, id), signal),
      refetchInterval: isOver ? false : derivedPollMs,
      staleTime: 60_000,
    }),

  findings: (scope: Scope, id: string, isOver = true) =>
    queryOptions({
      queryKey: [...audits.all(), 'findings', scope, id] as const,
      queryFn: ({ signal }) => fetchJson<AuditFindings>(api.auditFindings(scope, id), signal),
      refetchInterval: isOver ? false : derivedPollMs,
      staleTime: 60_000,
    }),
}
