'use client'
import { Hourglass } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useCountdown } from '@/components/ui/use-countdown'
import { formatDuration } from '@/lib/util/format-time'

/** The cloud asked us to slow down: nothing is wrong, and nobody has to do anything. */
export function Patience({ until }: { until: string }) {
  const t = useTranslations('job')
  const left = useCountdown(until)
  if (left <= 0) return null
  return (
    <p className="flex basis-full items-center gap-2 text-ink-2" suppressHydrationWarning>
      <Hourglass className="size-4 flex-none text-ink-3" />
      {t('patience', { time: formatDuration(left) })}
    </p>
  )
}
