'use client'
import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { RejectedEntry } from '@/lib/util/parse-projects'
import { maxTargetsPerJob } from '@/lib/util/share-plan'
import { plainUntrusted } from '@/lib/util/untrusted-text'

const shownEntries = 6

interface RejectedEntriesProps {
  entries: readonly RejectedEntry[]
  onTake: (entry: RejectedEntry) => void
  onTakeAll: () => void
  onDrop: (entry: RejectedEntry) => void
}

/** Why some of the text was not taken, each with its way out. */
export function RejectedEntries({ entries, onTake, onTakeAll, onDrop }: RejectedEntriesProps) {
  const t = useTranslations('share.recipients')
  const suggested = entries.filter((entry) => entry.suggestion).length
  const heading = t('rejectedHeading', { count: entries.length })
  return (
    <section aria-label={heading} className="rounded-lg bg-danger-tint px-3 py-2.5">
      <p className="font-medium text-danger-ink">{heading}</p>
      <ul>
        {entries.slice(0, shownEntries).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same text may have been given twice.
          <li key={index} className="mt-2 flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <UntrustedText text={entry.text} max={48} className="break-all font-mono text-ink text-sm" />
              <p className="text-danger-ink text-sm">
                {t(`reasons.${entry.reason}`, { length: entry.text.length, max: maxTargetsPerJob })}
              </p>
              {!!entry.suggestion && (
                <Button size="sm" className="mt-1" onClick={() => onTake(entry)}>
                  {t(entry.reason === 'name' ? 'takeNamed' : 'takeLower', {
                    id: entry.suggestion.slice(0, 8),
                  })}
                </Button>
              )}
            </div>
            <IconButton
              size="sm"
              label={t('drop', { text: plainUntrusted(entry.text) })}
              onClick={() => onDrop(entry)}
            >
              <X className="size-3.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      {entries.length > shownEntries && (
        <p className="mt-2 text-danger-ink text-sm">
          {t('moreRejected', { count: entries.length - shownEntries })}
        </p>
      )}
      {suggested > 1 && (
        <Button size="sm" className="mt-2" onClick={onTakeAll}>
          {t('takeAll', { count: suggested })}
        </Button>
      )}
    </section>
  )
}
