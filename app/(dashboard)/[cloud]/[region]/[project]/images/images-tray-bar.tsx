'use client'
import { Share2, UserMinus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Tray, TrayButton } from '@/components/table/tray'
import { Kbd } from '@/components/ui/kbd'

interface ImagesTrayBarProps {
  count: number
  /** Why they can't be shared from here, or null. */
  shareReason: string | null
  onShare: () => void
  onStop: () => void
  onClear: () => void
}

/** The buttons for the selected images. */
export function ImagesTrayBar({ count, shareReason, onShare, onStop, onClear }: ImagesTrayBarProps) {
  const t = useTranslations('images.tray')
  return (
    <Tray label={t('label')} summary={t('count', { count })} clearLabel={t('clear')} onClear={onClear}>
      <TrayButton isPrimary disabledReason={shareReason} aria-keyshortcuts="s" onClick={onShare}>
        <Share2 />
        {t('share')}
        <Kbd>s</Kbd>
      </TrayButton>
      <TrayButton onClick={onStop}>
        <UserMinus />
        {t('stop')}
      </TrayButton>
    </Tray>
  )
}
