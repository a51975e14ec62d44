import type { LedgerEntry } from './ledger.ts'
import { type CallPattern, compilePattern } from './match.ts'

/** What goes wrong with a call. `effect` says whether the call does its work before that (default false). */
export type FaultKind =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string; effect?: boolean }
  | { kind: 'reset'; effect?: boolean }
  | { kind: 'hang'; effect?: boolean }
  /** Headers are sent, the body never; with `bytes`, so many bytes of it. Always after the effect. */
  | { kind: 'hang-in-body'; bytes?: number }
  /** The connection is cut in the middle of the body. Always after the effect. */
  | { kind: 'cut-body' }
  /** The right body, a few bytes at a time. Always after the effect. */
  | { kind: 'drip'; bytes?: number; everyMs: number }
  /** The right status and headers with a spoilt body. Always after the effect. */
  | { kind: 'mangle'; how: MangleWay; bytes?: number }
  /** Links to the next page that lead astray. */
  | { kind: 'next-link'; how: 'loop' | 'absolute'; origin?: string }

export type MangleWay =
  | 'truncated'
  | 'empty'
  | 'html'
  | 'wrong-types'
  | 'bom'
  | 'invalid-utf8'
  | 'oversize'
  | 'gzip-bomb'

export type FaultSpec = CallPattern & {
  fault: FaultKind
  /** How many calls it hits; left out: every one until it is removed. */
  times?: number
  /** How many matching calls pass before it begins. */
  after?: number
}

export type FaultView = { id: string; spec: FaultSpec; hits: number }

type Fault = {
  id: string
  spec: FaultSpec
  matches: (entry: LedgerEntry) => boolean
  spared: number
  hits: number
}

/** The faults that tests have asked for, in the order they were added; the first that matches wins. */
export class FaultList {
  readonly #faults = new Map<string, Fault>()
  #count = 0

  get empty(): boolean {
    return this.#faults.size === 0
  }

  add(spec: FaultSpec): string {
    this.#count += 1
    const id = `fault-${this.#count}`
    this.#faults.set(id, { id, spec, matches: compilePattern(spec), spared: spec.after ?? 0, hits: 0 })
    return id
  }

  /** The fault that hits this call, if any; counts the hit. */
  take(entry: LedgerEntry): FaultKind | null {
    for (const fault of this.#faults.values()) {
      if (fault.hits >= (fault.spec.times ?? Number.POSITIVE_INFINITY) || !fault.matches(entry)) continue
      if (fault.spared > 0) {
        fault.spared -= 1
        continue
      }
      fault.hits += 1
      entry.heldOrFaulted.push(fault.id)
      return fault.spec.fault
    }
    return null
  }

  remove(id: string): void {
    this.#faults.delete(id)
  }

  clear(): void {
    this.#faults.clear()
  }

  list(): FaultView[] {
    return [...this.#faults.values()].map(({ id, spec, hits }) => ({ id, spec, hits }))
  }
}
