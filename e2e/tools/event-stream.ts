import { EventEmitter, once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { LiveEvent } from '../../lib/contracts/events.ts'
import { type Address, openAnswer } from './raw-http.ts'

/** An open event stream: what came so far, and a way to wait for what has not come yet. */
export class EventStream {
  readonly response: IncomingMessage
  /** The stream as text, comments included. */
  text = ''
  ended = false
  readonly #grown = new EventEmitter()

  private constructor(response: IncomingMessage) {
    this.response = response
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      this.text += chunk
      this.#grown.emit('grown')
    })
    response.on('close', () => {
      this.ended = true
      this.#grown.emit('grown')
    })
    // A killed server cuts the stream; that is seen as its end.
    response.on('error', () => {})
  }

  /** Opens `/api/events` and resolves when the server has begun to answer. */
  static async open(server: Address, cookie: string): Promise<EventStream> {
    return new EventStream(
      await openAnswer(server, '/api/events', { headers: { cookie, accept: 'text/event-stream' } }),
    )
  }

  get events(): LiveEvent[] {
    return [...this.text.matchAll(/^data: (?<json>.*)$/gm)].map(
      ({ groups }) => JSON.parse(groups?.json ?? 'null') as LiveEvent,
    )
  }

  /** Resolves when `fits` says true of what came; the stream itself is its input. @throws Error after `limitMs` */
  async until(fits: (stream: EventStream) => boolean, limitMs: number): Promise<void> {
    const limit = AbortSignal.timeout(limitMs)
    while (!fits(this)) {
      await once(this.#grown, 'grown', { signal: limit }).catch(() => {
        throw new Error(`not seen within ${limitMs} ms; the stream said: ${this.text}`)
      })
    }
  }

  close(): void {
    this.response.destroy()
  }
}
