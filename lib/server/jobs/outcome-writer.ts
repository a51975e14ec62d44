import 'server-only'
import type { Clock } from '../clock'
import type { Outcome } from './item-rows'

const chunk = 16
const gatherMs = 50

/**
 * Gathers outcomes and stores them in chunks: a statement per pair would cost more than the pair. At most `chunk` pairs or
 * `gatherMs` of outcomes are unstored; a crash then makes those pairs be looked up again. One write is under way at a time.
 */
export function createOutcomeWriter(store: (outcomes: Outcome[]) => Promise<void>, clock: Clock) {
  let pending: Outcome[] = []
  let writing: Promise<void> | null = null
  let failure: unknown
  let timer: AbortController | null = null

  const write = (): Promise<void> => {
    timer?.abort()
    timer = null
    // Only with something to write: what ends before it waits would clear `writing` before it is set.
    if (!writing && pending.length > 0 && failure === undefined) writing = writeAll()
    return writing ?? Promise.resolve()
  }

  const writeAll = async () => {
    try {
      while (pending.length > 0 && failure === undefined) {
        const batch = pending
        pending = []
        await store(batch)
      }
    } catch (error) {
      failure = error
    } finally {
      writing = null
    }
  }

  return {
    /** Whether storing has failed; nothing more should be started then. */
    broken: () => failure !== undefined,
    add(outcome: Outcome) {
      pending.push(outcome)
      if (pending.length >= chunk) void write()
      else if (!timer) {
        const waiting = new AbortController()
        timer = waiting
        clock.sleep(gatherMs, waiting.signal).then(write, () => {})
      }
    },
    /** Stores everything. Throws what a write failed with, now or before. */
    async flush() {
      await write()
      if (failure !== undefined) throw failure
    },
  }
}
