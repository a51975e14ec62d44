'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureState } from '@/components/feedback/failure-text'
import { useUrlState } from '@/components/layout/use-url-state'
import { TableSkeleton } from '@/components/table/table-skeleton'
import type { AuditSummary, ChangeKind } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { auditReview } from '@/lib/queries/audit-review'
import { audits } from '@/lib/queries/audits'
import { ChangesBar } from './changes-bar'
import { changesColumns } from './changes-columns'
import { earlierThan } from './changes-earlier'
import { ChangesList } from './changes-list'

interface ChangesViewProps {
  scope: Scope
  audit: AuditSummary
  earlierId: string
}

const addressDefaults = { earlier: '' }

/** What is not as it was in an earlier audit: shares that are new, gone, or answered otherwise. */
export function ChangesView({ scope, audit, earlierId }: ChangesViewProps) {
  const t = useTranslations('auditReview.changes')
  const read = useQuery(auditReview.changes(scope, audit.id, earlierId))
  const all = useQuery(audits.list(scope)).data?.audits ?? []
  const [kind, setKind] = useState<ChangeKind | 'all'>('all')
  const [, setAddress] = useUrlState(addressDefaults)
  const headers = {
    kind: t('columns.kind'),
    image: t('columns.image'),
    project: t('columns.project'),
    answer: t('columns.answer'),
  }
  return (
    <section aria-label={t('title')} className="flex flex-1 flex-col">
      <ChangesBar
        earlier={earlierThan(audit, all)}
        counts={read.data?.counts}
        onEarlier={(earlier) => setAddress({ earlier })}
        {...{ scope, audit, earlierId, kind, setKind }}
      />
      {read.data ? (
        <ChangesList key={kind} changes={read.data} {...{ kind, headers }} />
      ) : read.error ? (
        <FailureState
          title={t('errorTitle')}
          error={read.error}
          isRetrying={read.isFetching}
          onRetry={() => void read.refetch()}
        />
      ) : (
        <TableSkeleton label={t('loading')} columns={changesColumns} headers={headers} />
      )}
    </section>
  )
}
