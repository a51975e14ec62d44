import 'server-only'
import type { Env } from '../env'

/** The moments at which a process may die: of a pair, and of an audit. */
export type FaultPoint =
  | 'before-intent'
  | 'after-intent'
  | 'after-call'
  | 'after-outcome'
  | 'before-page'
  | 'after-page'
  | 'after-members'
  | 'after-chunk'

/** For proving that killing the process loses nothing: dies at a chosen moment, or leaves intents out. */
export interface FaultPoints {
  pass(point: FaultPoint): void
  intents: boolean
}

const none: FaultPoints = { pass: () => {}, intents: true }

const isLoopback = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

/**
 * Reads `SHAREBOARD_FAULT_POINTS`, for example `after-call:5` (die at the fifth call) or `no-intents`. Works only while
 * every cloud is on this machine, so that nobody loses anything by a forgotten setting.
 */
export function readFaultPoints(env: Env, authUrls: readonly string[]): FaultPoints {
  if (env.faultPoints === '' || !authUrls.every(isLoopback)) return none
  const left = new Map<string, number>()
  let intents = true
  for (const part of env.faultPoints.split(',')) {
    const [name = '', count = '1'] = part.split(':')
    if (name === 'no-intents') intents = false
    else left.set(name, Number(count))
  }
  return {
    intents,
    pass(point) {
      const before = left.get(point)
      if (before === undefined) return
      if (before <= 1) process.kill(process.pid, 'SIGKILL')
      left.set(point, before - 1)
    },
  }
}
