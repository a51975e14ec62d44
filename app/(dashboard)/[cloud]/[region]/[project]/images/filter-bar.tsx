'use client'
import { useTranslations } from 'use-intl'
import { useImageStatusWords } from '@/components/feedback/use-image-status-words'
import { FilterBar, FilterChips } from '@/components/layout/page-header'
import { FilterChip } from '@/components/ui/chip'
import { SearchField } from '@/components/ui/search-field'
import { SelectChip } from '@/components/ui/select-chip'
import type { ImageSummary, Visibility } from '@/lib/contracts/images'
import { facetOf, type ImageFilter, sharingFilters } from '@/lib/util/owned-images'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface ImageFiltersProps {
  images: readonly ImageSummary[]
  filter: ImageFilter
  onFilter: (changes: Partial<ImageFilter>) => void
}

const visibilities: readonly Visibility[] = ['private', 'shared', 'community', 'public', 'unknown']

/** Search and filters. A fact by which nothing could be told apart offers no filter. */
export function ImageFilters({ images, filter, onFilter }: ImageFiltersProps) {
  const t = useTranslations('images.filters')
  const tc = useTranslations('common')
  const statusWords = useImageStatusWords()

  const visibilityWords = (value: string) => {
    const one = visibilities.find((candidate) => candidate === value)
    return one ? tc(`visibility.${one}`) : value
  }
  const facets = [
    { key: 'os', of: (image: ImageSummary) => image.os, words: (value: string) => plainUntrusted(value, 32) },
    { key: 'visibility', of: (image: ImageSummary) => image.visibility, words: visibilityWords },
    { key: 'status', of: (image: ImageSummary) => image.status, words: statusWords },
  ] as const

  return (
    <FilterBar>
      <SearchField
        className="max-w-54 flex-1 basis-40 max-md:max-w-none"
        label={t('search')}
        placeholder={t('searchPlaceholder')}
        clearLabel={t('clear')}
        shortcut="/"
        value={filter.q}
        onChange={(q) => onFilter({ q })}
      />
      <SearchField
        className="max-w-36 flex-1 basis-28 max-md:max-w-none"
        label={t('to')}
        placeholder={t('toPlaceholder')}
        clearLabel={t('clear')}
        value={filter.to}
        onChange={(to) => onFilter({ to })}
      />
      <FilterChips>
        {sharingFilters.map((sharing) => (
          <FilterChip
            key={sharing}
            isActive={filter.sharing === sharing}
            onClick={() => onFilter({ sharing: filter.sharing === sharing ? '' : sharing })}
          >
            {t(sharing)}
          </FilterChip>
        ))}
        {facets.map(({ key, of, words }) => {
          const values = facetOf(images, of)
          if (values.length < 2 && filter[key] === '') return null
          const known = values.some(({ value }) => value === filter[key]) || filter[key] === ''
          return (
            <SelectChip
              key={key}
              label={t(key)}
              value={filter[key]}
              onChange={(value) => onFilter({ [key]: value })}
              options={[
                ...values.map(({ value, count }) => ({
                  value,
                  label: t('option', { value: words(value), count }),
                })),
                ...(known ? [] : [{ value: filter[key], label: words(filter[key]) }]),
              ]}
            />
          )
        })}
        {(images.some((image) => image.hidden) || filter.hidden !== '') && (
          <SelectChip
            label={t('hidden')}
            value={filter.hidden}
            onChange={(hidden) => onFilter({ hidden })}
            options={[
              { value: 'yes', label: t('hiddenYes') },
              { value: 'no', label: t('hiddenNo') },
            ]}
          />
        )}
      </FilterChips>
    </FilterBar>
  )
}
