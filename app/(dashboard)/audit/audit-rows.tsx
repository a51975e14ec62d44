'use client'
import { SearchX, Users } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later'
import type { AuditSummary } from '@/lib/contracts/audits'
import { auditColumns } from './audit-columns'
import type { Opened } from './audit-context'
import { AuditTable } from './audit-table'
import { AuditTray } from './audit-tray'
import { isAuditWhole } from './audit-whole'
import { useAuditHeaders } from './use-audit-headers'
import type { useAuditRows } from './use-audit-rows'
import type { AuditTicks } from './use-audit-ticks'
import { type AuditShown, noFilter, type SetAuditUrl } from './use-audit-url'

const AuditMatrix = later(async () => ({ default: (await import('./audit-matrix')).AuditMatrix }))

interface AuditRowsProps {
  audit: AuditSummary
  rows: ReturnType<typeof useAuditRows>
  shown: AuditShown
  setUrl: SetAuditUrl
  opened: Opened | null
  /** Null in a session that may not end shares. */
  ticks: AuditTicks | null
  onFold: (id: string) => void
  onCell: (image: string | null, project: string | null) => void
  onStop: () => void
  isLoading: boolean
  /** Nothing is to come any more. */
  isWhole: boolean
}

/** The rows as a table or as a picture; or why there are none. */
export function AuditRows(props: AuditRowsProps) {
  const { audit, rows, shown, setUrl, opened, ticks, onFold, onCell, onStop, isLoading, isWhole } = props
  const t = useTranslations('audit')
  const headers = useAuditHeaders()
  const { data, projects, ranks, marks, view, group, sorting, isStale } = rows

  if (view.entries === 0) {
    if (isLoading || isStale || (data.size === 0 && !isWhole && audit.state !== 'paused')) {
      return (
        <TableSkeleton
          label={t('table.loading')}
          columns={auditColumns}
          headers={headers}
          hasTicks={ticks !== null}
        />
      )
    }
    const none = whyNone(shown)
    return shown.isFiltered ? (
      <EmptyState
        icon={<SearchX />}
        title={t(`none.${none}Title`)}
        action={<Button onClick={() => setUrl(noFilter)}>{t('filters.clearAll')}</Button>}
      >
        {t(`none.${none}`)}
      </EmptyState>
    ) : (
      <EmptyState icon={<Users />} title={t('none.nothingTitle')}>
        {t(isAuditWhole(audit) ? `none.${audit.reach}` : 'none.partly')}
      </EmptyState>
    )
  }
  if (shown.isMatrix) {
    return (
      <div className="p-4 md:px-6">
        <Suspense fallback={<p className="py-8 text-center text-ink-3">{t('table.loading')}</p>}>
          <AuditMatrix
            {...{ data, projects, ranks }}
            shown={view.rows}
            marked={marks.members}
            onOpen={onCell}
            onTable={() => setUrl({ view: '' })}
          />
        </Suspense>
      </div>
    )
  }
  return (
    <>
      <AuditTable
        {...{ view, group, sorting, onFold, ticks, opened, headers }}
        onSort={(column) => {
          const isSame = sorting.by === column
          setUrl({ sort: isSame && !sorting.isDescending ? `-${column}` : column === 'image' ? '' : column })
        }}
        isBusy={!isWhole || isStale}
      />
      {ticks !== null && <AuditTray ticks={ticks} onStop={onStop} />}
    </>
  )
}

/** Where one image or one finding alone is asked for, that it has no rows tells something of it. */
function whyNone({
  finding,
  filter: { image, ...others },
}: AuditShown): 'noMatch' | 'noMembers' | 'noFinding' {
  if (Object.values(others).some((one) => one !== '')) return 'noMatch'
  if (image === '') return finding === null ? 'noMatch' : 'noFinding'
  return finding === null ? 'noMembers' : 'noMatch'
}
