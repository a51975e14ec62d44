'use client'

import { useSyncExternalStore } from 'react'
import { formatRelative, formatUtc, parseTime } from '@/lib/util/format-time'

const TICK_MS = 30_000

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, TICK_MS)
  return () => clearInterval(timer)
}

// Cut to the tick, so that the value is stable between ticks.
const readNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

type RelativeTimeProps = {
  /** ISO 8601, as the cloud gives it. */
  at: string
  locale?: string
  className?: string
}

/** "2h ago", kept current; the exact moment in UTC is in the title. What is no time is shown as nothing. */
export function RelativeTime({ at, locale, className }: RelativeTimeProps) {
  const now = useSyncExternalStore(subscribe, readNow, readNow)
  const atMs = parseTime(at)
  if (atMs === null) return null
  return (
    // Server and browser may stand on either side of a tick.
    <time dateTime={at} title={formatUtc(atMs, true)} className={className} suppressHydrationWarning>
      {formatRelative(atMs, Math.max(now, Math.min(atMs, Date.now())), locale)}
    </time>
  )
}
