'use client'
import { useTranslations } from 'use-intl'
import { NameCell } from '@/components/table/name-cell'
import { Badge } from '@/components/ui/badge'
import { Spinner } from '@/components/ui/spinner'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { ImageDetail } from '@/lib/contracts/images'
import { formatBytes } from '@/lib/util/format-bytes'
import { canAccept } from '@/lib/util/offers'
import type { OfferRow } from './offer-columns'

/** The image's name, which opens the decision card; below it what is unusual, or its id. */
export function OfferName({ row }: { row: OfferRow }) {
  const t = useTranslations('incoming')
  const tc = useTranslations('common')
  const { image } = row.offer
  return (
    <NameCell
      detail={
        row.answering ? (
          <span className="inline-flex items-center gap-1.5">
            <Spinner className="!size-3" />
            {t(`answering.${row.answering}`)}
          </span>
        ) : (
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-mono text-xs">{image.id}</span>
            {!canAccept(row.offer) && (
              <Badge tone="pending">
                <UntrustedText text={image.status} max={24} />
              </Badge>
            )}
            {!!image.hidden && <Badge>{t('hidden')}</Badge>}
            {image.cautions.map((caution) => (
              <Badge key={caution} className="flex-none">
                {tc(`cautions.${caution}`)}
              </Badge>
            ))}
          </span>
        )
      }
    >
      <button
        type="button"
        onClick={row.onOpen}
        className="max-w-full truncate text-left font-semibold @max-2xl:whitespace-normal hover:underline"
      >
        {t.rich('openLabel', {
          hidden: (words) => <VisuallyHidden key="hidden">{words}</VisuallyHidden>,
          name: () => <UntrustedText key="name" text={image.name} max={72} />,
        })}
      </button>
    </NameCell>
  )
}

/** The system the owner states, and the size. */
export function OfferKind({ image }: { image: ImageDetail }) {
  const size = formatBytes(image.sizeBytes)
  return (
    <span className="flex min-w-0 flex-col @max-2xl:flex-row @max-2xl:gap-2">
      {image.os !== null && <UntrustedText text={image.os} max={24} className="truncate" />}
      {size !== null && <span className="text-ink-3 text-sm">{size}</span>}
    </span>
  )
}
