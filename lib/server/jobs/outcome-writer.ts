import 'server-only'
import type { Clock } from '../clock'
import type { Outcome as PairOutcome } from './item-rows'

const soonMs = 50

/**
 * Gathers outcomes and stores them in chunks: a statement per outcome would cost more than what it tells of. At most `chunk`
 * of them or those of `gatherMs` are unstored; after a crash that much is looked up again. The first ones are stored soon
 * all the same, because somebody waits to see them. One write is under way at a time.
 */
export function createOutcomeWriter<Outcome = PairOutcome>(
  store: (outcomes: Outcome[]) => Promise<void>,
  clock: Clock,
  { chunk = 16, gatherMs = soonMs } = {},
) {
  let pending: Outcome[] = []
  let writing: Promise<void> | null = null
  let failure: unknown
  let timer: AbortController | null = null
  let isFirst = true

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
        isFirst = false
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
        clock.sleep(isFirst ? soonMs : gatherMs, waiting.signal).then(write, () => {})
      }
    },
    /** Waits while more is unstored than a few chunks, so that a slow database holds up what would pile up before it. */
    async room() {
      if (pending.length > chunk * 4) await write()
    },
    /** Stores everything. Throws what a write failed with, now or before. */
    async flush() {
      await write()
      if (failure !== undefined) throw failure
    },
  }
}
