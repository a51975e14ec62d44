'use client'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import { formatDuration } from '@/lib/util/format-time'
import type { SessionClock } from '@/lib/util/session-clock'

/** How long the session lasts, below the user's name. */
export function TimeLeft({ clock }: { clock: SessionClock }) {
  const t = useTranslations('common.time')
  if (clock.state === 'unknown') return null
  const words = clock.state === 'ended' ? t('ended') : t('left', { duration: formatDuration(clock.leftMs) })
  return (
    // Server and browser may stand on either side of a minute.
    <span suppressHydrationWarning className={clsx(clock.state !== 'calm' && 'text-pending-ink')}>
      {words}
    </span>
  )
}
