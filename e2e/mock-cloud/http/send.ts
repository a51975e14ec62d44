import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultKind } from '../faults.ts'
import type { Reply } from './call.ts'

/** Sends a whole answer. */
export function send(response: ServerResponse, reply: Reply, date: string): void {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.length
  response.writeHead(reply.status, headersOf(reply, date, length))
  response.end(reply.body)
}

/** Sends the start of an answer and then fails as the fault says; resolves when nothing more will come. */
export async function sendBadly(
  response: ServerResponse,
  reply: Reply,
  date: string,
  fault: Extract<FaultKind, { kind: 'hang-in-body' | 'cut-body' | 'drip' }>,
): Promise<void> {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, headersOf(reply, date, body.length))
  if (fault.kind === 'drip') {
    const step = fault.bytes ?? 1
    for (let sent = 0; sent < body.length && !response.destroyed; sent += step) {
      response.write(body.subarray(sent, sent + step))
      await pause(fault.everyMs, undefined, { ref: false })
    }
    response.end()
    return
  }
  const part = body.subarray(
    0,
    fault.kind === 'hang-in-body' ? (fault.bytes ?? 0) : Math.floor(body.length / 2),
  )
  response.flushHeaders()
  if (part.length > 0) await new Promise<void>((resolve) => response.write(part, () => resolve()))
  if (fault.kind === 'cut-body') response.socket?.destroy()
}

function headersOf(reply: Reply, date: string, length: number): Record<string, string> {
  const bodiless = reply.status === 204 || reply.status === 304
  return bodiless
    ? { ...reply.headers, Date: date }
    : { ...reply.headers, Date: date, 'Content-Length': `${length}` }
}
