import { EventEmitter } from 'node:events'

/** An image and a project: what a membership is of. */
export type Pair = [image: string, project: string]

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
  /** The status named in the body of a member PUT or a batch answer. */
  memberStatus?: string
  /** The images and projects named in the body of a batch call; of a batch answer, the answering project. */
  images?: string[]
  projects?: string[]
  /** The IMS job that the call started. */
  jobId?: string
  /** Null until an answer was sent; stays null where none ever was. */
  status: number | null
  /** Whether the call changed what the cloud holds. */
  changed: boolean
  /**
   * Pairs whose membership the call changed, in order, by a native call or by the IMS job it started. Over all calls of
   * a run, a pair stands here as often as its membership was made, removed or given another status.
   */
  changedPairs: Pair[]
  /** The number of the newest call when the first of these pairs changed; null as long as none did. */
  changedAfter: number | null
  /** Ids of the holds and faults that touched the call. */
  heldOrFaulted: string[]
}

/** What is not known of a call yet when it arrives. */
const unanswered: Pick<
  LedgerEntry,
  'status' | 'changed' | 'changedPairs' | 'changedAfter' | 'heldOrFaulted'
> = { status: null, changed: false, changedPairs: [], changedAfter: null, heldOrFaulted: [] }

/** Append-only list of calls, written before anything is decided about them. */
export class Ledger {
  readonly #entries: LedgerEntry[] = []
  readonly #grown = new EventEmitter()
  #seq = 0

  append(entry: Omit<LedgerEntry, keyof typeof unanswered | 'seq'>): LedgerEntry {
    this.#seq += 1
    const full: LedgerEntry = { seq: this.#seq, ...entry, ...structuredClone(unanswered) }
    this.#entries.push(full)
    return full
  }

  /** Notes that a call, or the job it started, changed the membership of these pairs. */
  recordPairs(entry: LedgerEntry, pairs: readonly Pair[]): void {
    if (pairs.length === 0) return
    entry.changed = true
    entry.changedPairs.push(...pairs)
    entry.changedAfter ??= this.#seq
    this.announce()
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
