'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import type { Visibility } from '@/lib/contracts/images'

/** Why there is nobody to list, and what could be done. */
export function WhyNotShareable({ visibility }: { visibility: Visibility }) {
  const t = useTranslations('image.why')
  if (visibility !== 'private' && visibility !== 'public' && visibility !== 'community') return null
  return (
    <div className="px-4 py-5 md:px-6">
      <Notice title={t(`title.${visibility}`)}>{t(visibility)}</Notice>
    </div>
  )
}
