'use client'
import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Skeleton } from '@/components/feedback/skeleton'
import { IconButton } from '@/components/ui/icon-button'
import { SharingBar } from '@/components/ui/sharing-bar'
import { useSeen } from '@/components/ui/use-seen'
import type { ImageSummary } from '@/lib/contracts/images'
import { images } from '@/lib/queries/images'
import { canHaveMembers, countMembers, type SharingCounts } from '@/lib/util/sharing'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useImagesContext } from './images-context'

/** Whom the image is shared with, as bar and words. Its members are read when the row comes into view. */
export function SharingCell({ image }: { image: ImageSummary }) {
  const t = useTranslations('images.sharing')
  const { scope } = useImagesContext()
  const [ref, isSeen] = useSeen()
  const isAsked = canHaveMembers(image)
  const { data, isError, isFetching, refetch } = useQuery({
    ...images.members(scope, image.id),
    enabled: isAsked && isSeen,
  })

  if (!isAsked) {
    return (
      <Sharing
        words={t(image.shareObstacle === 'marketplace' ? 'marketplace' : visibilityWords[image.visibility])}
      />
    )
  }
  if (data?.refused) {
    // It is shareable by its visibility, so a "no" to the question is about the one who asks.
    return <Sharing words={t(data.refused === 'image_not_found' ? 'image_not_found' : 'forbidden')} />
  }
  if (data) return <Sharing counts={countMembers(data.members)} />
  if (isError && !isFetching) {
    return (
      <span className="flex items-center gap-1 text-danger-ink text-sm">
        {t('failed')}
        <IconButton
          size="sm"
          label={t('retry', { name: plainUntrusted(image.name) })}
          onClick={() => void refetch()}
        >
          <RotateCw className="size-3.5" />
        </IconButton>
      </span>
    )
  }
  return (
    <span ref={ref} className="flex items-center gap-2.5">
      <Skeleton className="h-2 w-24 flex-none" />
      <span className="text-ink-3 text-sm">{t('reading')}</span>
    </span>
  )
}

const visibilityWords = {
  private: 'private',
  shared: 'not_shareable',
  community: 'community',
  public: 'public',
  unknown: 'not_shareable',
} as const

const barPx = 96
/** Without a limit: how many members a full bar stands for. The same in every row, and never moving. */
const barScale = 24

const nobody: SharingCounts = { accepted: 0, pending: 0, rejected: 0, total: 0 }

function Sharing({ counts = nobody, words }: { counts?: SharingCounts; words?: string }) {
  const t = useTranslations('images.sharing')
  const { memberLimit } = useImagesContext()
  const { accepted, pending, rejected, total } = counts
  const said =
    words ??
    (total === 0
      ? t('none')
      : t('parts', {
          accepted,
          pending,
          rejected,
          a: accepted > 0 && pending + rejected > 0 ? 'yes' : 'no',
          b: pending > 0 && rejected > 0 ? 'yes' : 'no',
        }))
  const label = t('bar', { words: said, limit: total > 0 && memberLimit !== null ? memberLimit : 'none' })
  return (
    <span className="flex items-center gap-2.5">
      <SharingBar
        {...{ accepted, pending, rejected }}
        limit={memberLimit}
        scale={barScale}
        label={label}
        width={barPx}
      />
      <span aria-hidden="true" className="min-w-0 text-ink-2 text-sm leading-4">
        {said}
      </span>
    </span>
  )
}

/** How many members it has, of how many it may have. Reads nothing: the cell beside it does. */
export function LimitCell({ image }: { image: ImageSummary }) {
  const t = useTranslations('images')
  const { scope, memberLimit } = useImagesContext()
  const { data } = useQuery({ ...images.members(scope, image.id), enabled: false })
  if (!data || data.refused) return null
  const count = data.members.length
  return <>{memberLimit === null ? count : t('limit', { count, limit: memberLimit })}</>
}
