import 'server-only'
import type { Clock } from '../clock'
import type { CloudHttp } from '../cloud/cloud-http'

/** All readers together wait less than this for their turn. */
const longestQueueMs = 120_000

/**
 * The same client for a run of very many calls: never more of them in a second than allowed, evenly spread, and each one
 * counted. It repeats nothing by itself, so that all calls of the run wait together when the cloud asks for patience.
 */
export function politeHttp(
  http: CloudHttp,
  clock: Clock,
  { callsPerSecond, signal }: { callsPerSecond: number | null; signal: AbortSignal },
) {
  const gapMs = callsPerSecond === null ? 0 : 1_000 / callsPerSecond
  let next = 0
  let calls = 0

  const turn = async () => {
    const now = clock.now()
    // A clock that was set back would else hold up every call until it has caught up.
    const at = next - now > longestQueueMs ? now : Math.max(now, next)
    next = at + gapMs
    if (at > now) await clock.sleep(at - now, signal)
  }

  return {
    http: {
      async send(call) {
        if (gapMs > 0) await turn()
        calls += 1
        return http.send({ ...call, retry: 'once' })
      },
      close: () => http.close(),
    } satisfies CloudHttp,
    calls: () => calls,
  }
}
