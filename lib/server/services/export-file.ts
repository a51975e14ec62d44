import 'server-only'
import { causeOf, log } from '../log'
import type { Runtime } from '../runtime'
import { type ActivityRow, addActivity } from '../store/activity-rows'

type Row = Omit<ActivityRow, 'phase' | 'outcome'> & { targets: Record<string, unknown> }

/**
 * A file as it is written: each text is made when the one before has been taken. The log has its intent before the first
 * byte, and at its end how it ended and how many rows left the house, also when the browser stops taking them. One that is
 * gone before the first byte is known by `signal` alone.
 */
export async function exportStream(
  { store, clock }: Pick<Runtime, 'store' | 'clock'>,
  row: Row,
  write: (count: (rows: number) => void) => AsyncGenerator<string>,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  await addActivity(store.db, { ...row, phase: 'intent' })
  let rows = 0
  let isOver = false
  let isLeft = false
  const texts = write((more) => {
    rows += more
  })
  const end = async (outcome: 'succeeded' | 'failed' | 'cancelled') => {
    if (isOver) return
    isOver = true
    const at = new Date(clock.now())
    const targets = { ...row.targets, rows }
    await addActivity(store.db, { ...row, at, targets, phase: 'outcome', outcome })
  }
  const leave = async () => {
    isLeft = true
    await texts.return(undefined)
    await end('cancelled')
  }
  const leaveAlone = () =>
    void leave().catch((error: unknown) =>
      log.warn('the end of an export was not noted', { cause: causeOf(error) }),
    )
  signal?.addEventListener('abort', leaveAlone, { once: true })
  if (signal?.aborted) leaveAlone()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next()
        // Whoever took it has gone away; a file broken off must not look whole.
        if (isLeft) return controller.error(signal?.reason)
        if (!done) return controller.enqueue(encoder.encode(value))
        await end('succeeded')
        controller.close()
      } catch (error) {
        await end('failed')
        throw error
      }
    },
    cancel: leave,
  })
}

/** A name for a file of what was known at a time. Letters that mean something to a header, a path or a shell are left out. */
export function exportFileName(parts: readonly string[], time: Date, ending: string): string {
  return `${[...parts.map(fileSafe), fileTime(time)].join('_')}.${ending}`
}

/** A time in UTC as part of a file name. */
export const fileTime = (time: Date) => `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

const fileSafe = (part: string) => part.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 40)
