import { gzipSync } from 'node:zlib'
import type { FaultKind } from '../faults.ts'
import type { Reply } from './call.ts'

type Spoiling = Extract<FaultKind, { kind: 'mangle' | 'next-link' }>

/** The same answer with a body as the fault wants it. */
export function mangle(reply: Reply, fault: Spoiling, self: string): Reply {
  if (fault.kind === 'next-link') return withNextLink(reply, fault, self)
  const body = Buffer.from(reply.body)
  const bytes = fault.bytes ?? 50 * 1024 * 1024
  switch (fault.how) {
    case 'truncated':
      return { ...reply, body: body.subarray(0, Math.floor(body.length / 2)) }
    case 'empty':
      return { ...reply, body: '' }
    case 'html':
      return {
        ...reply,
        headers: { ...reply.headers, 'Content-Type': 'text/html; charset=UTF-8' },
        body: '<html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>',
      }
    case 'wrong-types':
      return { ...reply, body: JSON.stringify(JSON.parse(body.toString() || 'null'), wrongType) }
    case 'bom':
      return { ...reply, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) }
    case 'invalid-utf8':
      return {
        ...reply,
        body: Buffer.concat([body.subarray(0, 2), Buffer.from([0xff, 0xfe]), body.subarray(2)]),
      }
    case 'oversize':
      return { ...reply, body: Buffer.concat([body, Buffer.alloc(bytes, ' ')]) }
    case 'gzip-bomb':
      return {
        ...reply,
        headers: { ...reply.headers, 'Content-Encoding': 'gzip' },
        body: gzipSync(Buffer.concat([body, Buffer.alloc(bytes, ' ')])),
      }
  }
}

/** Texts become numbers, numbers and truth values texts; lists and objects stay. */
function wrongType(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.length
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : value
}

function withNextLink(reply: Reply, fault: Extract<Spoiling, { kind: 'next-link' }>, self: string): Reply {
  const list = JSON.parse(reply.body.toString() || 'null') as { next?: string } | null
  if (!list || !Array.isArray((list as { images?: unknown }).images)) return reply
  if (fault.how === 'loop') list.next = self
  else if (list.next) list.next = `${fault.origin ?? 'http://127.0.0.1:9'}${list.next}`
  return { ...reply, body: JSON.stringify(list) }
}
