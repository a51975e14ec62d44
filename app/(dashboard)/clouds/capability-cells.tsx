'use client'
import { CircleHelp, Eye, FileCog, MessageSquareQuote, Ruler, ScanSearch } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import type { CapabilitySource } from '@/lib/contracts/clouds'
import type { CapabilityRow } from '@/lib/util/capability-list'

interface CellProps {
  row: CapabilityRow
}

/** What is asked, and what the answer means for a person. */
export function Question({ row }: CellProps) {
  const t = useTranslations('clouds')
  const isAccessUnknown = row.key === 'pending_access' && row.source === 'unknown'
  return (
    <div className="flex min-w-0 flex-col">
      <span className="font-semibold @max-2xl:text-md">{t(`names.${row.key}`)}</span>
      <span className="text-ink-2 text-sm">
        {row.isUnused ? t('unused') : isAccessUnknown ? t('accessUnknown') : t(`meanings.${row.word}`)}
      </span>
    </div>
  )
}

/** The answer. What is only assumed looks like it. */
export function Value({ row }: CellProps) {
  const t = useTranslations('clouds.values')
  const isFirm = row.source !== 'unknown' && !row.isUnused
  return <span className={isFirm ? 'font-semibold text-ink' : 'text-ink-3'}>{t(row.word)}</span>
}

const sourceIcons: Record<CapabilitySource, typeof Eye> = {
  configured: FileCog,
  probed: ScanSearch,
  learnt: Eye,
  measured: Ruler,
  stated: MessageSquareQuote,
  unknown: CircleHelp,
}

/** How the answer is known, and since when. */
export function Source({ row }: CellProps) {
  const t = useTranslations('clouds.sources')
  const Icon = sourceIcons[row.source]
  return (
    <span className="flex min-w-0 gap-2 text-ink-2">
      <Icon className="mt-0.5 size-4 flex-none text-ink-3" />
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        {t(row.source)}
        {row.at !== null && <RelativeTime at={row.at} className="text-ink-3 text-sm" />}
      </span>
    </span>
  )
}

/** What whoever runs Shareboard writes to say otherwise. */
export function OverrideLine({ row }: CellProps) {
  const t = useTranslations('clouds')
  const tc = useTranslations('common')
  return (
    <span className="flex min-w-0 flex-col @max-2xl:flex-row @max-2xl:flex-wrap @max-2xl:gap-x-2">
      <CopyText
        text={row.line}
        label={tc('copy', { what: t('copyLine', { line: row.line }) })}
        copiedLabel={tc('copied')}
        className="!text-ink-2"
      />
      <span className="text-ink-3 text-xs">
        {t.rich('or', {
          values: () => (
            <span key="values" className="font-mono">
              {row.otherValues.join(', ')}
            </span>
          ),
        })}
      </span>
    </span>
  )
}
