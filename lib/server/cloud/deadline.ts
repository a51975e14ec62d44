import 'server-only'

/**
 * A signal that aborts with a `TimeoutError` after `ms`, or with `outer` and its reason. `clear` ends both. Signals of
 * `AbortSignal.timeout` and `AbortSignal.any` stay in memory until their time is up, also when the call is long over: a run
 * of very many calls would carry thousands of them.
 */
export function startDeadline(ms: number, outer: AbortSignal | undefined) {
  const ending = new AbortController()
  const stop = () => ending.abort(outer?.reason)
  const timer = setTimeout(() => ending.abort(new DOMException('It took too long.', 'TimeoutError')), ms)
  timer.unref()
  outer?.addEventListener('abort', stop, { once: true })
  if (outer?.aborted) stop()
  return {
    signal: ending.signal,
    clear() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', stop)
    },
  }
}
