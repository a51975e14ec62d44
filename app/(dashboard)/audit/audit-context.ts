'use client'
import { createContext, useContext } from 'react'
import type { AuditSummary } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import type { AuditData } from '@/lib/util/audit-data'
import type { Marks } from '@/lib/util/audit-filter'
import type { AuditProjects } from '@/lib/util/audit-sort'

interface AuditContextValue {
  scope: Scope
  audit: AuditSummary
  data: AuditData
  projects: AuditProjects
  /** What any finding is about. */
  marks: Marks
  onOpen: (entry: number) => void
}

/** What the side panel explains, by ids: a share, or an image without members. */
export interface Opened {
  image: string
  project: string | null
}

const AuditContext = createContext<AuditContextValue | null>(null)

export const AuditProvider = AuditContext.Provider

/** What the cells of an audit have in common. */
export function useAuditContext(): AuditContextValue {
  const value = useContext(AuditContext)
  if (!value) throw new Error('a cell of the audit stands outside its provider')
  return value
}
