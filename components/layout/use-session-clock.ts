'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useSession, useSessionLost } from '@/lib/queries/use-session'
import { leftOf, type SessionClock } from '@/lib/util/session-clock'

const tickMs = 30_000

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, tickMs)
  document.addEventListener('visibilitychange', onTick)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onTick)
  }
}

// Cut to the tick, so that the value is stable between ticks.
const readNow = () => Math.floor(Date.now() / tickMs) * tickMs

/** How long the session lasts, by this machine's clock from the moment the answer arrived: clocks may differ. */
export function useSessionClock(): SessionClock {
  const { data: session, refetch } = useSession()
  const isLost = useSessionLost()
  const now = useSyncExternalStore(subscribe, readNow, () => 0)
  const [arrived, setArrived] = useState<{ session: typeof session; at: number } | null>(null)

  // The moment of arrival is the browser's knowledge.
  useEffect(() => setArrived({ session, at: Date.now() }), [session])

  const passedMs = arrived?.session === session && arrived ? Math.max(0, now - arrived.at) : 0
  const clock = isLost ? { state: 'ended' as const, leftMs: 0 } : leftOf(session, passedMs)

  // The server knows better than our count: what was done in another tab has prolonged the session.
  const isDoubtful = clock.state !== 'calm' && clock.state !== 'unknown' && !isLost
  useEffect(() => {
    if (isDoubtful && now > 0) void refetch()
  }, [isDoubtful, now, refetch])

  return clock
}
