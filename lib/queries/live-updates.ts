import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '../contracts/events'
import type { JobView } from '../contracts/jobs'
import { openEventStream } from './event-stream'
import { jobs } from './jobs'
import { setLive } from './live-state'
import { session } from './session'

const channelName = 'shareboard-live'
const lockName = 'shareboard-live-leader'
/** Many changes a second become at most this many reads. */
const readEveryMs = 400

type Shared = { type: 'event'; event: LiveEvent } | { type: 'live'; live: boolean } | { type: 'hello' }

/**
 * Hears what changed, over one event stream per browser: one tab holds the lock and the stream and tells the others. Six
 * streams to one origin would block every other request. Answers how to stop.
 */
export function openLiveUpdates(client: QueryClient): () => void {
  const apply = createApplier(client)
  const stopped = new AbortController()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName)
  let leading = false
  let connected = false

  let before: boolean | null = null
  const become = (live: boolean) => {
    setLive(live)
    // What changed while nobody listened is read now.
    if (live && before === false) void client.invalidateQueries({ queryKey: jobs.all() })
    before = live
  }

  const say = (message: Shared) => channel?.postMessage(message)
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Shared>) => {
      if (data.type === 'event') apply(data.event)
      if (data.type === 'live' && !leading) become(data.live)
      if (data.type === 'hello' && leading) say({ type: 'live', live: connected })
    }
    say({ type: 'hello' })
  }

  const lead = () => {
    // The lock can be granted in the moment in which nobody wants it any more.
    if (stopped.signal.aborted) return Promise.resolve()
    leading = true
    // Another tab may have led until now; what it would have told is missed.
    if (before) become(false)
    const close = openEventStream(
      (event) => {
        apply(event)
        say({ type: 'event', event })
      },
      (live) => {
        connected = live
        become(live)
        say({ type: 'live', live })
      },
    )
    return new Promise<void>((resolve) => {
      stopped.signal.addEventListener('abort', () => {
        close()
        resolve()
      })
    })
  }
  // Without locks (plain http on another name than localhost) the tab in view has a stream of its own.
  if (navigator.locks) {
    navigator.locks.request(lockName, { signal: stopped.signal }, lead).catch(() => {})
  } else {
    void lead()
  }
  return () => {
    stopped.abort()
    channel?.close()
    setLive(false)
  }
}

/** Turns events into reads, at most one per job and interval, and always one after the last event. */
function createApplier(client: QueryClient) {
  const due = new Map<string, { finished: boolean }>()
  let waiting = false

  const flush = () => {
    waiting = false
    const jobsDue = [...due]
    due.clear()
    for (const [id, { finished }] of jobsDue) {
      if (!finished) void client.invalidateQueries({ queryKey: jobs.detail(id).queryKey })
      void client.invalidateQueries({ queryKey: [...jobs.all(), 'items', id] })
      // Nobody may be looking at the job itself; its end still changes what other screens show.
      if (finished) client.fetchQuery({ ...jobs.detail(id), staleTime: 0 }).catch(() => {})
    }
    void client.invalidateQueries({ queryKey: jobs.list().queryKey })
  }

  return (event: LiveEvent) => {
    if (event.type === 'signed-out') {
      // The stream may speak of a session that was replaced by a new sign-in meanwhile; a refused read reports by itself.
      client.fetchQuery({ ...session.current(), staleTime: 0 }).catch(() => {})
      return
    }
    const seen = client.getQueryData<JobView>(jobs.detail(event.id).queryKey)
    if (seen && seen.revision >= event.revision) return
    due.set(event.id, { finished: event.finished || (due.get(event.id)?.finished ?? false) })
    if (waiting) return
    waiting = true
    setTimeout(flush, readEveryMs)
  }
}
