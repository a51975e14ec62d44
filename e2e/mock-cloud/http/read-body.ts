import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Upload } from './call.ts'

const HEAD_BYTES = 64 * 1024

/** Whether the request announces a body. */
export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length']
  return (length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined
}

/** Reads a whole body. Rejects when the client leaves before its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What an upload of these bytes comes to. */
export function uploadOf(bytes: Buffer): Upload {
  const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex')
  return { size: bytes.length, md5: hash('md5'), sha512: hash('sha512'), head: bytes }
}

/** Reads an image file of any size, keeping its size, its hashes and its first 64 KiB. */
export async function readUpload(request: IncomingMessage): Promise<Upload> {
  const md5 = createHash('md5')
  const sha512 = createHash('sha512')
  const head: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    md5.update(chunk)
    sha512.update(chunk)
    if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size))
    size += chunk.length
  }
  return { size, md5: md5.digest('hex'), sha512: sha512.digest('hex'), head: Buffer.concat(head) }
}
