import { EventEmitter } from 'node:events'

/** One call as it arrived. Tokens, passwords and bodies are never kept. */
export type LedgerEntry = {
  seq: number
  /** Milliseconds since the epoch, by the cloud's clock. */
  at: number
  service: 'identity' | 'image'
  region: string
  method: string
  /** Without the deployment's prefix: `/v3/...` or `/v2/...`. */
  path: string
  query: string
  userId: string | null
  projectId: string | null
  requestId: string
  /** The project named in the body of a member POST. */
  member?: string
  /** The status named in the body of a member PUT. */
  memberStatus?: string
  /** Null until an answer was sent; stays null where none ever was. */
  status: number | null
  /** Whether the call changed what the cloud holds. */
  changed: boolean
  /** Ids of the holds and faults that touched the call. */
  heldOrFaulted: string[]
}

/** Append-only list of calls, written before anything is decided about them. */
export class Ledger {
  readonly #entries: LedgerEntry[] = []
  readonly #grown = new EventEmitter()
  #seq = 0

  append(entry: Omit<LedgerEntry, 'seq' | 'status' | 'changed' | 'heldOrFaulted'>): LedgerEntry {
    this.#seq += 1
    const full: LedgerEntry = { seq: this.#seq, ...entry, status: null, changed: false, heldOrFaulted: [] }
    this.#entries.push(full)
    return full
  }

  /** To be called after an entry was appended or its outcome became known. */
  announce(): void {
    this.#grown.emit('grown')
  }

  /** Runs the listener at every change; returns what stops it. */
  watch(listener: () => void): () => void {
    this.#grown.setMaxListeners(0).on('grown', listener)
    return () => this.#grown.off('grown', listener)
  }

  /** Entries with a sequence number above `seq`, oldest first. */
  since(seq: number): LedgerEntry[] {
    const first = this.#entries[0]?.seq ?? 1
    return this.#entries.slice(Math.max(0, seq + 1 - first))
  }

  /** The sequence number of the newest call. */
  get last(): number {
    return this.#seq
  }

  clear(): void {
    this.#entries.length = 0
  }
}
