import 'server-only'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Time, injected so that expiry, leases and retries are tested without waiting. Milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Chance, injected for the same reason. */
export interface Chance {
  uuid(): string
  bytes(length: number): Buffer
  /** A whole number of milliseconds from 0 up to, not including, `max`. */
  jitterMs(max: number): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      signal?.addEventListener('abort', stop, { once: true })
    }),
}

export const systemChance: Chance = {
  uuid: () => randomUUID(),
  bytes: (length) => randomBytes(length),
  jitterMs: (max) => (max >= 1 ? randomInt(Math.ceil(max)) : 0),
}
