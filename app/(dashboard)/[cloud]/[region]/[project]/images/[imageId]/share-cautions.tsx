'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import type { ImageSummary } from '@/lib/contracts/images'

interface ShareCautionsProps {
  image: Pick<ImageSummary, 'cautions' | 'shareObstacle'>
  className?: string
}

/** What may keep the cloud from sharing the image, or its recipients from using it. */
export function ShareCautions({ image, className }: ShareCautionsProps) {
  const t = useTranslations('image.cautions')
  const cautions = [
    ...image.cautions,
    ...(image.shareObstacle === 'not_active' ? (['not_active'] as const) : []),
  ]
  if (cautions.length === 0) return null
  return (
    <div className={className}>
      {cautions.map((caution) => (
        <Notice key={caution} tone="warning">
          {t(caution)}
        </Notice>
      ))}
    </div>
  )
}
