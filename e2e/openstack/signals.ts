const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Calls `stop` when this process is asked to end, and then lets the signal have its usual effect unless somebody else
 * listens for it. Returns a function that takes the listeners away.
 */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
  const listener = async (signal: NodeJS.Signals) => {
    await stop().finally(release)
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.on(signal, listener)
  return release
}
