import type { LiveEvent } from '../contracts/events'
import { api } from '../paths'
import { fetchJson } from './fetch-json'
import { sessionLost } from './session-lost'

const reopenMs = 5_000

/**
 * Hears the event stream. After a broken connection the browser comes back by itself; after a refusal it does not, so the
 * stream is opened anew then: in a while, or once somebody is signed in again. Answers how to stop.
 */
export function openEventStream(tell: (event: LiveEvent) => void, live: (live: boolean) => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    clearTimeout(timer)
    source?.close()
    source = new EventSource(api.events())
    source.onopen = () => live(true)
    source.onmessage = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as LiveEvent)
    source.onerror = () => {
      live(false)
      if (source?.readyState === EventSource.CLOSED) void askWhy()
    }
  }

  const askWhy = async () => {
    // Says so on the page when it is the session that is gone.
    await fetchJson(api.session()).catch(() => {})
    if (!sessionLost.get()) timer = setTimeout(open, reopenMs)
  }

  const handleSession = async () => {
    if (sessionLost.get() || source?.readyState !== EventSource.CLOSED) return
    // The question may have been put off instead of answered; then nothing is to be heard yet.
    const answer = await fetch(api.session(), { cache: 'no-store' }).catch(() => null)
    if (answer?.ok) open()
  }

  open()
  const deaf = sessionLost.subscribe(() => void handleSession())
  return () => {
    deaf()
    clearTimeout(timer)
    source?.close()
  }
}
