'use client'
import { Hourglass } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { formatDuration } from '@/lib/util/format-time'

const second = 1_000

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, second)
  return () => clearInterval(timer)
}

// Cut to the tick, so that the value is stable between ticks.
const readNow = () => Math.floor(Date.now() / second) * second

/** The cloud asked us to slow down: nothing is wrong, and nobody has to do anything. */
export function Patience({ until }: { until: string }) {
  const t = useTranslations('job')
  const now = useSyncExternalStore(subscribe, readNow, readNow)
  const left = Date.parse(until) - now
  if (left <= 0) return null
  return (
    <p className="flex basis-full items-center gap-2 text-ink-2" suppressHydrationWarning>
      <Hourglass className="size-4 flex-none text-ink-3" />
      {t('patience', { time: formatDuration(left) })}
    </p>
  )
}
