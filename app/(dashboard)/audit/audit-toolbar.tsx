'use client'
import clsx from 'clsx'
import { Grid3x3, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FilterChips } from '@/components/layout/page-header'
import { SearchField } from '@/components/ui/search-field'
import { SelectChip } from '@/components/ui/select-chip'
import type { AuditFacets, Facet } from '@/lib/util/audit-pivots'
import { type AuditProjects, projectLabel } from '@/lib/util/audit-sort'
import { type AuditGroup, auditGroups } from '@/lib/util/audit-view'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { type AuditShown, noFilter, type SetAuditUrl } from './use-audit-url'

interface AuditToolbarProps {
  shown: AuditShown
  setUrl: SetAuditUrl
  facets: AuditFacets
  projects: AuditProjects
  /** How many rows are shown, in words. */
  count: string
  /** Tells more of the chosen finding; null where it is told. */
  onExplain: (() => void) | null
  folding: { isAllFolded: boolean; onFoldAll: () => void } | null
}

const statuses = ['pending', 'accepted', 'rejected'] as const
/** A list of choices that somebody can look through; the search finds the others. */
const mostChoices = 100

/** How the rows are shown, and which. */
export function AuditToolbar(props: AuditToolbarProps) {
  const { shown, setUrl, facets, projects, count, onExplain, folding } = props
  const t = useTranslations('audit.filters')
  const tc = useTranslations('common')
  const ts = useTranslations('audit.standing')
  const { filter, group, isMatrix } = shown

  const optionsOf = <Value extends string>(
    values: readonly Facet<Value>[],
    chosen: string,
    words: (value: Value) => string,
  ) =>
    values
      .filter(({ value }, at) => at < mostChoices || value === chosen)
      .map(({ value, count: one }) => ({ value, label: t('option', { value: words(value), count: one }) }))
  const named = (id: string) => plainUntrusted(projectLabel(projects, id), 40)
  /** A project that is a member of nothing here, by an address. */
  const withChosen = (options: { value: string; label: string }[], chosen: string) =>
    chosen === '' || options.some(({ value }) => value === chosen)
      ? options
      : [...options, { value: chosen, label: named(chosen) }]

  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2.5 md:px-6">
      <SearchField
        className="max-w-64 flex-1 basis-48 max-md:max-w-none"
        label={t('search')}
        placeholder={t('searchPlaceholder')}
        clearLabel={t('clear')}
        shortcut="/"
        value={filter.text}
        onChange={(q) => setUrl({ q })}
      />
      <ViewSwitch isMatrix={isMatrix} onChange={(matrix) => setUrl({ view: matrix ? 'matrix' : '' })} />
      <FilterChips>
        {!isMatrix && (
          <SelectChip
            label={t('group')}
            value={group ?? ''}
            onChange={(value) => setUrl({ group: value })}
            options={auditGroups.map((value: AuditGroup) => ({ value, label: t(`groups.${value}`) }))}
          />
        )}
        <SelectChip
          label={t('status')}
          value={filter.status}
          onChange={(status) => setUrl({ status })}
          options={statuses.map((value) => ({ value, label: tc(`status.${value}`) }))}
        />
        {(facets.owners.length > 1 || filter.owner !== '') && (
          <SelectChip
            label={t('owner')}
            value={filter.owner}
            onChange={(owner) => setUrl({ owner })}
            options={withChosen(optionsOf(facets.owners, filter.owner, named), filter.owner)}
          />
        )}
        {(facets.recipients.length > 1 || filter.recipient !== '') && (
          <SelectChip
            label={t('recipient')}
            value={filter.recipient}
            onChange={(recipient) => setUrl({ recipient })}
            options={withChosen(optionsOf(facets.recipients, filter.recipient, named), filter.recipient)}
          />
        )}
        {(facets.standings.length > 1 || filter.standing !== '') && (
          <SelectChip
            label={t('standing')}
            value={filter.standing}
            onChange={(standing) => setUrl({ standing })}
            options={optionsOf(facets.standings, filter.standing, (value) => ts(value))}
          />
        )}
        {(facets.visibilities.length > 1 || filter.visibility !== '') && (
          <SelectChip
            label={t('visibility')}
            value={filter.visibility}
            onChange={(visibility) => setUrl({ visibility })}
            options={optionsOf(facets.visibilities, filter.visibility, (value) => tc(`visibility.${value}`))}
          />
        )}
        {onExplain !== null && <TextButton onClick={onExplain}>{t('explain')}</TextButton>}
        {!!shown.isFiltered && <TextButton onClick={() => setUrl(noFilter)}>{t('clearAll')}</TextButton>}
      </FilterChips>
      <div className="ml-auto flex items-center gap-3 text-ink-3 text-sm">
        {folding !== null && (
          <TextButton onClick={folding.onFoldAll}>
            {t(folding.isAllFolded ? 'unfoldAll' : 'foldAll')}
          </TextButton>
        )}
        <span aria-live="polite">{count}</span>
      </div>
    </div>
  )
}

function TextButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 flex-none px-1 text-accent-ink text-sm hover:underline"
    >
      {children}
    </button>
  )
}

/** Two ways to see the same rows. */
function ViewSwitch({ isMatrix, onChange }: { isMatrix: boolean; onChange: (isMatrix: boolean) => void }) {
  const t = useTranslations('audit.views')
  return (
    <fieldset className="flex flex-none overflow-hidden rounded-md border border-control">
      <legend className="sr-only">{t('label')}</legend>
      {[false, true].map((matrix) => {
        const isOn = matrix === isMatrix
        const Icon = matrix ? Grid3x3 : Rows3
        return (
          <button
            key={String(matrix)}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(matrix)}
            className={clsx(
              'inline-flex h-7.5 items-center gap-1.5 px-2.5 text-sm -outline-offset-2 max-md:h-9',
              isOn ? 'bg-accent-tint font-medium text-accent-ink' : 'text-ink-2 hover:text-ink',
            )}
          >
            <Icon className="size-4" />
            {t(matrix ? 'matrix' : 'table')}
          </button>
        )
      })}
    </fieldset>
  )
}
