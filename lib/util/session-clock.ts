import type { SessionView } from '../contracts/session'

const warnMs = 5 * 60_000

/**
 * `ending`: the session is about to end for good. `idle`: it is about to end because nothing was done. `ended`: it has,
 * as far as we can count.
 */
export interface SessionClock {
  state: 'unknown' | 'calm' | 'ending' | 'idle' | 'ended'
  leftMs: number
}

/** What is left `passedMs` after the session's times were told. */
export function leftOf(
  session: Pick<SessionView, 'endsInMs' | 'idleEndsInMs'> | undefined,
  passedMs: number,
): SessionClock {
  if (!session) return { state: 'unknown', leftMs: 0 }
  const leftMs = session.endsInMs - passedMs
  const idleLeftMs = session.idleEndsInMs - passedMs
  if (leftMs <= 0 || idleLeftMs <= 0) return { state: 'ended', leftMs: 0 }
  if (idleLeftMs < leftMs && idleLeftMs < warnMs) return { state: 'idle', leftMs: idleLeftMs }
  return { state: leftMs < warnMs ? 'ending' : 'calm', leftMs }
}
