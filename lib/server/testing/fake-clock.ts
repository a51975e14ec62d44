import 'server-only'
import type { Clock } from '../clock'

interface Sleeper {
  at: number
  wake(): void
}

/** Lets everything run that waits for no timer and no network. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number
  readonly #sleepers = new Set<Sleeper>()
  readonly #watchers = new Set<() => void>()

  constructor(now = Date.UTC(2026, 10, 20, 12)) {
    this.#now = now
  }

  readonly now = () => this.#now

  readonly sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const leave = () => {
        this.#sleepers.delete(sleeper)
        signal?.removeEventListener('abort', stop)
      }
      const stop = () => {
        leave()
        reject(signal?.reason)
      }
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          leave()
          resolve()
        },
      }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', stop, { once: true })
      for (const watcher of this.#watchers) watcher()
    })

  /** How long those who sleep will still do so, shortest first. */
  sleeping(): number[] {
    return [...this.#sleepers].map(({ at }) => at - this.#now).sort((a, b) => a - b)
  }

  /** Moves time on. Each sleeper wakes at its own time, and what it does at once is done before the next one wakes. */
  async advance(ms: number): Promise<void> {
    await settle()
    const until = this.#now + ms
    for (;;) {
      const [next] = [...this.#sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#now = Math.max(this.#now, next.at)
      next.wake()
      await settle()
    }
    this.#now = until
    await settle()
  }

  /** Moves time on in one jump: who is due wakes late, as after a machine's sleep, and what it sets going begins then. */
  async leap(ms: number): Promise<void> {
    await settle()
    this.#now += ms
    for (const sleeper of [...this.#sleepers].filter(({ at }) => at <= this.#now)) sleeper.wake()
    await settle()
  }

  /** Resolves once somebody sleeps whose time left fits. */
  whenSleeping(fits: (ms: number) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.sleeping().some(fits)) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }
}
