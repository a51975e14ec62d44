import 'server-only'
import { causeOf, log } from './log'
import { runtime, runtimeIfStarted } from './runtime'

/**
 * Starts the runtime with the process and takes it down in order: no new jobs, streams closed, jobs given back, database
 * closed. Ends the process with a plain sentence when it can't start.
 */
export async function startServer(): Promise<void> {
  try {
    await runtime()
  } catch (error) {
    log.error('Shareboard could not start', { cause: causeOf(error) })
    process.exit(1)
  }
  // Next's own handlers would end the process in the middle of this; the start scripts switch them off.
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => void stop(name))
}

async function stop(signal: string): Promise<void> {
  log.info('stopping', { operation: signal })
  const started = await runtimeIfStarted()
  await started?.close().catch((error: unknown) => log.error('stopping failed', { cause: causeOf(error) }))
  process.exit(0)
}
