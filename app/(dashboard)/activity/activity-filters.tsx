'use client'
import { useTranslations } from 'use-intl'
import { FilterBar, FilterChips } from '@/components/layout/page-header'
import { SearchField } from '@/components/ui/search-field'
import { SelectChip } from '@/components/ui/select-chip'
import { type ActivityEntry, activityOutcomes, activityVerbs } from '@/lib/contracts/activity'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { DayChip } from './day-chip'
import type { ActivityFilter } from './use-activity-filter'

interface ActivityFiltersProps {
  entries: readonly ActivityEntry[]
  filter: ActivityFilter
  onFilter: (changes: Partial<ActivityFilter>) => void
}

/** Search and filters; the people to choose from are those of the acts that have been read. */
export function ActivityFilters({ entries, filter, onFilter }: ActivityFiltersProps) {
  const t = useTranslations('activity')
  const people = new Map(
    entries.map(({ actor, mine }) => [actor.id, mine ? t('you') : plainUntrusted(actor.name, 32)]),
  )
  if (filter.actor !== '' && !people.has(filter.actor))
    people.set(filter.actor, plainUntrusted(filter.actor, 32))
  return (
    <FilterBar>
      <SearchField
        className="max-w-54 flex-1 basis-40 max-md:max-w-none"
        label={t('filters.text')}
        placeholder={t('filters.textPlaceholder')}
        clearLabel={t('filters.clearText')}
        shortcut="/"
        maxLength={200}
        value={filter.text}
        onChange={(text) => onFilter({ text })}
      />
      <FilterChips>
        <SelectChip
          label={t('filters.verb')}
          value={filter.verb}
          onChange={(verb) => onFilter({ verb })}
          options={activityVerbs.map((verb) => ({ value: verb, label: t(`verbs.${verb}`) }))}
        />
        <SelectChip
          label={t('filters.outcome')}
          value={filter.outcome}
          onChange={(outcome) => onFilter({ outcome })}
          options={activityOutcomes.map((outcome) => ({ value: outcome, label: t(`outcomes.${outcome}`) }))}
        />
        <SelectChip
          label={t('filters.actor')}
          value={filter.actor}
          onChange={(actor) => onFilter({ actor })}
          options={[...people].map(([value, label]) => ({ value, label }))}
        />
        <DayChip label={t('filters.since')} value={filter.since} onChange={(since) => onFilter({ since })} />
        <DayChip label={t('filters.until')} value={filter.until} onChange={(until) => onFilter({ until })} />
      </FilterChips>
    </FilterBar>
  )
}
