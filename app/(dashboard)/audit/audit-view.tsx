'use client'
import { useQuery } from '@tanstack/react-query'
import { ScanSearch } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState } from '@/components/feedback/failure-text'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { later } from '@/components/ui/later'
import { isAuditOver } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { audits } from '@/lib/queries/audits'
import type { PendingAccess } from '@/lib/util/capability-list'
import { AuditActions } from './audit-actions'
import { auditColumns } from './audit-columns'
import { AuditContent } from './audit-content'
import { AuditEmpty } from './audit-empty'
import { AuditHeader } from './audit-header'
import { AuditNotices } from './audit-notices'
import { AuditProgress } from './audit-progress'
import { useAuditHeaders } from './use-audit-headers'
import { useAuditUrl } from './use-audit-url'

const ChangesView = later(async () => ({ default: (await import('./changes-view')).ChangesView }))

/** Who can use which images, and what looks wrong in it. `access`: what may be said of an image that is not accepted. */
export function AuditView({ scope, access }: { scope: Scope; access: PendingAccess }) {
  const t = useTranslations('audit')
  const headers = useAuditHeaders()
  const [shown, setUrl] = useAuditUrl()
  const list = useQuery(audits.list(scope))
  const newest = list.data?.audits[0]?.id
  const id = shown.id || newest
  const detail = useQuery({ ...audits.detail(scope, id ?? ''), enabled: id !== undefined })
  const audit = detail.data
  const failed = [list, ...(id === undefined ? [] : [detail])].find(({ data, error }) => !data && error)

  return (
    <>
      <AuditHeader
        scope={scope}
        list={list.data}
        audit={audit}
        onStarted={() => setUrl({ id: '', earlier: '' })}
        actions={
          audit &&
          audit.progress.imagesListed > 0 && (
            <AuditActions scope={scope} audit={audit} audits={list.data?.audits ?? []} />
          )
        }
      />
      {failed ? (
        <FailureState
          title={t(failed === list ? 'errorTitle' : 'auditErrorTitle')}
          error={failed.error}
          isRetrying={failed.isFetching}
          onRetry={() => void failed.refetch()}
        />
      ) : list.data?.audits.length === 0 && shown.id === '' ? (
        <AuditEmpty scope={scope} list={list.data} />
      ) : audit && list.data ? (
        <>
          <AuditProgress scope={scope} audit={audit} />
          <AuditNotices
            scope={scope}
            audit={audit}
            onNewest={shown.id !== '' && shown.id !== newest ? () => setUrl({ id: '', earlier: '' }) : null}
            staleError={detail.isError ? detail.error : null}
          />
          {shown.earlier !== '' && audit.state === 'complete' ? (
            <Suspense
              fallback={<TableSkeleton label={t('loading')} columns={auditColumns} headers={headers} />}
            >
              <ChangesView scope={scope} audit={audit} earlierId={shown.earlier} />
            </Suspense>
          ) : isAuditOver(audit) && audit.state !== 'complete' && audit.progress.imagesRead === 0 ? (
            <EmptyState icon={<ScanSearch />} title={t('none.unreadTitle')}>
              {t('none.unread')}
            </EmptyState>
          ) : (
            <AuditContent
              key={audit.id}
              {...{ scope, audit, access, shown, setUrl }}
              isStaleTold={detail.isError}
            />
          )}
        </>
      ) : (
        <TableSkeleton label={t('loading')} columns={auditColumns} headers={headers} />
      )}
    </>
  )
}
