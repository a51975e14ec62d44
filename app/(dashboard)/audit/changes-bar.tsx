'use client'
import { Download, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { FilterChip } from '@/components/ui/chip'
import { Select } from '@/components/ui/select'
import { type AuditChanges, type AuditSummary, type ChangeKind, changeKinds } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { api } from '@/lib/paths'
import { formatUtc } from '@/lib/util/format-time'
import { auditTime } from './changes-earlier'

interface ChangesBarProps {
  scope: Scope
  audit: AuditSummary
  /** Those it can be compared with. */
  earlier: readonly AuditSummary[]
  earlierId: string
  counts: AuditChanges['counts'] | undefined
  kind: ChangeKind | 'all'
  setKind: (kind: ChangeKind | 'all') => void
  /** Another one to compare with; empty ends the comparison. */
  onEarlier: (id: string) => void
}

/** Which audit it is compared with, and which changes are shown. */
export function ChangesBar(props: ChangesBarProps) {
  const { scope, audit, earlier, earlierId, counts, kind, setKind, onEarlier } = props
  const t = useTranslations('auditReview.changes')
  const file = { what: 'changes', format: 'csv', earlier: earlierId }
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3 border-line border-b bg-canvas px-4 py-3 md:px-6">
      {earlier.length > 0 && (
        <Select
          label={t('since')}
          value={earlierId}
          options={earlier.map((one) => ({ value: one.id, label: formatUtc(auditTime(one)) }))}
          onChange={(event) => onEarlier(event.target.value)}
          className="w-56 max-md:w-full"
        />
      )}
      {counts !== undefined && (
        <fieldset aria-label={t('filter')} className="flex min-h-8 flex-wrap items-center gap-2">
          {changeKinds.map((one) => (
            <FilterChip key={one} isActive={kind === one} onClick={() => setKind(kind === one ? 'all' : one)}>
              {t(`counts.${one}`, { count: counts[one] })}
            </FilterChip>
          ))}
        </fieldset>
      )}
      <div className="ml-auto flex flex-wrap gap-2">
        <a download href={api.auditFile(scope, audit.id, file)} className={buttonClass()}>
          <Download className="size-4" />
          {t('export')}
        </a>
        <Button onClick={() => onEarlier('')}>
          <X className="size-4" />
          {t('close')}
        </Button>
      </div>
    </div>
  )
}
