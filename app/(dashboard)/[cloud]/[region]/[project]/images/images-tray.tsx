'use client'
import { useRouter } from 'next/navigation'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { later } from '@/components/ui/later'
import { type Shortcuts, useShortcuts } from '@/components/ui/use-shortcuts'
import { maxImagesInAddress } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'

// The keys listen at once; the buttons may come a moment later.
const ImagesTrayBar = later(async () => ({ default: (await import('./images-tray-bar')).ImagesTrayBar }))

interface ImagesTrayProps {
  scope: Scope
  ids: readonly string[]
  onStop: () => void
  onClear: () => void
}

/** What can be done with the selected images. */
export function ImagesTray({ scope, ids, onStop, onClear }: ImagesTrayProps) {
  const t = useTranslations('images.tray')
  const router = useRouter()
  const shareReason = ids.length > maxImagesInAddress ? t('tooMany', { max: maxImagesInAddress }) : null
  const share = () => router.push(paths.share(scope, ids))

  const shortcuts: Shortcuts = {
    s: () => {
      if (shareReason) return false
      share()
      return true
    },
  }
  // As in the tray itself, which may come a moment later. Apart, because a key with a capital letter looks like a component.
  shortcuts.Escape = () => {
    onClear()
    return true
  }
  useShortcuts(shortcuts)

  return (
    <Suspense>
      <ImagesTrayBar count={ids.length} {...{ shareReason, onStop, onClear }} onShare={share} />
    </Suspense>
  )
}
