'use client'

import { useSyncExternalStore } from 'react'

const second = 1_000

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, second)
  return () => clearInterval(timer)
}

// Cut to the tick, so that the value is stable between ticks.
const readNow = () => Math.floor(Date.now() / second) * second

/** Milliseconds until a moment, kept current by the second. In: ISO 8601. Negative when it is past. */
export function useCountdown(until: string): number {
  return Date.parse(until) - useSyncExternalStore(subscribe, readNow, readNow)
}
