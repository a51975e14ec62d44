'use client'
import { Share2, UserMinus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Tray, TrayButton } from '@/components/table/tray'
import { Kbd } from '@/components/ui/kbd'
import { type Shortcuts, useShortcuts } from '@/components/ui/use-shortcuts'
import { maxImagesInAddress } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { useSession } from '@/lib/queries/use-session'

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
  const { data: session } = useSession()
  const readOnly = session?.readOnly ? t('readOnly') : null
  const shareReason =
    readOnly ?? (ids.length > maxImagesInAddress ? t('tooMany', { max: maxImagesInAddress }) : null)
  const share = () => router.push(paths.share(scope, ids))

  const shortcuts: Shortcuts = {
    s: () => {
      if (shareReason) return false
      share()
      return true
    },
  }
  // Apart, because a key with a capital letter looks like a component.
  shortcuts.Escape = () => {
    onClear()
    return true
  }
  useShortcuts(shortcuts)

  return (
    <Tray
      label={t('label')}
      summary={t('count', { count: ids.length })}
      clearLabel={t('clear')}
      onClear={onClear}
    >
      <TrayButton isPrimary disabledReason={shareReason} aria-keyshortcuts="s" onClick={share}>
        <Share2 />
        {t('share')}
        <Kbd>s</Kbd>
      </TrayButton>
      <TrayButton disabledReason={readOnly} onClick={onStop}>
        <UserMinus />
        {t('stop')}
      </TrayButton>
    </Tray>
  )
}
