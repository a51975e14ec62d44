'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import type { ImageSummary } from '@/lib/contracts/images'

const words = {
  private: 'private',
  shared: 'unknown',
  community: 'community',
  public: 'public',
  unknown: 'unknown',
} as const

/** Why there is nobody to list, and what could be done. */
export function WhyNotShareable({ image }: { image: Pick<ImageSummary, 'shareObstacle' | 'visibility'> }) {
  const t = useTranslations('image.why')
  const why = image.shareObstacle === 'marketplace' ? 'marketplace' : words[image.visibility]
  return (
    <div className="px-4 py-5 md:px-6">
      <Notice title={t(`title.${why}`)}>{t(why)}</Notice>
    </div>
  )
}
