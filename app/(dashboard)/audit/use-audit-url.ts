'use client'
import { useMemo } from 'react'
import { useUrlState } from '@/components/layout/use-url-state'
import { type FindingKind, findingKinds, type ProjectStanding } from '@/lib/contracts/audits'
import type { Visibility } from '@/lib/contracts/images'
import { auditStatuses } from '@/lib/util/audit-data'
import type { AuditFilter } from '@/lib/util/audit-filter'
import { auditSorts } from '@/lib/util/audit-sort'
import { type AuditGroup, auditGroups, type Sorting } from '@/lib/util/audit-view'

/** What leads to all rows again: every filter empty. */
export const noFilter = {
  q: '',
  finding: '',
  status: '',
  standing: '',
  visibility: '',
  owner: '',
  recipient: '',
  image: '',
}

const defaults = { ...noFilter, id: '', view: '', earlier: '', group: '', sort: '' }

const standings: readonly ProjectStanding[] = ['enabled', 'disabled', 'gone', 'odd', 'not_told']
const visibilities: readonly Visibility[] = ['private', 'shared', 'community', 'public', 'unknown']

const oneOf = <Value extends string>(values: readonly Value[], text: string): Value | '' =>
  values.find((value) => value === text) ?? ''

const sortingOf = (text: string): Sorting => {
  const isDescending = text.startsWith('-')
  const by = oneOf(auditSorts, isDescending ? text.slice(1) : text)
  return by === '' ? { by: 'image', isDescending: false } : { by, isDescending }
}

/** What the address says of how an audit is looked at; what it can't mean is left out. */
export function useAuditUrl() {
  const [address, setUrl] = useUrlState(defaults)
  const shown = useMemo(() => {
    const filter: AuditFilter = {
      text: address.q,
      status: oneOf(auditStatuses, address.status),
      standing: oneOf(standings, address.standing),
      visibility: oneOf(visibilities, address.visibility),
      owner: address.owner,
      recipient: address.recipient,
      image: address.image,
    }
    const finding: FindingKind | null = oneOf(findingKinds, address.finding) || null
    const group: AuditGroup | null = oneOf(auditGroups, address.group) || null
    return {
      id: address.id,
      earlier: address.earlier,
      isMatrix: address.view === 'matrix',
      finding,
      filter,
      group,
      sorting: sortingOf(address.sort),
      isFiltered: finding !== null || Object.values(filter).some((value) => value !== ''),
    }
  }, [address])
  return [shown, setUrl] as const
}

export type AuditShown = ReturnType<typeof useAuditUrl>[0]
export type SetAuditUrl = ReturnType<typeof useAuditUrl>[1]
