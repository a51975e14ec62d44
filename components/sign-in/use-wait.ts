'use client'
import { useEffect, useState } from 'react'
import { failureOf } from '@/components/feedback/failure-words'

const second = 1_000

/**
 * How many seconds a person has to wait before the next sign-in, by the last refusal; 0 when there is nothing to wait
 * for. A cloud that locked an account does not say for how long.
 */
export function useWait(error: unknown): number {
  const [until, setUntil] = useState<{ error: unknown; at: number } | null>(null)
  const [now, setNow] = useState(0)
  const asked = error ? secondsOf(error) : 0
  if (asked > 0 && until?.error !== error) {
    const at = Date.now()
    setUntil({ error, at: at + asked * second })
    setNow(at)
  }
  const left = until !== null && until.error === error ? Math.max(0, Math.ceil((until.at - now) / second)) : 0
  const isWaiting = left > 0
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNow(Date.now()), second)
    return () => clearInterval(timer)
  }, [isWaiting])
  return left
}

function secondsOf(error: unknown): number {
  const { code, values, retryAfterMs } = failureOf(error)
  if (code !== 'sign_in_throttled' && code !== 'throttled') return 0
  const seconds = Number(values?.seconds ?? (retryAfterMs ?? 0) / second)
  return Number.isFinite(seconds) ? seconds : 0
}
