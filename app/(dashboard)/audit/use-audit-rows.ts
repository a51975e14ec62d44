'use client'
import { useDeferredValue, useMemo } from 'react'
import type { AuditFindings, AuditProject } from '@/lib/contracts/audits'
import type { AuditData } from '@/lib/util/audit-data'
import { filterEntries, marksOf } from '@/lib/util/audit-filter'
import { type AuditProjects, ranksOf } from '@/lib/util/audit-sort'
import { groupEntries, sortEntries } from '@/lib/util/audit-view'
import type { AuditShown } from './use-audit-url'

/** Projects by id, the same map as long as they are the same. */
export function useProjectsById(projects: readonly AuditProject[] | undefined): AuditProjects {
  return useMemo(() => new Map((projects ?? []).map((project) => [project.id, project])), [projects])
}

interface RowsInput {
  data: AuditData
  projects: AuditProjects
  findings: AuditFindings | undefined
  shown: AuditShown
  folded: ReadonlySet<string>
}

/**
 * The rows on screen. Worked out behind what is being typed and scrolled; `isStale` while what is shown is not yet what
 * was asked for.
 */
export function useAuditRows(input: RowsInput) {
  const { now, later } = useDeferredInput(input)
  const { data, projects, findings, shown, folded } = later
  const { filter, finding, sorting, group } = shown
  const ranks = useMemo(() => ranksOf(data, projects), [data, projects])
  const marks = useMemo(() => marksOf(data, findings, null), [data, findings])
  const only = useMemo(
    () => (finding === null ? null : marksOf(data, findings, finding)),
    [data, findings, finding],
  )
  const entries = useMemo(() => filterEntries(data, projects, filter, only), [data, projects, filter, only])
  const sorted = useMemo(() => sortEntries(data, ranks, entries, sorting), [data, ranks, entries, sorting])
  const view = useMemo(
    () => groupEntries(data, ranks, sorted, group, folded),
    [data, ranks, sorted, group, folded],
  )
  return { data, projects, ranks, marks, view, group, sorting, isStale: now !== later }
}

function useDeferredInput(input: RowsInput): { now: RowsInput; later: RowsInput } {
  const { data, projects, findings, shown, folded } = input
  // One object, so that parts of two states are never mixed: places in the columns belong to their data.
  const now = useMemo(
    () => ({ data, projects, findings, shown, folded }),
    [data, projects, findings, shown, folded],
  )
  const later = useDeferredValue(now)
  // The first rows are few, and waited for.
  return { now, later: later.data.images.length === 0 ? now : later }
}
