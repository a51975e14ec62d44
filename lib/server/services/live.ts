import 'server-only'
import type { LiveEvent } from '../../contracts/events'
import type { SessionContext } from '../context'
import { findSessionByHash, isAlive } from '../session/session-rows'

const heartbeatMs = 15_000
const sessionCheckMs = 5_000

/**
 * What changes in the caller's projects, as server-sent events. Ends within five seconds of the session's end, when the
 * browser goes, or when this process does.
 */
export function openLiveStream(ctx: SessionContext): ReadableStream<Uint8Array> {
  const { runtime, session } = ctx
  const encoder = new TextEncoder()
  let close = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const tell = (event: LiveEvent) => send(`data: ${JSON.stringify(event)}\n\n`)
      const projects = new Set(session.projects.map((project) => project.id))
      const deaf = runtime.bus.hear((change) => {
        if (change.cloud !== session.cloud || !projects.has(change.projectId)) return
        tell({ type: 'job', id: change.jobId, revision: change.revision, finished: change.finished })
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs)
      const check = setInterval(() => {
        findSessionByHash(runtime.store, session.idHash).then(
          (record) => {
            if (record && isAlive(record, runtime.clock.now())) return
            tell({ type: 'signed-out' })
            close()
          },
          // The database is away for a moment: the stream stays, nothing comes from it meanwhile.
          () => {},
        )
      }, sessionCheckMs)
      let open = true
      close = () => {
        if (!open) return
        open = false
        deaf()
        clearInterval(heartbeat)
        clearInterval(check)
        runtime.closing.removeEventListener('abort', close)
        try {
          controller.close()
        } catch {
          // The browser was faster.
        }
      }
      ctx.signal?.addEventListener('abort', close, { once: true })
      runtime.closing.addEventListener('abort', close, { once: true })
      // Tells the browser how soon to come back, and that it is connected.
      send('retry: 2000\n: connected\n\n')
    },
    cancel: () => close(),
  })
}
