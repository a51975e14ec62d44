import { setTimeout } from 'node:timers/promises'
import { logTail } from './logs.ts'
import { PlainError } from './plain-error.ts'
import type { Child } from './processes.ts'

const PAUSE_MS = 50

/** Asks `ready` until it says true; throws with the end of the server's log when it ends first or the time is over. */
export async function waitUntil(child: Child, ready: () => Promise<boolean>, seconds = 120): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  while (!(await ready())) {
    if (!child.running()) throw new PlainError(`${child.name} ended while starting.\n${logTail(child.log)}`)
    if (performance.now() > deadline)
      throw new PlainError(`${child.name} is not ready after ${seconds} s.\n${logTail(child.log)}`)
    await setTimeout(PAUSE_MS)
  }
}

/** Waits until a GET of `url` is answered with anything below 500. */
export async function waitForAnswer(child: Child, url: string): Promise<void> {
  await waitUntil(child, async () => {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
      await answer.arrayBuffer()
      return answer.status < 500
    } catch {
      return false
    }
  })
}
