'use client'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'
import type { SharingTotals } from '@/lib/util/sharing'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface ImagesSummaryProps {
  projectName: string
  count: number
  isComplete: boolean
  isPending: boolean
  /** The list could not be read, or not to its end. */
  isFailed: boolean
  /** Null while nobody has asked for them. */
  totals: SharingTotals | null
  onCount: () => void
  /** How many fit the filters; null without filters. */
  shown: number | null
  onClear: () => void
  /** Everything the filters ask about was read; otherwise more may fit. */
  isWhole: boolean
  /** Pages are still arriving. */
  isReading: boolean
}

/** The line below the title: how many images, shared how widely. What is not fully read is "at least". */
export function ImagesSummary(props: ImagesSummaryProps) {
  const {
    projectName,
    count,
    isComplete,
    isPending,
    isFailed,
    totals,
    onCount,
    shown,
    onClear,
    isWhole,
    isReading,
  } = props
  const t = useTranslations('images')
  const project = plainUntrusted(projectName, 48)
  if (isPending) return t('loadingSummary', { project })
  if (isFailed && count === 0) return t('failedSummary', { project })
  const isExact = isComplete && totals?.unread === 0
  const parts = [
    t(isComplete ? 'summary' : isFailed ? 'summaryCut' : 'summaryAtLeast', { count, project }),
    totals &&
      t(isExact ? 'totals' : 'totalsAtLeast', { images: totals.sharedImages, projects: totals.projects }),
    shown === null ? null : t(isWhole ? 'shown' : 'shownSoFar', { count: shown }),
  ]
  return (
    <span className="flex min-h-7 flex-wrap items-center gap-x-3">
      <span aria-live="polite">{parts.filter((part) => part !== null).join(' · ')}</span>
      {isReading ? <Spinner /> : null}
      {shown !== null && (
        <Button size="sm" variant="link" onClick={onClear}>
          {t('filters.clearAll')}
        </Button>
      )}
      {!totals && count > 0 && (
        <Button size="sm" variant="link" onClick={onCount}>
          {t('count')}
        </Button>
      )}
    </span>
  )
}
