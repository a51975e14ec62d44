import { EventEmitter } from 'node:events'
import type { LedgerEntry } from './ledger.ts'
import { type CallPattern, compilePattern } from './match.ts'

/** `request`: nothing is decided yet; `answer`: the effect is applied, the answer is kept back. */
export type HoldPhase = 'request' | 'answer'
export type HoldSpec = CallPattern & {
  phase?: HoldPhase
  /** How many calls to hold at most; left out: every one. */
  times?: number
  /** How many matching calls pass before it begins. */
  after?: number
}

export type HoldView = { id: string; spec: HoldSpec; waiting: number[]; caught: number }

type Hold = {
  id: string
  spec: HoldSpec
  phase: HoldPhase
  matches: (entry: LedgerEntry) => boolean
  left: number
  spared: number
  caught: number
  waiting: Map<LedgerEntry, (goesOn: boolean) => void>
}

/** Calls that are made to wait until a test lets them go. */
export class HoldList {
  readonly #holds = new Map<string, Hold>()
  readonly #changed = new EventEmitter().setMaxListeners(0)
  #count = 0

  get empty(): boolean {
    return this.#holds.size === 0
  }

  add(spec: HoldSpec): string {
    this.#count += 1
    const id = `hold-${this.#count}`
    this.#holds.set(id, {
      id,
      spec,
      phase: spec.phase ?? 'request',
      matches: compilePattern(spec),
      left: spec.times ?? Number.POSITIVE_INFINITY,
      spared: spec.after ?? 0,
      caught: 0,
      waiting: new Map(),
    })
    return id
  }

  /**
   * Waits as long as a hold wants the call to. `onGone` receives what to run when the client leaves meanwhile.
   * The answer is false where the call must be dropped: its client left, or the world was reset.
   */
  async pass(entry: LedgerEntry, phase: HoldPhase, onGone: (leave: () => void) => void): Promise<boolean> {
    for (const hold of this.#holds.values()) {
      if (hold.phase !== phase || hold.left <= 0 || !hold.matches(entry)) continue
      if (hold.spared > 0) {
        hold.spared -= 1
        continue
      }
      hold.left -= 1
      hold.caught += 1
      entry.heldOrFaulted.push(hold.id)
      return await new Promise<boolean>((resolve) => {
        const leave = (goesOn: boolean) => {
          if (hold.waiting.delete(entry)) this.#changed.emit('changed')
          resolve(goesOn)
        }
        hold.waiting.set(entry, leave)
        onGone(() => leave(false))
        this.#changed.emit('changed')
      })
    }
    return true
  }

  /** Lets the oldest `count` waiting calls go; all of them when no count is given. Returns how many went. */
  release(id: string, count = Number.POSITIVE_INFINITY): number {
    const leaving = [...(this.#holds.get(id)?.waiting.values() ?? [])].slice(0, count)
    for (const leave of leaving) leave(true)
    return leaving.length
  }

  /** Ends a hold: those who wait go on, nobody is caught any more. */
  remove(id: string): void {
    this.release(id)
    this.#holds.delete(id)
  }

  /** Ends all holds and drops the calls that wait in them. */
  clear(): void {
    for (const hold of this.#holds.values()) for (const leave of [...hold.waiting.values()]) leave(false)
    this.#holds.clear()
  }

  view(id: string): HoldView | undefined {
    const hold = this.#holds.get(id)
    if (!hold) return undefined
    const waiting = [...hold.waiting.keys()].map((entry) => entry.seq)
    return { id: hold.id, spec: hold.spec, waiting, caught: hold.caught }
  }

  list(): HoldView[] {
    return [...this.#holds.keys()].flatMap((id) => this.view(id) ?? [])
  }

  /** Runs the listener whenever a call begins or ends to wait; returns what stops it. */
  watch(listener: () => void): () => void {
    this.#changed.on('changed', listener)
    return () => this.#changed.off('changed', listener)
  }
}
