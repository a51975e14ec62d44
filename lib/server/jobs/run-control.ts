import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { PauseReason } from '../../contracts/jobs'
import type { Clock } from '../clock'
import { CloudError } from '../cloud/cloud-error'

/** Why a run takes up nothing more before everything is done. */
export type Ending = 'cancelled' | 'stopping' | PauseReason

/** Whether what ended so rests until a person acts. */
export const isPause = (ending: Ending | 'finished' | null): ending is PauseReason =>
  ending === 'sign_in' || ending === 'upstream' || ending === 'throttled'

/** The run ended while something waited; whoever catches it gives back what it had and sends nothing more. */
export class Interrupted extends Error {}

const controlMs = 250
/** After so long without a word from the database this run may have been given up, and asks before it sends more. */
const surelyHeldMs = 5_000
const throttleTries = 10
const throttleMs = 1_000
/** A shorter wait is over before anybody has read of it. */
const toldFromMs = 2_000
const outageTries = 3
const outageMs = 2_000

/** Errors that say the cloud is away. */
export const outage: ReadonlySet<ErrorCode> = new Set(['upstream_unavailable', 'timeout'])
/** Errors that say nothing about the pair itself. After a lost write they leave it unknown instead of failed. */
export const passing: ReadonlySet<ErrorCode> = new Set([...outage, 'upstream_contract'])

/** Whether the cloud only asks for patience. */
export const asksToWait = (failure: CloudError) =>
  failure.code === 'throttled' || (outage.has(failure.code) && failure.retryAfterMs !== null)

export type RunControl = ReturnType<typeof createRunControl>

/** The row a run works off. Both verbs throw `LostLease` once another worker has it. */
export interface RunRow {
  cancelRequested: boolean
  /** Whether somebody asked this run to send nothing more. */
  isCancelled(): Promise<boolean>
  /** Notes until when the cloud asked for patience, for whoever watches. Answers the revision. */
  noteWait(until: number): Promise<number>
}

export interface ControlParts {
  clock: Clock
  /** Tells that the job changed. */
  changed(revision: number, finished: boolean): void
  /** Aborts when a person cancels, and so sooner than the row is looked at. It may be missed. */
  cancelled?: AbortSignal
}

/**
 * What every run obeys: a process that goes down, a person who cancels, another worker who took it over, and a cloud that
 * asks for patience.
 */
export function createRunControl(
  { clock, changed, cancelled }: ControlParts,
  row: RunRow,
  signal: AbortSignal,
) {
  let ending: Ending | null = row.cancelRequested || cancelled?.aborted ? 'cancelled' : null
  let halting: Exclude<Ending, 'cancelled'> | null = null
  let waitUntil = 0
  let notedUntil = 0
  let heldAt = clock.now()
  let looking: Promise<void> | null = null
  const ended = new AbortController()
  const halted = new AbortController()
  /** The first reason counts. What was sent before a cancelling is followed all the same, until the run is halted too. */
  const end = (how: Ending) => {
    ending ??= how
    ended.abort()
    if (how === 'cancelled') return
    halting ??= how
    halted.abort()
  }
  cancelled?.addEventListener('abort', () => end('cancelled'), { once: true })
  const woken = AbortSignal.any([signal, ended.signal])
  const stopped = AbortSignal.any([signal, halted.signal])

  /** Asked by several workers, done once. */
  const look = (): Promise<void> => {
    looking ??= (async () => {
      const askedAt = clock.now()
      if (await row.isCancelled()) end('cancelled')
      heldAt = askedAt
    })().finally(() => {
      looking = null
    })
    return looking
  }

  /** A process that slept, or lost its database, may wake up as the second run of its job. @throws LostLease */
  const confirmHeld = async () => {
    if (clock.now() - heldAt > surelyHeldMs) await look()
  }

  /** Once for everybody who waits, and not for moments. */
  const tellWait = async () => {
    if (waitUntil - clock.now() < toldFromMs || waitUntil <= notedUntil) return
    notedUntil = waitUntil
    changed(await row.noteWait(waitUntil), false)
  }

  const waitOut = async (until: AbortSignal) => {
    await tellWait()
    for (let left = waitUntil - clock.now(); left > 0 && !until.aborted; left = waitUntil - clock.now()) {
      await clock.sleep(left, until).catch(() => {})
    }
  }

  /** Notes that the cloud asked for patience. False once it has asked often enough. */
  const mayWait = (failure: CloudError, attempt: number): boolean => {
    waitUntil = Math.max(waitUntil, clock.now() + (failure.retryAfterMs ?? throttleMs * attempt))
    if (attempt < throttleTries) return true
    end(failure.code === 'throttled' ? 'throttled' : 'upstream')
    return false
  }

  const isOver = (sends: boolean) => (sends ? woken : stopped).aborted || (sends && ending !== null)

  /** Sleeps, unless the run ends first. @throws Interrupted */
  const pause = async (ms: number, sends: boolean) => {
    await clock.sleep(ms, sends ? woken : stopped).catch(() => {})
    if (isOver(sends)) throw new Interrupted()
  }

  return {
    ending: () => ending,
    /** Aborts when the run ends, for what waits or reads and need not be seen to its end. */
    over: ended.signal,
    /** Why not even what was sent is followed any more. */
    halting: () => (signal.aborted ? 'stopping' : halting),
    end,
    confirmHeld,
    /** Waits as long as the cloud asked for, or until the run ends. */
    patience: () => waitOut(woken),
    mayWait,
    pause,
    /**
     * Asks the cloud until it answers: waits where it asks for patience, tries again where it is away, and ends the run when
     * that does not help. What only follows something already sent (`sends` false) goes on after a cancelling.
     * @throws Interrupted, LostLease, CloudError for everything else the cloud says
     */
    async persist<Answer>(ask: () => Promise<Answer>, sends: boolean): Promise<Answer> {
      const away = sends ? outage : passing
      for (let attempt = 1, failures = 1; ; ) {
        await waitOut(sends ? woken : stopped)
        await confirmHeld()
        if (isOver(sends)) throw new Interrupted()
        try {
          return await ask()
        } catch (error) {
          if (!(error instanceof CloudError)) throw error
          if (error.code === 'unauthenticated') end('sign_in')
          else if (asksToWait(error)) {
            if (mayWait(error, attempt)) attempt += 1
          } else if (!away.has(error.code)) throw error
          else if (failures < outageTries) await pause(outageMs * failures++, sends)
          else end('upstream')
        }
      }
    },
    /** Looks several times a second whether somebody cancelled. `stop` answers what broke it, if anything did. */
    watch() {
      const over = new AbortController()
      const watching = (async () => {
        for (;;) {
          await clock.sleep(controlMs, over.signal)
          await look()
        }
      })().catch((error: unknown) => {
        if (over.signal.aborted) return
        end('stopping')
        return error
      })
      return {
        stop: () => {
          over.abort()
          return watching
        },
      }
    },
  }
}
