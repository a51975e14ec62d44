const idsPerCall = 25
const callsInFlight = 2

export interface SweepState {
  phase: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  error: unknown
}

interface SweepPort {
  /** Whether the members of an image are known and fresh. */
  isRead: (imageId: string) => boolean
  /** Reads the members of up to 25 images in one call; once it has resolved, `isRead` is true for them. */
  read: (imageIds: string[]) => Promise<unknown>
}

const idle: SweepState = { phase: 'idle', error: null }

/**
 * The one background read of members that nobody scrolled to. At most two calls are under way; it takes in what
 * arrives while it runs, stops at the first failure, and can be stopped and taken up again.
 */
export class MembersSweep {
  readonly #port: SweepPort
  readonly #listeners = new Set<() => void>()
  #ids: readonly string[] = []
  #asked = new Set<string>()
  #workers = 0
  #state: SweepState = idle

  constructor(port: SweepPort) {
    this.#port = port
  }

  readonly state = (): SweepState => this.#state

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Reads these as well. Does nothing while stopped or failed: `resume` ends that. */
  want(ids: readonly string[]): void {
    this.#ids = ids
    if (this.#state.phase === 'stopped' || this.#state.phase === 'failed') return
    this.#work()
  }

  /** Sends nothing more; what is under way arrives. */
  stop(): void {
    if (this.#state.phase === 'running') this.#become({ phase: 'stopped', error: null })
  }

  resume(): void {
    this.#become(idle)
    this.#work()
  }

  /** Nobody needs the answer any more. */
  rest(): void {
    this.#ids = []
    this.#become(idle)
  }

  #work(): void {
    if (!this.#ids.some((id) => !this.#port.isRead(id))) {
      if (this.#workers === 0) this.#become({ phase: 'done', error: null })
      return
    }
    this.#become({ phase: 'running', error: null })
    while (this.#workers < callsInFlight) {
      const batch = this.#take()
      if (batch.length === 0) return
      this.#workers += 1
      void this.#worker(batch)
    }
  }

  async #worker(first: string[]): Promise<void> {
    try {
      for (let batch = first; batch.length > 0; batch = this.#take()) {
        try {
          await this.#port.read(batch)
        } finally {
          for (const id of batch) this.#asked.delete(id)
        }
      }
    } catch (error) {
      if (this.#state.phase === 'running') this.#become({ phase: 'failed', error })
    } finally {
      this.#workers -= 1
    }
    if (this.#workers === 0 && this.#state.phase === 'running') this.#become({ phase: 'done', error: null })
  }

  #take(): string[] {
    if (this.#state.phase !== 'running') return []
    const batch: string[] = []
    for (const id of this.#ids) {
      if (batch.length === idsPerCall) break
      if (!this.#asked.has(id) && !this.#port.isRead(id)) batch.push(id)
    }
    for (const id of batch) this.#asked.add(id)
    return batch
  }

  #become(state: SweepState): void {
    if (this.#state.phase === state.phase && this.#state.error === state.error) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
