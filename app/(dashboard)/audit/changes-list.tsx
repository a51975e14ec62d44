'use client'
import { Equal, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { Notice } from '@/components/feedback/notice'
import { DataTable } from '@/components/table/data-table'
import type { AuditChange, AuditChanges, ChangeKind } from '@/lib/contracts/audits'
import { formatUtc } from '@/lib/util/format-time'
import { changesColumns } from './changes-columns'
import { auditTime } from './changes-earlier'

interface ChangesListProps {
  changes: AuditChanges
  kind: ChangeKind | 'all'
  headers: Record<'kind' | 'image' | 'project' | 'answer', string>
}

const idOf = ({ image, project }: AuditChange) => JSON.stringify([image.id, project])

/** The changes, or that there are none; and what the comparison could not see. */
export function ChangesList({ changes: read, kind, headers }: ChangesListProps) {
  const t = useTranslations('auditReview.changes')
  const { changes, counts, earlier, isCut, imagesLeftOut } = read
  const shown = useMemo(
    () => (kind === 'all' ? changes : changes.filter((change) => change.kind === kind)),
    [changes, kind],
  )
  const total = counts.new + counts.gone + counts.answer
  return (
    <>
      {(isCut || imagesLeftOut > 0) && (
        <div className="flex flex-col gap-2 px-4 pt-3 md:px-6">
          {!!isCut && <Notice>{t('cut', { count: changes.length })}</Notice>}
          {imagesLeftOut > 0 && <Notice tone="warning">{t('leftOut', { count: imagesLeftOut })}</Notice>}
        </div>
      )}
      {shown.length > 0 ? (
        <DataTable label={t('list')} columns={changesColumns} headers={headers} rows={shown} rowId={idOf} />
      ) : total === 0 ? (
        <EmptyState icon={<Equal />} title={t('noneTitle')}>
          {t('noneBody', { at: formatUtc(auditTime(earlier)) })}
        </EmptyState>
      ) : (
        <EmptyState icon={<SearchX />} title={t('noneOfKindTitle')}>
          {t(isCut ? 'noneOfKindCut' : 'noneOfKindBody')}
        </EmptyState>
      )}
    </>
  )
}
